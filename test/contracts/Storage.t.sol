// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IStatusRegistry} from "../../contracts/interfaces/IStatusRegistry.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

/// @title StorageTest
/// @notice Where the interfaces say that each thing is stored: state proofs are made from these slots.
contract StorageTest is RegistryTest {
    function setUp() public override {
        super.setUp();
        confirmCollege();
    }

    function testFuzz_an_accreditation_is_at_the_key_of_what_names_it(address subject, bytes32 label) public {
        bytes32[] memory labels = new bytes32[](1);
        labels[0] = label;
        accreditByAuthority(subject, ATTEST, labels);
        vm.prank(AUTHORITY);
        registry.accredit(subject, ATTEST, labels, START + 10, noPath());

        bytes32 key = keccak256(abi.encode(subject, ATTEST, scopeOf(labels), AUTHORITY, uint32(1)));
        uint256 expected = START | (uint256(START + 10) << 40);
        vm.assertEq(uint256(slot(address(registry), key, 3)), expected, "record");
    }

    function test_an_accreditation_holds_its_end_its_annulment_and_its_parent() public {
        vm.prank(REGION);
        registry.withdraw(collegeRecord(), START + 20, regionPath());
        vm.prank(REGION);
        registry.annul(collegeRecord(), IAccreditationPaths.Annulment.Court, regionPath());

        bytes32 key = keccak256(abi.encode(COLLEGE, ATTEST, scopeOf(welding()), REGION, uint32(0)));
        bytes16 parent = bytes16(keccak256(abi.encode(REGION, ACCREDIT, scopeOf(training()), AUTHORITY, uint32(0))));
        uint256 expected =
            START |
                (uint256(OPEN) << 40) |
                (uint256(START + 20) << 80) |
                (3 << 120) |
                (uint256(uint128(parent)) << 128);
        vm.assertEq(uint256(slot(address(registry), key, 3)), expected, "record");
    }

    function test_an_issuer_is_in_two_slots() public {
        vm.prank(REGION);
        registry.nameCustodian(ISSUER_ID, STRANGER, training(), regionPath());
        bytes32 first = keccak256(abi.encode(ISSUER_ID, 4));
        uint256 sponsorAndBindings = uint160(REGION) | (uint256(1) << 160);
        vm.assertEq(uint256(vm.load(address(registry), first)), sponsorAndBindings, "sponsor");
        vm.assertEq(uint256(vm.load(address(registry), bytes32(uint256(first) + 1))), uint160(STRANGER), "custodian");
    }

    function test_a_binding_is_in_one_slot() public {
        vm.prank(AUTHORITY);
        registry.annulBinding(ISSUER_ID, 0);
        bytes32 bindings = keccak256(abi.encode(ISSUER_ID, 5));
        uint256 expected = uint160(COLLEGE) | (uint256(START) << 160) | (uint256(OPEN) << 200) | (uint256(1) << 240);
        vm.assertEq(uint256(vm.load(address(registry), keccak256(abi.encode(0, bindings)))), expected, "binding");
    }

    function test_a_key_is_in_one_slot() public {
        vm.prank(AUTHORITY);
        registry.confirmIssuer(ISSUER_ID, STRANGER, ATTEST, anywhere(), noPath());
        vm.prank(STRANGER);
        registry.registerKey(ISSUER_ID, THUMBPRINT);
        vm.prank(STRANGER);
        registry.retireKey(ISSUER_ID, THUMBPRINT, START + 10);
        vm.prank(STRANGER);
        registry.reportCompromise(ISSUER_ID, THUMBPRINT, START - 5, anywhere(), noPath());

        bytes32 keys = keccak256(abi.encode(ISSUER_ID, 6));
        uint256 expected = START | (uint256(START + 10) << 40) | (uint256(START - 5) << 80) | (uint256(1) << 120);
        vm.assertEq(uint256(vm.load(address(registry), keccak256(abi.encode(THUMBPRINT, keys)))), expected, "key");
    }

    function test_an_anchor_is_in_one_slot() public {
        vm.prank(AUTHORITY);
        anchors.anchor("root", 8, noPath());
        bytes32 roots = keccak256(abi.encode(AUTHORITY, 3));
        uint256 expected = START | (uint256(8) << 40);
        vm.assertEq(
            uint256(vm.load(address(anchors), keccak256(abi.encode(bytes32("root"), roots)))),
            expected,
            "anchor"
        );
    }

    function test_a_word_of_statuses_is_in_one_slot_of_each_map() public {
        IStatusRegistry.Update[] memory updates = new IStatusRegistry.Update[](1);
        updates[0] = IStatusRegistry.Update(511, 5);
        vm.prank(COLLEGE);
        statuses.revoke(ISSUER_ID, 7, updates);
        updates[0].mask = 6;
        vm.prank(COLLEGE);
        statuses.suspend(ISSUER_ID, 7, 0, updates);
        vm.assertEq(uint256(wordAt(3)), 5, "revoked");
        vm.assertEq(uint256(wordAt(4)), 6, "suspended");
    }

    function wordAt(uint256 map) private view returns (bytes32) {
        bytes32 lists = keccak256(abi.encode(ISSUER_ID, map));
        bytes32 words = keccak256(abi.encode(uint64(7), lists));
        return vm.load(address(statuses), keccak256(abi.encode(uint16(511), words)));
    }

    function slot(address account, bytes32 key, uint256 map) private view returns (bytes32) {
        return vm.load(account, keccak256(abi.encode(key, map)));
    }
}
