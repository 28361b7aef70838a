// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IAccreditations} from "../../contracts/interfaces/IAccreditations.sol";
import {IIssuers} from "../../contracts/interfaces/IIssuers.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

/// @title AttacksTest
/// @notice What RIVAL, an accreditor for references, tries against REGION's COLLEGE; and what others try.
contract AttacksTest is RegistryTest {
    bytes32 private constant ROOT = keccak256("root");

    function setUp() public override {
        super.setUp();
        confirmCollege();
        accreditByAuthority(RIVAL, ACCREDIT, references());
        accreditByAuthority(OPERATOR, ANCHOR, anywhere());
    }

    function test_an_accreditor_for_another_scope_cannot_accredit_within_the_victims() public {
        vm.expectRevert(
            abi.encodeWithSelector(IAccreditationPaths.AccreditationsNotAccredited.selector, RIVAL, uint256(0))
        );
        vm.prank(RIVAL);
        registry.accredit(STRANGER, ATTEST, training(), OPEN, rivalPath());
    }

    function test_an_accreditor_for_another_scope_cannot_confirm_an_account_for_the_victims_issuer() public {
        accreditByRival(STRANGER, ATTEST);
        expectNotSponsor(RIVAL);
        vm.prank(RIVAL);
        registry.confirmIssuer(ISSUER_ID, STRANGER, ATTEST, references(), path(link(RIVAL, 0, 1), rivalPath()[0]));
    }

    function test_an_accreditor_for_another_scope_cannot_register_or_compromise_the_victims_keys() public {
        vm.expectRevert(abi.encodeWithSelector(IIssuers.IssuersNotAccount.selector, RIVAL, ISSUER_ID));
        vm.prank(RIVAL);
        registry.registerKey(ISSUER_ID, THUMBPRINT);

        expectNotSponsor(RIVAL);
        vm.prank(RIVAL);
        registry.reportCompromise(ISSUER_ID, THUMBPRINT, 1, references(), rivalPath());
    }

    function test_a_path_through_anothers_record_is_forged() public {
        accreditByRival(STRANGER, ACCREDIT);
        // STRANGER shows REGION's link to the authority as if REGION had accredited it.
        vm.expectRevert(
            abi.encodeWithSelector(IAccreditationPaths.AccreditationsNotAccredited.selector, STRANGER, uint256(0))
        );
        vm.prank(STRANGER);
        registry.accredit(RIVAL, ATTEST, training(), OPEN, path(link(REGION, 0, 1), link(AUTHORITY, 0, 1)));
    }

    function test_a_record_at_a_narrow_scope_does_not_open_a_wide_one() public {
        accreditByAuthority(STRANGER, ACCREDIT, welding());
        vm.expectRevert(
            abi.encodeWithSelector(IAccreditationPaths.AccreditationsNotAccredited.selector, STRANGER, uint256(0))
        );
        vm.prank(STRANGER);
        registry.accredit(STRANGER, ATTEST, training(), OPEN, path(link(AUTHORITY, 0, 2)));
    }

    function test_two_accreditors_that_accredit_each_other_fall_with_the_authoritys_record() public {
        vm.prank(REGION);
        registry.accredit(STRANGER, ACCREDIT, training(), OPEN, regionPath());
        vm.prank(STRANGER);
        registry.accredit(REGION, ACCREDIT, training(), OPEN, path(link(REGION, 0, 1), link(AUTHORITY, 0, 1)));
        vm.prank(AUTHORITY);
        registry.withdraw(regionRecord(), START, noPath());

        IAccreditationPaths.Link[] memory loop = path(link(STRANGER, 0, 1), link(REGION, 0, 1), link(AUTHORITY, 0, 1));
        vm.expectRevert(
            abi.encodeWithSelector(IAccreditationPaths.AccreditationsNotAccredited.selector, REGION, uint256(2))
        );
        vm.prank(REGION);
        registry.accredit(STRANGER, ATTEST, training(), OPEN, loop);
    }

    function test_accrediting_anothers_accreditor_unasked_puts_nobody_above_it() public {
        accreditByAuthority(RIVAL, ACCREDIT, training());
        IAccreditationPaths.Link[] memory trainingPath = path(link(AUTHORITY, 0, 1));
        vm.prank(RIVAL);
        registry.accredit(REGION, ACCREDIT, training(), OPEN, trainingPath);
        vm.prank(REGION);
        registry.accredit(STRANGER, ATTEST, training(), OPEN, regionPath());

        IAccreditations.RecordId memory record = IAccreditations.RecordId(STRANGER, ATTEST, training(), REGION, 0);
        IAccreditationPaths.Link[] memory unasked = path(link(RIVAL, 0, 1), link(AUTHORITY, 0, 1));
        expectNotAbove(RIVAL, REGION);
        vm.prank(RIVAL);
        registry.withdraw(record, START, unasked);
        expectNotAbove(RIVAL, REGION);
        vm.prank(RIVAL);
        registry.annul(record, IAccreditationPaths.Annulment.Fraud, unasked);
    }

    function test_an_accreditor_that_is_withdrawn_cannot_annul_what_it_gave() public {
        vm.prank(AUTHORITY);
        registry.withdraw(regionRecord(), START, noPath());
        vm.expectRevert(
            abi.encodeWithSelector(IAccreditationPaths.AccreditationsNotAccredited.selector, REGION, uint256(0))
        );
        vm.prank(REGION);
        registry.annul(collegeRecord(), IAccreditationPaths.Annulment.Fraud, regionPath());
    }

    function test_a_hundred_junk_records_cost_others_nothing() public {
        accreditByAuthority(RIVAL, ACCREDIT, training());
        (uint256 readBefore, uint256 writeBefore) = gasOfReadingAndAccrediting(address(0x1111));
        for (uint40 i = 1; i <= 100; ++i) {
            vm.prank(RIVAL);
            registry.accredit(COLLEGE, ATTEST, welding(), START + i, path(link(AUTHORITY, 0, 1)));
            vm.prank(RIVAL);
            registry.accredit(address(0x2222), ATTEST, welding(), START + i, path(link(AUTHORITY, 0, 1)));
        }
        (uint256 readAfter, uint256 writeAfter) = gasOfReadingAndAccrediting(address(0x2222));
        vm.assertEq(readAfter, readBefore, "accreditationAt");
        vm.assertEq(writeAfter, writeBefore, "accredit");
    }

    function test_a_squatted_issuer_is_freed_by_the_authority_with_its_keys() public {
        bytes32 victim = keccak256("did:web:victim.example");
        accreditByRival(STRANGER, ATTEST);
        vm.prank(RIVAL);
        registry.confirmIssuer(victim, STRANGER, ATTEST, references(), path(link(RIVAL, 0, 1), rivalPath()[0]));
        vm.prank(STRANGER);
        registry.registerKey(victim, "squatter's key");
        vm.prank(STRANGER);
        registry.registerKey(victim, THUMBPRINT);

        vm.prank(AUTHORITY);
        registry.annulBinding(victim, 0);
        vm.prank(AUTHORITY);
        registry.confirmIssuer(victim, COLLEGE, ATTEST, anywhere(), noPath());

        vm.assertEq(registry.accountOf(victim), COLLEGE, "account");
        uint32 binding = registry.keyOf(victim, "squatter's key").binding;
        vm.assertTrue(registry.bindingOf(victim, binding).annulled, "squatter's key");
        vm.expectRevert(abi.encodeWithSelector(IIssuers.IssuersNotSponsor.selector, RIVAL, victim));
        vm.prank(RIVAL);
        registry.confirmIssuer(victim, STRANGER, ATTEST, references(), path(link(RIVAL, 0, 1), rivalPath()[0]));

        vm.prank(COLLEGE);
        registry.registerKey(victim, THUMBPRINT);
        binding = registry.keyOf(victim, THUMBPRINT).binding;
        vm.assertFalse(registry.bindingOf(victim, binding).annulled, "victim's key");
    }

    function test_a_squatter_registering_in_the_second_of_the_remedy_leaves_no_key_behind() public {
        bytes32 victim = keccak256("did:web:victim.example");
        accreditByRival(STRANGER, ATTEST);
        vm.prank(RIVAL);
        registry.confirmIssuer(victim, STRANGER, ATTEST, references(), path(link(RIVAL, 0, 1), rivalPath()[0]));

        vm.warp(START + 10);
        vm.prank(STRANGER);
        registry.registerKey(victim, "squatter's key");
        vm.prank(AUTHORITY);
        registry.annulBinding(victim, 0);
        vm.prank(AUTHORITY);
        registry.confirmIssuer(victim, COLLEGE, ATTEST, anywhere(), noPath());

        uint32 binding = registry.keyOf(victim, "squatter's key").binding;
        vm.assertEq(registry.keyOf(victim, "squatter's key").registeredAt, registry.bindingOf(victim, 1).from, "same");
        vm.assertTrue(registry.bindingOf(victim, binding).annulled, "squatter's key");
    }

    function test_a_root_anchored_first_with_a_false_leaf_count_hinders_nobody() public {
        accreditByAuthority(RIVAL, ANCHOR, anywhere());
        vm.prank(RIVAL);
        anchors.anchor(ROOT, 1 << 31, path(link(AUTHORITY, 0, 0)));
        vm.prank(OPERATOR);
        anchors.anchor(ROOT, 8, path(link(AUTHORITY, 0, 0)));
        vm.assertEq(anchors.anchorOf(OPERATOR, ROOT).leafCount, 8, "leafCount");
    }

    function test_an_end_and_an_anchor_in_one_second_leave_the_time_but_not_the_right() public {
        vm.prank(REGION);
        registry.withdraw(collegeRecord(), START, regionPath());
        vm.prank(OPERATOR);
        anchors.anchor(ROOT, 8, path(link(AUTHORITY, 0, 0)));
        vm.assertEq(anchors.anchorOf(OPERATOR, ROOT).anchoredAt, START, "time");
        vm.assertFalse(collegeHolds(START), "right");
    }

    function accreditByRival(address subject, IAccreditationPaths.Right right) private {
        vm.prank(RIVAL);
        registry.accredit(subject, right, references(), OPEN, rivalPath());
    }

    function rivalPath() private pure returns (IAccreditationPaths.Link[] memory) {
        return path(link(AUTHORITY, 0, 1));
    }

    function gasOfReadingAndAccrediting(address subject) private returns (uint256 read, uint256 write) {
        collegeHolds(START);
        read = vm.lastCallGas().gasTotalUsed;
        vm.prank(REGION);
        registry.accredit(subject, ATTEST, welding(), OPEN, regionPath());
        write = vm.lastCallGas().gasTotalUsed;
    }

    function expectNotSponsor(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IIssuers.IssuersNotSponsor.selector, caller, ISSUER_ID));
    }

    function expectNotAbove(address account, address accreditor) private {
        vm.expectRevert(abi.encodeWithSelector(IAccreditations.AccreditationsNotAbove.selector, account, accreditor));
    }
}
