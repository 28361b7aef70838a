// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IAccreditations} from "../../contracts/interfaces/IAccreditations.sol";
import {IAnchorRegistry} from "../../contracts/interfaces/IAnchorRegistry.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

abstract contract AnchorRegistryTest is RegistryTest {
    bytes32 internal constant ROOT = keccak256("root");

    function setUp() public virtual override {
        super.setUp();
        accreditByAuthority(OPERATOR, ANCHOR, anywhere());
    }

    function operatorPath() internal pure returns (IAccreditationPaths.Link[] memory) {
        return path(link(AUTHORITY, 0, 0));
    }

    function anchor(bytes32 root, uint32 leafCount) internal {
        vm.prank(OPERATOR);
        anchors.anchor(root, leafCount, operatorPath());
    }

    function expectMalformed(bytes32 root, uint32 leafCount) internal {
        vm.expectRevert(abi.encodeWithSelector(IAnchorRegistry.AnchorRegistryMalformed.selector, root, leafCount));
    }

    function expectNotAccredited(address account) internal {
        vm.expectRevert(abi.encodeWithSelector(IAnchorRegistry.AnchorRegistryNotAccredited.selector, account));
    }
}

contract AnchorTest is AnchorRegistryTest {
    function test_anchor_dates_the_root_now() public {
        vm.warp(START + 5);
        vm.expectEmit(address(anchors));
        emit IAnchorRegistry.Anchored(OPERATOR, ROOT, 8);
        anchor(ROOT, 8);
        vm.assertEq(anchors.anchorOf(OPERATOR, ROOT).anchoredAt, START + 5, "anchoredAt");
        vm.assertEq(anchors.anchorOf(OPERATOR, ROOT).leafCount, 8, "leafCount");
    }

    function test_anchor_again_keeps_the_first_date() public {
        anchor(ROOT, 8);
        vm.warp(START + 5);
        vm.recordLogs();
        anchor(ROOT, 8);
        vm.assertEq(logCount(), 0, "events");
        vm.assertEq(anchors.anchorOf(OPERATOR, ROOT).anchoredAt, START, "anchoredAt");
    }

    function test_anchor_again_with_another_leaf_count_is_refused() public {
        anchor(ROOT, 8);
        vm.expectRevert(
            abi.encodeWithSelector(IAnchorRegistry.AnchorRegistryConflict.selector, OPERATOR, ROOT, uint32(8))
        );
        anchor(ROOT, 16);
    }

    function test_anchor_refuses_the_zero_root() public {
        expectMalformed(0, 8);
        anchor(0, 8);
    }

    function test_anchor_refuses_leaf_counts_that_are_no_powers_of_two_from_eight_on() public {
        uint32[7] memory counts = [uint32(0), 1, 4, 7, 9, 12, type(uint32).max];
        for (uint256 i = 0; i < counts.length; ++i) {
            expectMalformed(ROOT, counts[i]);
            anchor(ROOT, counts[i]);
        }
    }

    function test_anchor_takes_every_power_of_two_from_eight_on() public {
        for (uint256 i = 3; i < 32; ++i) {
            anchor(bytes32(i), uint32(1 << i));
            vm.assertEq(anchors.anchorOf(OPERATOR, bytes32(i)).leafCount, 1 << i, "leafCount");
        }
    }

    function test_anchor_refuses_who_may_not_anchor() public {
        expectNotAccredited(STRANGER);
        vm.prank(STRANGER);
        anchors.anchor(ROOT, 8, operatorPath());
    }

    function test_anchor_refuses_who_may_only_attest() public {
        expectNotAccredited(COLLEGE);
        vm.prank(COLLEGE);
        anchors.anchor(ROOT, 8, collegePath());
    }

    function test_anchor_refuses_an_operator_from_its_withdrawal_on() public {
        withdrawOperator();
        expectNotAccredited(OPERATOR);
        anchor(ROOT, 8);
    }

    function test_anchor_keeps_what_was_anchored_in_the_second_of_the_withdrawal() public {
        anchor(ROOT, 8);
        withdrawOperator();
        vm.assertEq(anchors.anchorOf(OPERATOR, ROOT).anchoredAt, START, "anchoredAt");
        vm.assertFalse(registry.accreditationAt(OPERATOR, ANCHOR, anywhere(), operatorPath(), START), "right");
    }

    function test_anchor_is_open_to_the_authority() public {
        vm.prank(AUTHORITY);
        anchors.anchor(ROOT, 8, noPath());
        vm.assertEq(anchors.anchorOf(AUTHORITY, ROOT).anchoredAt, START, "anchoredAt");
    }

    function test_anchorMany_records_each_root() public {
        vm.prank(OPERATOR);
        anchors.anchorMany(batches(), operatorPath());
        vm.assertEq(anchors.anchorOf(OPERATOR, "one").leafCount, 8, "one");
        vm.assertEq(anchors.anchorOf(OPERATOR, "two").leafCount, 16, "two");
    }

    function test_anchorMany_records_all_or_none() public {
        IAnchorRegistry.Batch[] memory many = batches();
        many[1].leafCount = 9;
        expectMalformed("two", 9);
        vm.prank(OPERATOR);
        anchors.anchorMany(many, operatorPath());
        vm.assertEq(anchors.anchorOf(OPERATOR, "one").anchoredAt, 0, "one");
    }

    function test_anchorMany_refuses_who_may_not_anchor() public {
        expectNotAccredited(STRANGER);
        vm.prank(STRANGER);
        anchors.anchorMany(batches(), operatorPath());
    }

    function test_anchorOf_returns_zeros_for_no_anchor() public view {
        vm.assertEq(anchors.anchorOf(OPERATOR, ROOT).anchoredAt, 0, "anchoredAt");
        vm.assertEq(anchors.anchorOf(OPERATOR, ROOT).leafCount, 0, "leafCount");
    }

    function test_accreditations_is_the_registry_given_to_the_constructor() public view {
        vm.assertEq(address(anchors.accreditations()), address(registry), "registry");
    }

    function testFuzz_anchor_never_changes(bytes32 root, uint8 first, uint8 second, uint32 later) public {
        vm.assume(root != 0);
        uint32 leafCount = uint32(1) << (3 + (first % 29));
        anchor(root, leafCount);
        vm.warp(uint256(START) + later);
        vm.prank(OPERATOR);
        try anchors.anchor(root, uint32(1) << (3 + (second % 29)), operatorPath()) {} catch {}
        vm.assertEq(anchors.anchorOf(OPERATOR, root).anchoredAt, START, "anchoredAt");
        vm.assertEq(anchors.anchorOf(OPERATOR, root).leafCount, leafCount, "leafCount");
    }

    function batches() private pure returns (IAnchorRegistry.Batch[] memory many) {
        many = new IAnchorRegistry.Batch[](2);
        many[0] = IAnchorRegistry.Batch("one", 8);
        many[1] = IAnchorRegistry.Batch("two", 16);
    }

    function withdrawOperator() private {
        vm.prank(AUTHORITY);
        registry.withdraw(
            IAccreditations.RecordId(OPERATOR, ANCHOR, anywhere(), AUTHORITY, 0),
            uint40(block.timestamp),
            noPath()
        );
    }
}

