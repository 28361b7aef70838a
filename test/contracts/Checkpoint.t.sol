// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccreditationRegistry} from "../../contracts/AccreditationRegistry.sol";
import {AnchorMirror} from "../../contracts/AnchorMirror.sol";
import {IAnchorMirror} from "../../contracts/interfaces/IAnchorMirror.sol";
import {ISignedMessages} from "../../contracts/interfaces/ISignedMessages.sol";
import {AnchorMirrorTest} from "./AnchorMirrorTest.sol";
import {vm} from "./Vm.sol";

contract CheckpointTest is AnchorMirrorTest {
    bytes32 private constant HASH = keccak256("a header");

    function test_checkpoint_names_a_block_from_now_on() public {
        vm.expectEmit(address(mirror));
        emit IAnchorMirror.Checkpointed(HEIGHT, HASH);
        vm.prank(AUTHORITY);
        mirror.checkpoint(HEIGHT, HASH);
        vm.assertEq(mirror.checkpointOf(HEIGHT).checkpointedAt, START, "checkpointedAt");
        vm.assertEq(mirror.checkpointOf(HEIGHT).blockHash, bytes27(HASH), "blockHash");
        vm.assertEq(mirror.checkpointOf(HEIGHT + 1).checkpointedAt, 0, "next height");
    }

    function test_checkpoint_again_changes_nothing() public {
        vm.prank(AUTHORITY);
        mirror.checkpoint(HEIGHT, HASH);
        vm.warp(START + 5);
        vm.recordLogs();
        vm.prank(AUTHORITY);
        mirror.checkpoint(HEIGHT, HASH);
        vm.assertEq(logCount(), 0, "events");
        vm.assertEq(mirror.checkpointOf(HEIGHT).checkpointedAt, START, "checkpointedAt");
    }

    function test_checkpoint_is_not_replaced_by_that_of_another_block() public {
        vm.prank(AUTHORITY);
        mirror.checkpoint(HEIGHT, HASH);
        vm.expectRevert(abi.encodeWithSelector(IAnchorMirror.AnchorMirrorConflict.selector, HEIGHT));
        vm.prank(AUTHORITY);
        mirror.checkpoint(HEIGHT, keccak256("another header"));
    }

    function test_checkpoint_refuses_everybody_but_the_authority() public {
        address[3] memory others = [REGION, OPERATOR, address(0)];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IAnchorMirror.AnchorMirrorNotAuthority.selector, others[i]));
            vm.prank(others[i]);
            mirror.checkpoint(HEIGHT, HASH);
        }
    }

    function test_checkpoint_refuses_the_zero_hash() public {
        vm.expectRevert(abi.encodeWithSelector(IAnchorMirror.AnchorMirrorMalformed.selector, HEIGHT));
        vm.prank(AUTHORITY);
        mirror.checkpoint(HEIGHT, 0);
    }

    function test_source_and_authority_are_those_given_to_the_constructor() public view {
        vm.assertEq(mirror.source().chainId, 1, "chainId");
        vm.assertEq(mirror.source().anchors, SOURCE, "anchors");
        vm.assertEq(mirror.source().codeHash, CODE_HASH, "codeHash");
        vm.assertEq(mirror.authority(), AUTHORITY, "authority");
    }
}

/// @title CheckpointForTest
/// @notice The authority signs, and others bring.
contract CheckpointForTest is AnchorMirrorTest {
    bytes32 private constant HASH = keccak256("a header");
    uint256 private constant DEADLINE = START + 60;
    uint256 private constant KEY = 0xA07401;

    function setUp() public override {
        super.setUp();
        registry = new AccreditationRegistry(vm.addr(KEY));
        mirror = new AnchorMirror(registry, IAnchorMirror.Source(1, SOURCE, CODE_HASH));
    }

    function test_checkpointFor_does_what_the_authority_signed() public {
        for (uint64 i = 0; i < 2; ++i) {
            mirror.checkpointFor(HEIGHT + i, HASH, DEADLINE, signed(KEY, HEIGHT + i, i));
            vm.assertEq(mirror.checkpointOf(HEIGHT + i).checkpointedAt, START, "checkpointedAt");
            vm.assertEq(mirror.nonces(vm.addr(KEY)), i + 1, "nonce");
        }
    }

    function test_checkpointFor_changes_nothing_when_it_is_brought_again() public {
        bytes memory signature = signed(KEY, HEIGHT, 0);
        mirror.checkpointFor(HEIGHT, HASH, DEADLINE, signature);
        vm.warp(START + 5);
        vm.recordLogs();
        mirror.checkpointFor(HEIGHT, HASH, DEADLINE, signature);
        vm.assertEq(logCount(), 0, "events");
        vm.assertEq(mirror.checkpointOf(HEIGHT).checkpointedAt, START, "checkpointedAt");
    }

    function test_checkpointFor_refuses_what_another_signed_and_another_nonce() public {
        expectNotSigned();
        mirror.checkpointFor(HEIGHT, HASH, DEADLINE, signed(KEY + 1, HEIGHT, 0));
        expectNotSigned();
        mirror.checkpointFor(HEIGHT, HASH, DEADLINE, signed(KEY, HEIGHT, 1));
    }

    function test_checkpointFor_refuses_another_height_hash_and_deadline() public {
        bytes memory signature = signed(KEY, HEIGHT, 0);
        expectNotSigned();
        mirror.checkpointFor(HEIGHT + 1, HASH, DEADLINE, signature);
        expectNotSigned();
        mirror.checkpointFor(HEIGHT, keccak256("another header"), DEADLINE, signature);
        expectNotSigned();
        mirror.checkpointFor(HEIGHT, HASH, DEADLINE + 1, signature);
    }

    function test_checkpointFor_does_not_replace_the_checkpoint_of_another_block() public {
        vm.prank(vm.addr(KEY));
        mirror.checkpoint(HEIGHT, keccak256("another header"));
        bytes memory signature = signed(KEY, HEIGHT, 0);
        vm.expectRevert(abi.encodeWithSelector(IAnchorMirror.AnchorMirrorConflict.selector, HEIGHT));
        mirror.checkpointFor(HEIGHT, HASH, DEADLINE, signature);
    }

    function signed(uint256 key, uint64 height, uint256 nonce) private view returns (bytes memory) {
        bytes32 typeHash = keccak256("Checkpoint(uint64 height,bytes32 blockHash,uint256 nonce,uint256 deadline)");
        bytes32 structHash = keccak256(abi.encode(typeHash, height, HASH, nonce, DEADLINE));
        bytes32 domainType = keccak256(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
        );
        bytes32 domain = keccak256(
            abi.encode(domainType, keccak256("Livret"), keccak256("1"), block.chainid, address(mirror))
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, keccak256(abi.encodePacked("\x19\x01", domain, structHash)));
        return abi.encodePacked(r, s, v);
    }

    function expectNotSigned() private {
        vm.expectRevert(abi.encodeWithSelector(ISignedMessages.SignedMessagesNotSigned.selector, vm.addr(KEY)));
    }
}
