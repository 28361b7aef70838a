// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAnchorMirror} from "../../contracts/interfaces/IAnchorMirror.sol";
import {AnchorMirrorTest} from "./AnchorMirrorTest.sol";
import {vm} from "./Vm.sol";

/// @title MirrorHandler
/// @notice Makes checkpoints of two blocks at each height and brings proofs of both, later and later, and keeps its
/// own books.
contract MirrorHandler is AnchorMirrorTest {
    uint64 public constant HEIGHTS = 4;

    mapping(uint64 height => IAnchorMirror.Checkpoint) private _first;
    uint40 public earliest;

    constructor() {
        super.setUp();
    }

    /// @dev Done by then; the fuzzer calls it, too.
    function setUp() public override {}

    function wait(uint24 seconds_) external {
        vm.warp(block.timestamp + seconds_);
    }

    function makeCheckpoint(uint64 height, bool isOther) external {
        height %= HEIGHTS;
        bytes32 blockHash = keccak256(proofAt(height, isOther).header);
        vm.prank(AUTHORITY);
        try mirror.checkpoint(height, blockHash) {
            if (_first[height].checkpointedAt != 0) return;
            _first[height] = IAnchorMirror.Checkpoint(bytes27(blockHash), uint40(block.timestamp));
        } catch {}
    }

    function bring(uint64 height, bool isOther) external {
        height %= HEIGHTS;
        IAnchorMirror.Proof memory proof = proofAt(height, isOther);
        if (_first[height].blockHash == bytes27(keccak256(proof.header))) {
            uint40 at_ = _first[height].checkpointedAt;
            if (earliest == 0 || at_ < earliest) earliest = at_;
        }
        try mirror.mirror(OPERATOR, ROOT, proof) {} catch {}
    }

    function first(uint64 height) external view returns (IAnchorMirror.Checkpoint memory) {
        return _first[height];
    }

    function checkpointNow(uint64 height) external view returns (IAnchorMirror.Checkpoint memory) {
        return mirror.checkpointOf(height);
    }

    function anchorNow() external view returns (IAnchorMirror.MirroredAnchor memory) {
        return anchor();
    }

    function proofAt(uint64 height, bool isOther) private pure returns (IAnchorMirror.Proof memory) {
        World memory it = world();
        it.height = height;
        return prove(it, isOther ? 1 : 2, 1);
    }
}

/// @title MirrorInvariants
/// @notice What stays true whatever the authority says and anybody brings.
contract MirrorInvariants {
    MirrorHandler private _handler;

    function setUp() public {
        _handler = new MirrorHandler();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    /// hardhat-config: default.invariant.runs = 16
    /// hardhat-config: ci.invariant.runs = 128
    function invariant_a_checkpoint_never_changes() public view {
        for (uint64 i = 0; i < _handler.HEIGHTS(); ++i) {
            vm.assertEq(_handler.checkpointNow(i).blockHash, _handler.first(i).blockHash, "blockHash");
            vm.assertEq(_handler.checkpointNow(i).checkpointedAt, _handler.first(i).checkpointedAt, "checkpointedAt");
        }
    }

    /// hardhat-config: default.invariant.runs = 16
    /// hardhat-config: ci.invariant.runs = 128
    function invariant_a_mirrored_anchor_is_dated_by_the_earliest_checkpoint_that_was_brought() public view {
        vm.assertEq(_handler.anchorNow().checkpointedAt, _handler.earliest(), "checkpointedAt");
    }
}
