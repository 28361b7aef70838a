// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TrieProof} from "@openzeppelin/contracts/utils/cryptography/TrieProof.sol";
import {RLP} from "@openzeppelin/contracts/utils/RLP.sol";
import {IAnchorMirror} from "../../contracts/interfaces/IAnchorMirror.sol";
import {AnchorMirrorTest} from "./AnchorMirrorTest.sol";
import {StateTrie} from "./StateTrie.sol";
import {vm} from "./Vm.sol";

contract MirrorTest is AnchorMirrorTest {
    function test_mirror_records_what_the_source_chain_holds() public {
        IAnchorMirror.Proof memory proof = prove(world());
        checkpoint(HEIGHT, proof.header);
        vm.warp(START + 5);
        vm.expectEmit(address(mirror));
        emit IAnchorMirror.Mirrored(OPERATOR, ROOT, ANCHORED_AT, 1024, HEIGHT);
        vm.prank(STRANGER);
        mirror.mirror(OPERATOR, ROOT, proof);

        vm.assertEq(anchor().anchoredAt, ANCHORED_AT, "anchoredAt");
        vm.assertEq(anchor().leafCount, 1024, "leafCount");
        vm.assertEq(anchor().checkpointedAt, START, "checkpointedAt");
        vm.assertEq(anchor().height, HEIGHT, "height");
    }

    function test_mirror_again_changes_nothing() public {
        IAnchorMirror.Proof memory proof = prove(world());
        checkpoint(HEIGHT, proof.header);
        mirror.mirror(OPERATOR, ROOT, proof);
        vm.recordLogs();
        mirror.mirror(OPERATOR, ROOT, proof);
        vm.assertEq(logCount(), 0, "events");
    }

    function test_a_later_checkpoint_brought_first_hinders_nobody() public {
        World memory later = world();
        later.height = HEIGHT + 1;
        checkpoint(HEIGHT, prove(world()).header);
        vm.warp(START + 90 days);
        checkpoint(HEIGHT + 1, prove(later).header);
        vm.prank(RIVAL);
        mirror.mirror(OPERATOR, ROOT, prove(later));
        vm.assertEq(anchor().checkpointedAt, START + 90 days, "later");

        mirror.mirror(OPERATOR, ROOT, prove(world()));
        vm.assertEq(anchor().checkpointedAt, START, "earlier");
        vm.assertEq(anchor().height, HEIGHT, "height");

        mirror.mirror(OPERATOR, ROOT, prove(later));
        vm.assertEq(anchor().checkpointedAt, START, "kept");
    }

    function test_a_block_that_no_checkpoint_names_shows_nothing() public {
        IAnchorMirror.Proof memory proof = prove(world());
        expectNoCheckpoint(HEIGHT, proof.header);
        mirror.mirror(OPERATOR, ROOT, proof);
    }

    function test_a_tampered_header_shows_nothing() public {
        checkpoint(HEIGHT, prove(world()).header);
        World memory forged = world();
        forged.anchoredAt -= 365 days;
        expectNoCheckpoint(HEIGHT, prove(forged).header);
        mirror.mirror(OPERATOR, ROOT, prove(forged));
    }

    function test_a_header_of_another_height_than_its_checkpoints_shows_nothing() public {
        IAnchorMirror.Proof memory proof = prove(world());
        checkpoint(HEIGHT + 1, proof.header);
        expectNoCheckpoint(HEIGHT, proof.header);
        mirror.mirror(OPERATOR, ROOT, proof);
    }

    function test_a_height_beyond_64_bits_does_not_pass_for_a_lower_one() public {
        IAnchorMirror.Proof memory proof = prove(world());
        (bytes32 stateRoot, uint256 height) = (keccak256(proof.account[0]), (uint256(1) << 64) + HEIGHT);
        proof.header = StateTrie.header(stateRoot, height);
        checkpoint(HEIGHT, proof.header);
        expectNoCheckpoint(height, proof.header);
        mirror.mirror(OPERATOR, ROOT, proof);
    }

    function test_another_contracts_account_shows_nothing() public {
        World memory forged = world();
        forged.at_ = RIVAL;
        IAnchorMirror.Proof memory proof = prove(forged);
        checkpoint(HEIGHT, proof.header);
        // Its path leaves SOURCE's at the first nibble.
        expectProofError(TrieProof.ProofError.INVALID_LARGE_NODE);
        mirror.mirror(OPERATOR, ROOT, proof);
    }

    function test_another_contracts_account_as_the_only_one_shows_nothing() public {
        World memory forged = world();
        forged.at_ = RIVAL;
        IAnchorMirror.Proof memory proof = prove(forged, 0, 2);
        checkpoint(HEIGHT, proof.header);
        expectProofError(TrieProof.ProofError.INVALID_PATH_REMAINDER);
        mirror.mirror(OPERATOR, ROOT, proof);
    }

    function test_another_contracts_storage_shows_nothing() public {
        World memory forged = world();
        forged.anchoredAt -= 365 days;
        IAnchorMirror.Proof memory proof = prove(world());
        checkpoint(HEIGHT, proof.header);
        proof.anchor = prove(forged).anchor;
        expectProofError(TrieProof.ProofError.INVALID_ROOT);
        mirror.mirror(OPERATOR, ROOT, proof);
    }

    function test_an_account_of_another_state_shows_nothing() public {
        World memory forged = world();
        forged.anchoredAt -= 365 days;
        IAnchorMirror.Proof memory proof = prove(forged);
        proof.header = prove(world()).header;
        checkpoint(HEIGHT, proof.header);
        expectProofError(TrieProof.ProofError.INVALID_ROOT);
        mirror.mirror(OPERATOR, ROOT, proof);
    }

    function test_other_code_at_the_sources_address_shows_nothing() public {
        World memory forged = world();
        forged.codeHash = keccak256("a contract that writes what it likes");
        IAnchorMirror.Proof memory proof = prove(forged);
        checkpoint(HEIGHT, proof.header);
        vm.expectRevert(abi.encodeWithSelector(IAnchorMirror.AnchorMirrorOtherCode.selector, forged.codeHash));
        mirror.mirror(OPERATOR, ROOT, proof);
    }

    function test_anothers_anchor_is_not_the_operators() public {
        World memory forged = world();
        forged.operator = RIVAL;
        IAnchorMirror.Proof memory proof = prove(forged, 3, 0);
        checkpoint(HEIGHT, proof.header);
        expectProofError(TrieProof.ProofError.INVALID_PATH_REMAINDER);
        mirror.mirror(OPERATOR, ROOT, proof);
        mirror.mirror(RIVAL, ROOT, proof);
        vm.assertEq(anchor().anchoredAt, 0, "operator's");
    }

    function test_an_absent_slot_shows_nothing() public {
        bytes32 key = keccak256(abi.encode(slotOf(OPERATOR, ROOT)));
        IAnchorMirror.Proof memory proof = prove(world());
        proof.anchor = new bytes[](1);
        proof.anchor[0] = StateTrie.branchWithout(StateTrie.nibble(key, 0));
        bytes memory account = StateTrie.account(keccak256(proof.anchor[0]), CODE_HASH);
        bytes32 stateRoot;
        (stateRoot, proof.account) = StateTrie.prove(abi.encodePacked(SOURCE), account, 3);
        proof.header = StateTrie.header(stateRoot, HEIGHT);
        checkpoint(HEIGHT, proof.header);
        vm.expectRevert(RLP.RLPInvalidEncoding.selector);
        mirror.mirror(OPERATOR, ROOT, proof);
    }

    function test_a_proof_that_stops_above_the_slot_shows_nothing() public {
        IAnchorMirror.Proof memory proof = prove(world());
        checkpoint(HEIGHT, proof.header);
        bytes[] memory shorter = new bytes[](2);
        (shorter[0], shorter[1]) = (proof.anchor[0], proof.anchor[1]);
        proof.anchor = shorter;
        expectProofError(TrieProof.ProofError.INVALID_PROOF);
        mirror.mirror(OPERATOR, ROOT, proof);
    }

    function testFuzz_mirror_reads_the_anchor(
        address operator,
        bytes32 root,
        uint40 anchoredAt,
        uint32 leafCount,
        uint256 depths
    ) public {
        World memory it = world();
        (it.operator, it.root, it.leafCount) = (operator, root, leafCount);
        it.anchoredAt = anchoredAt == 0 ? 1 : anchoredAt;
        // Deeper, a small leaf would be written into its branch, which StateTrie does not do.
        IAnchorMirror.Proof memory proof = prove(it, depths % 9, (depths >> 8) % 9);
        checkpoint(HEIGHT, proof.header);
        mirror.mirror(operator, root, proof);
        vm.assertEq(mirror.anchorOf(operator, root).anchoredAt, it.anchoredAt, "anchoredAt");
        vm.assertEq(mirror.anchorOf(operator, root).leafCount, leafCount, "leafCount");
    }

    function expectNoCheckpoint(uint256 height, bytes memory header) private {
        vm.expectRevert(
            abi.encodeWithSelector(IAnchorMirror.AnchorMirrorNoCheckpoint.selector, height, keccak256(header))
        );
    }

    function expectProofError(TrieProof.ProofError problem) private {
        vm.expectRevert(abi.encodeWithSelector(TrieProof.TrieProofTraversalError.selector, problem));
    }
}