contract IsIncludedTest is AnchorRegistryTest {
    bytes32[15] private tree; // Node i's children are 2i + 1 and 2i + 2; leaves from 7 on.

    function setUp() public override {
        super.setUp();
        for (uint256 i = 7; i < 15; ++i) tree[i] = keccak256(abi.encode("leaf", i));
        for (uint256 i = 7; i > 0; --i) tree[i - 1] = Hashes.commutativeKeccak256(tree[2 * i - 1], tree[2 * i]);
        anchor(tree[0], 8);
    }

    function test_isIncluded_finds_every_leaf() public view {
        for (uint256 i = 7; i < 15; ++i) {
            vm.assertTrue(anchors.isIncluded(OPERATOR, tree[0], tree[i], proofOf(i)), "leaf");
        }
    }

    function test_isIncluded_refuses_the_proof_of_another_leaf() public view {
        vm.assertFalse(anchors.isIncluded(OPERATOR, tree[0], tree[7], proofOf(9)), "other");
    }

    function test_isIncluded_refuses_an_inner_node() public view {
        vm.assertFalse(anchors.isIncluded(OPERATOR, tree[0], tree[3], proofOf(3)), "inner");
        vm.assertFalse(anchors.isIncluded(OPERATOR, tree[0], tree[0], proofOf(0)), "root");
    }

    function test_isIncluded_refuses_another_operators_root() public view {
        vm.assertFalse(anchors.isIncluded(STRANGER, tree[0], tree[7], proofOf(7)), "operator");
    }

    function test_isIncluded_refuses_a_root_that_is_not_anchored() public view {
        bytes32[] memory none = new bytes32[](0);
        vm.assertFalse(anchors.isIncluded(OPERATOR, "root", "root", none), "short");
    }

    function test_isIncluded_refuses_a_root_that_is_not_anchored_with_a_proof_of_256_hashes() public view {
        bytes32[] memory proof = new bytes32[](256);
        bytes32 root = "leaf";
        for (uint256 i = 0; i < 256; ++i) root = Hashes.commutativeKeccak256(root, proof[i]);
        vm.assertFalse(anchors.isIncluded(OPERATOR, root, "leaf", proof), "long");
    }

    function testFuzz_isIncluded_refuses_a_leaf_that_is_not_in_the_batch(
        bytes32 leaf,
        bytes32[3] memory hashes
    ) public view {
        bytes32[] memory proof = new bytes32[](3);
        (proof[0], proof[1], proof[2]) = (hashes[0], hashes[1], hashes[2]);
        vm.assertFalse(anchors.isIncluded(OPERATOR, tree[0], leaf, proof), "forged");
    }

    function proofOf(uint256 node) private view returns (bytes32[] memory proof) {
        uint256 length = 0;
        for (uint256 i = node; i > 0; i = (i - 1) / 2) ++length;
        proof = new bytes32[](length);
        for (uint256 i = 0; node > 0; node = (node - 1) / 2) proof[i++] = tree[node % 2 == 0 ? node - 1 : node + 1];
    }
}
