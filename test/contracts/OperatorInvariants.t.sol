// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAnchorRegistry} from "../../contracts/interfaces/IAnchorRegistry.sol";
import {IStatusRegistry} from "../../contracts/interfaces/IStatusRegistry.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

/// @title OperatorHandler
/// @notice Anchors and changes statuses at random, later and later, and keeps its own books.
contract OperatorHandler is RegistryTest {
    uint256 public constant ROOTS = 3;
    uint16 public constant WORDS = 3;

    mapping(uint256 root => IAnchorRegistry.Anchor) private _firstAnchor;
    mapping(uint16 word => uint256) public revoked;
    mapping(uint16 word => uint256) public suspended;

    constructor() {
        super.setUp();
        confirmCollege();
        accreditByAuthority(OPERATOR, ANCHOR, anywhere());
        vm.prank(COLLEGE);
        statuses.setOperator(ISSUER_ID, OPERATOR, true);
    }

    /// @dev Done by then; the fuzzer calls it, too.
    function setUp() public override {}

    function wait(uint24 seconds_) external {
        vm.warp(block.timestamp + seconds_);
    }

    function anchor(uint256 root, uint8 size) external {
        root %= ROOTS;
        uint32 leafCount = uint32(8) << (size % 3);
        vm.prank(OPERATOR);
        try anchors.anchor(bytes32(root + 1), leafCount, path(link(AUTHORITY, 0, 0))) {
            if (_firstAnchor[root].anchoredAt == 0) {
                _firstAnchor[root] = IAnchorRegistry.Anchor(uint40(block.timestamp), leafCount);
            }
        } catch {}
    }

    function revoke(uint16 word, uint256 mask) external {
        (word, mask) = (word % WORDS, mask | 1);
        vm.prank(OPERATOR);
        statuses.revoke(ISSUER_ID, 0, update(word, mask));
        revoked[word] |= mask;
    }

    function suspend(uint16 word, uint256 mask) external {
        (word, mask) = (word % WORDS, mask | 1);
        uint64 counter = statuses.suspensionsOf(ISSUER_ID, 0);
        vm.prank(OPERATOR);
        statuses.suspend(ISSUER_ID, 0, counter, update(word, mask));
        suspended[word] |= mask;
    }

    function reinstate(uint16 word, uint256 mask) external {
        (word, mask) = (word % WORDS, mask | 1);
        uint64 counter = statuses.suspensionsOf(ISSUER_ID, 0);
        vm.prank(OPERATOR);
        statuses.reinstate(ISSUER_ID, 0, counter, update(word, mask));
        suspended[word] &= ~mask;
    }

    function firstAnchor(uint256 root) external view returns (IAnchorRegistry.Anchor memory) {
        return _firstAnchor[root];
    }

    function anchorNow(uint256 root) external view returns (IAnchorRegistry.Anchor memory) {
        return anchors.anchorOf(OPERATOR, bytes32(root + 1));
    }

    function statusNow(uint16 word) external view returns (IStatusRegistry.Status memory) {
        uint16[] memory words = new uint16[](1);
        words[0] = word;
        return statuses.statusOf(ISSUER_ID, 0, words)[0];
    }

    function update(uint16 word, uint256 mask) private pure returns (IStatusRegistry.Update[] memory one) {
        one = new IStatusRegistry.Update[](1);
        one[0] = IStatusRegistry.Update(word, mask);
    }
}

/// @title OperatorInvariants
/// @notice What stays true whatever an operator does.
contract OperatorInvariants {
    OperatorHandler private _handler;

    function setUp() public {
        _handler = new OperatorHandler();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function invariant_an_anchor_never_changes() public view {
        for (uint256 i = 0; i < _handler.ROOTS(); ++i) {
            IAnchorRegistry.Anchor memory first = _handler.firstAnchor(i);
            IAnchorRegistry.Anchor memory now_ = _handler.anchorNow(i);
            vm.assertEq(now_.anchoredAt, first.anchoredAt, "anchoredAt");
            vm.assertEq(now_.leafCount, first.leafCount, "leafCount");
        }
    }

    function invariant_a_revoked_bit_never_clears_and_no_other_is_set() public view {
        for (uint16 word = 0; word < _handler.WORDS(); ++word) {
            vm.assertEq(_handler.statusNow(word).revoked, _handler.revoked(word), "revoked");
        }
    }

    function invariant_a_word_of_suspensions_is_what_was_asked_for() public view {
        for (uint16 word = 0; word < _handler.WORDS(); ++word) {
            vm.assertEq(_handler.statusNow(word).suspended, _handler.suspended(word), "suspended");
        }
    }
}
