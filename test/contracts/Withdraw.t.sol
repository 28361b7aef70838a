// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IAccreditations} from "../../contracts/interfaces/IAccreditations.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

contract WithdrawTest is RegistryTest {
    function test_withdraw_ends_a_record_from_then_on() public {
        vm.prank(REGION);
        registry.withdraw(collegeRecord(), START + 10, regionPath());
        vm.assertTrue(collegeHolds(START + 9), "before");
        vm.assertFalse(collegeHolds(START + 10), "at");
    }

    function test_withdraw_from_this_second_on_leaves_a_record_without_a_period() public {
        vm.prank(REGION);
        registry.withdraw(collegeRecord(), START, regionPath());
        vm.assertFalse(collegeHolds(START), "same second");
    }

    function test_withdraw_emits_the_end() public {
        vm.expectEmit(address(registry));
        emit IAccreditations.Withdrawn(COLLEGE, scopeOf(welding()), REGION, ATTEST, 0, START + 10, REGION);
        vm.prank(REGION);
        registry.withdraw(collegeRecord(), START + 10, regionPath());
    }

    function test_withdraw_moves_an_end_earlier() public {
        withdrawByAuthority(START + 10);
        withdrawByAuthority(START + 5);
        vm.assertFalse(collegeHolds(START + 5), "earlier");
    }

    function test_withdraw_never_moves_an_end_later() public {
        withdrawByAuthority(START + 5);
        vm.recordLogs();
        withdrawByAuthority(START + 6);
        vm.assertEq(logCount(), 0, "events");
        vm.assertFalse(collegeHolds(START + 5), "end");
    }

    function test_withdraw_after_the_end_of_the_period_changes_nothing() public {
        vm.prank(REGION);
        registry.accredit(COLLEGE, ATTEST, welding(), START + 10, regionPath());
        IAccreditations.RecordId memory record = collegeRecord();
        record.number = 1;
        vm.recordLogs();
        vm.prank(AUTHORITY);
        registry.withdraw(record, START + 10, noPath());
        vm.assertEq(logCount(), 0, "events");
    }

    function test_withdraw_of_an_annulled_record_changes_nothing() public {
        vm.prank(AUTHORITY);
        registry.annul(collegeRecord(), IAccreditationPaths.Annulment.Error, noPath());
        vm.recordLogs();
        withdrawByAuthority(START + 10);
        vm.assertEq(logCount(), 0, "events");
    }

    function test_withdraw_refuses_to_reach_into_the_past() public {
        vm.expectRevert(abi.encodeWithSelector(IAccreditations.AccreditationsPast.selector, START - 1, START));
        withdrawByAuthority(START - 1);
    }

    function test_withdraw_refuses_a_record_that_does_not_exist() public {
        IAccreditations.RecordId memory record = collegeRecord();
        record.number = 1;
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccreditations.AccreditationsNoRecord.selector,
                COLLEGE,
                ATTEST,
                scopeOf(welding()),
                REGION,
                1
            )
        );
        vm.prank(AUTHORITY);
        registry.withdraw(record, START, noPath());
    }

    function test_withdraw_refuses_a_stranger() public {
        expectNotAbove(STRANGER);
        vm.prank(STRANGER);
        registry.withdraw(collegeRecord(), START, collegePath());
    }

    function test_withdraw_refuses_the_subject() public {
        expectNotAbove(COLLEGE);
        vm.prank(COLLEGE);
        registry.withdraw(collegeRecord(), START, regionPath());
    }

    function test_withdraw_refuses_the_accreditor_once_it_is_withdrawn() public {
        vm.prank(AUTHORITY);
        registry.withdraw(regionRecord(), START, noPath());
        vm.expectRevert(
            abi.encodeWithSelector(IAccreditationPaths.AccreditationsNotAccredited.selector, REGION, uint256(0))
        );
        vm.prank(REGION);
        registry.withdraw(collegeRecord(), START, regionPath());
    }

    function test_withdraw_lets_one_above_end_a_record_while_the_links_below_hold() public {
        accreditBelowRegion();
        vm.prank(REGION);
        registry.withdraw(belowRival(), START, path(link(REGION, 0, 1), link(AUTHORITY, 0, 1)));
        vm.assertEq(
            registry.accreditationOf(STRANGER, ATTEST, scopeOf(welding()), RIVAL, 0).withdrawnFrom,
            START,
            "end"
        );
    }

    function test_withdraw_lets_one_above_end_a_record_after_the_links_below_have_ended() public {
        accreditBelowRegion();
        IAccreditations.RecordId memory rival = IAccreditations.RecordId(RIVAL, ACCREDIT, training(), REGION, 0);
        vm.prank(REGION);
        registry.withdraw(rival, START, regionPath());
        vm.warp(START + 10);
        vm.prank(REGION);
        registry.withdraw(belowRival(), START + 10, path(link(REGION, 0, 1), link(AUTHORITY, 0, 1)));
        vm.assertEq(
            registry.accreditationOf(STRANGER, ATTEST, scopeOf(welding()), RIVAL, 0).withdrawnFrom,
            START + 10,
            "end"
        );
    }

    function test_withdraw_lets_one_two_links_above_end_a_record() public {
        address third = accreditDownTo(3);
        vm.prank(third);
        registry.accredit(STRANGER, ATTEST, training(), OPEN, chainPath(3));
        vm.prank(chained(1));
        registry.withdraw(IAccreditations.RecordId(STRANGER, ATTEST, training(), third, 0), START, chainPath(3));
        vm.assertEq(
            registry.accreditationOf(STRANGER, ATTEST, scopeOf(training()), third, 0).withdrawnFrom,
            START,
            "end"
        );
    }

    function test_withdraw_refuses_one_above_once_it_is_withdrawn() public {
        accreditBelowRegion();
        vm.prank(AUTHORITY);
        registry.withdraw(regionRecord(), START, noPath());
        vm.expectRevert(
            abi.encodeWithSelector(IAccreditationPaths.AccreditationsNotAccredited.selector, REGION, uint256(1))
        );
        vm.prank(REGION);
        registry.withdraw(belowRival(), START, path(link(REGION, 0, 1), link(AUTHORITY, 0, 1)));
    }

    function test_withdraw_refuses_one_above_with_a_link_that_is_too_deep() public {
        accreditBelowRegion();
        vm.expectRevert(abi.encodeWithSelector(IAccreditations.AccreditationsNotAbove.selector, REGION, RIVAL));
        vm.prank(REGION);
        registry.withdraw(belowRival(), START, path(link(REGION, 0, 3), link(AUTHORITY, 0, 1)));
    }

    function test_withdraw_refuses_one_above_whose_scope_has_become_narrower() public {
        accreditBelowRegion();
        vm.prank(AUTHORITY);
        registry.withdraw(regionRecord(), START, noPath());
        accreditByAuthority(REGION, ACCREDIT, welding());
        vm.expectRevert(
            abi.encodeWithSelector(IAccreditationPaths.AccreditationsNotAccredited.selector, REGION, uint256(1))
        );
        vm.prank(REGION);
        registry.withdraw(belowRival(), START, path(link(REGION, 0, 1), link(AUTHORITY, 0, 2)));
    }

    function test_withdraw_refuses_a_path_longer_than_a_chain() public {
        vm.expectRevert(
            abi.encodeWithSelector(IAccreditationPaths.AccreditationsNotAccredited.selector, REGION, uint256(5))
        );
        vm.prank(REGION);
        registry.withdraw(collegeRecord(), START, chainPath(6));
    }

    function testFuzz_withdraw_only_moves_earlier(uint40[8] memory ends) public {
        uint40 earliest = OPEN;
        for (uint256 i = 0; i < ends.length; ++i) {
            if (ends[i] < START) continue;
            withdrawByAuthority(ends[i]);
            if (ends[i] < earliest) earliest = ends[i];
        }
        vm.assertFalse(collegeHolds(earliest), "at the end");
        if (earliest > START) vm.assertTrue(collegeHolds(earliest - 1), "before the end");
    }

    /// @dev REGION accredits RIVAL to accredit, and RIVAL accredits STRANGER.
    function accreditBelowRegion() private {
        vm.prank(REGION);
        registry.accredit(RIVAL, ACCREDIT, training(), OPEN, regionPath());
        vm.prank(RIVAL);
        registry.accredit(STRANGER, ATTEST, welding(), OPEN, path(link(REGION, 0, 1), link(AUTHORITY, 0, 1)));
    }

    function belowRival() private pure returns (IAccreditations.RecordId memory) {
        return IAccreditations.RecordId(STRANGER, ATTEST, welding(), RIVAL, 0);
    }

    function withdrawByAuthority(uint40 at_) private {
        vm.prank(AUTHORITY);
        registry.withdraw(collegeRecord(), at_, noPath());
    }

    function expectNotAbove(address account) private {
        vm.expectRevert(abi.encodeWithSelector(IAccreditations.AccreditationsNotAbove.selector, account, REGION));
    }
}
