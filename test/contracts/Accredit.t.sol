// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IAccreditations} from "../../contracts/interfaces/IAccreditations.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

contract AccreditTest is RegistryTest {
    function test_accredit_writes_who_gave_what_from_now_until_when() public {
        vm.warp(START + 5);
        vm.prank(REGION);
        uint32 number = registry.accredit(STRANGER, ATTEST, welding(), START + 10, regionPath());

        IAccreditationPaths.Accreditation memory record = registry.accreditationOf(
            STRANGER,
            ATTEST,
            scopeOf(welding()),
            REGION,
            0
        );
        vm.assertEq(number, 0, "number");
        vm.assertEq(record.validFrom, START + 5, "validFrom");
        vm.assertEq(record.validUntil, START + 10, "validUntil");
        vm.assertEq(record.withdrawnFrom, 0, "withdrawnFrom");
        vm.assertTrue(record.annulment == IAccreditationPaths.Annulment.None, "annulment");
    }

    function test_accredit_names_the_record_that_the_new_one_descends_from() public {
        vm.prank(REGION);
        registry.accredit(RIVAL, ACCREDIT, training(), OPEN, regionPath());
        vm.prank(RIVAL);
        registry.accredit(STRANGER, ATTEST, welding(), OPEN, path(link(REGION, 0, 1), link(AUTHORITY, 0, 1)));

        bytes32 parent = keccak256(abi.encode(RIVAL, ACCREDIT, scopeOf(training()), REGION, uint32(0)));
        bytes16 named = registry.accreditationOf(STRANGER, ATTEST, scopeOf(welding()), RIVAL, 0).parent;
        vm.assertEq(bytes32(named), bytes32(bytes16(parent)), "parent");
    }

    function test_accredit_by_the_authority_descends_from_nothing() public view {
        bytes16 named = registry.accreditationOf(REGION, ACCREDIT, scopeOf(training()), AUTHORITY, 0).parent;
        vm.assertEq(bytes32(named), 0, "parent");
    }

    function test_accredit_emits_the_record() public {
        vm.expectEmit(address(registry));
        emit IAccreditations.Accredited(STRANGER, scopeOf(welding()), REGION, ATTEST, 0, OPEN);
        vm.prank(REGION);
        registry.accredit(STRANGER, ATTEST, welding(), OPEN, regionPath());
    }

    function test_accredit_numbers_another_period_of_the_same_right() public {
        vm.prank(REGION);
        uint32 number = registry.accredit(COLLEGE, ATTEST, welding(), START + 10, regionPath());
        vm.assertEq(number, 1, "number");
    }

    function test_accredit_changes_nothing_when_that_very_period_holds_already() public {
        vm.warp(START + 5);
        vm.recordLogs();
        vm.prank(REGION);
        uint32 number = registry.accredit(COLLEGE, ATTEST, welding(), OPEN, regionPath());
        vm.assertEq(number, 0, "number");
        vm.assertEq(logCount(), 0, "events");
    }

    function test_accredit_writes_anew_after_a_withdrawal() public {
        vm.prank(REGION);
        registry.withdraw(collegeRecord(), START, regionPath());
        vm.prank(REGION);
        uint32 number = registry.accredit(COLLEGE, ATTEST, welding(), OPEN, regionPath());
        vm.assertEq(number, 1, "number");
    }

    function test_accredit_writes_anew_after_a_withdrawal_to_come() public {
        vm.prank(REGION);
        registry.withdraw(collegeRecord(), START + 10, regionPath());
        vm.prank(REGION);
        uint32 number = registry.accredit(COLLEGE, ATTEST, welding(), OPEN, regionPath());
        vm.assertEq(number, 1, "number");
    }

    function test_accredit_writes_anew_after_an_annulment() public {
        vm.prank(REGION);
        registry.annul(collegeRecord(), IAccreditationPaths.Annulment.Error, regionPath());
        vm.prank(REGION);
        uint32 number = registry.accredit(COLLEGE, ATTEST, welding(), OPEN, regionPath());
        vm.assertEq(number, 1, "number");
    }

    function test_accredit_refuses_a_period_that_is_over() public {
        vm.expectRevert(abi.encodeWithSelector(IAccreditations.AccreditationsPast.selector, START, START));
        vm.prank(REGION);
        registry.accredit(STRANGER, ATTEST, welding(), START, regionPath());
    }

    function test_accredit_takes_a_period_of_one_second() public {
        vm.prank(REGION);
        registry.accredit(STRANGER, ATTEST, welding(), START + 1, regionPath());
        vm.assertTrue(registry.accreditationAt(STRANGER, ATTEST, welding(), collegePath(), START), "second");
    }

    function test_accredit_refuses_the_right_to_anchor_at_a_scope() public {
        vm.expectRevert(abi.encodeWithSelector(IAccreditations.AccreditationsAnchorScope.selector, uint256(1)));
        vm.prank(REGION);
        registry.accredit(OPERATOR, ANCHOR, training(), OPEN, regionPath());
    }

    function test_accredit_gives_the_right_to_anchor_at_the_empty_scope() public {
        accreditByAuthority(RIVAL, ACCREDIT, anywhere());
        vm.prank(RIVAL);
        registry.accredit(OPERATOR, ANCHOR, anywhere(), OPEN, path(link(AUTHORITY, 0, 0)));
        IAccreditationPaths.Link[] memory links = path(link(RIVAL, 0, 0), link(AUTHORITY, 0, 0));
        vm.assertTrue(registry.accreditationAt(OPERATOR, ANCHOR, anywhere(), links, START), "anchor");
    }

    function test_accredit_refuses_the_right_to_anchor_from_an_accreditor_of_a_scope() public {
        expectNotAccredited(REGION, 0);
        vm.prank(REGION);
        registry.accredit(OPERATOR, ANCHOR, anywhere(), OPEN, regionPath());
    }

    function test_accredit_refuses_a_stranger() public {
        expectNotAccredited(STRANGER, 0);
        vm.prank(STRANGER);
        registry.accredit(STRANGER, ATTEST, welding(), OPEN, regionPath());
    }

    function test_accredit_refuses_who_may_only_attest() public {
        expectNotAccredited(COLLEGE, 0);
        vm.prank(COLLEGE);
        registry.accredit(STRANGER, ATTEST, welding(), OPEN, collegePath());
    }

    function test_accredit_refuses_a_scope_that_the_accreditor_does_not_cover() public {
        expectNotAccredited(REGION, 0);
        vm.prank(REGION);
        registry.accredit(STRANGER, ATTEST, references(), OPEN, regionPath());
    }

    function test_accredit_refuses_an_accreditor_from_its_withdrawal_on() public {
        vm.prank(AUTHORITY);
        registry.withdraw(regionRecord(), START, noPath());
        expectNotAccredited(REGION, 0);
        vm.prank(REGION);
        registry.accredit(STRANGER, ATTEST, welding(), OPEN, regionPath());
    }

    function test_accredit_names_the_link_that_fails() public {
        vm.prank(REGION);
        registry.accredit(RIVAL, ACCREDIT, training(), OPEN, regionPath());
        vm.prank(AUTHORITY);
        registry.withdraw(regionRecord(), START, noPath());
        expectNotAccredited(RIVAL, 1);
        vm.prank(RIVAL);
        registry.accredit(STRANGER, ATTEST, welding(), OPEN, path(link(REGION, 0, 1), link(AUTHORITY, 0, 1)));
    }

    function test_accredit_names_the_length_of_a_path_that_ends_too_early() public {
        vm.prank(REGION);
        registry.accredit(RIVAL, ACCREDIT, training(), OPEN, regionPath());
        expectNotAccredited(RIVAL, 1);
        vm.prank(RIVAL);
        registry.accredit(STRANGER, ATTEST, welding(), OPEN, path(link(REGION, 0, 1)));
    }

    function expectNotAccredited(address account, uint256 at_) private {
        vm.expectRevert(abi.encodeWithSelector(IAccreditationPaths.AccreditationsNotAccredited.selector, account, at_));
    }
}
