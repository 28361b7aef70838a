// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IStatusRegistry} from "../../contracts/interfaces/IStatusRegistry.sol";
import {StatusRegistryTest} from "./StatusRegistryTest.sol";
import {vm} from "./Vm.sol";

contract SuspendTest is StatusRegistryTest {
    function test_suspend_sets_the_entries() public {
        vm.expectEmit(address(statuses));
        emit IStatusRegistry.Suspended(ISSUER_ID, LIST, 3, 5);
        suspend(0, 3, 5);
        vm.assertEq(statusOf(3).suspended, 5, "suspended");
        vm.assertEq(statusOf(3).revoked, 0, "revoked");
    }

    function test_reinstate_clears_the_entries() public {
        suspend(0, 3, 7);
        vm.expectEmit(address(statuses));
        emit IStatusRegistry.Reinstated(ISSUER_ID, LIST, 3, 5);
        reinstate(1, 3, 13);
        vm.assertEq(statusOf(3).suspended, 2, "suspended");
    }

    function test_reinstate_leaves_revocations_alone() public {
        revoke(COLLEGE, 3, 1);
        suspend(0, 3, 1);
        reinstate(1, 3, 1);
        vm.assertEq(statusOf(3).revoked, 1, "revoked");
    }

    function test_suspend_counts_each_change_of_a_list() public {
        suspend(0, 3, 1);
        suspend(1, 4, 1);
        reinstate(2, 3, 1);
        vm.assertEq(statuses.suspensionsOf(ISSUER_ID, LIST), 3, "counter");
        vm.assertEq(statuses.suspensionsOf(ISSUER_ID, LIST + 1), 0, "other list");
    }

    function test_suspend_emits_only_what_is_new() public {
        suspend(0, 3, 1);
        vm.expectEmit(address(statuses));
        emit IStatusRegistry.Suspended(ISSUER_ID, LIST, 3, 2);
        suspend(1, 3, 3);
    }

    function test_suspend_changes_nothing_when_all_entries_are_suspended() public {
        suspend(0, 3, 3);
        vm.recordLogs();
        suspend(0, 3, 1);
        vm.assertEq(logCount(), 0, "events");
        vm.assertEq(statuses.suspensionsOf(ISSUER_ID, LIST), 1, "counter");
    }

    function test_reinstate_changes_nothing_when_no_entry_is_suspended() public {
        vm.recordLogs();
        reinstate(9, 3, 1);
        vm.assertEq(logCount(), 0, "events");
        vm.assertEq(statuses.suspensionsOf(ISSUER_ID, LIST), 0, "counter");
    }

    function test_suspend_emits_nothing_for_a_word_that_does_not_change() public {
        suspend(0, 3, 1);
        vm.recordLogs();
        vm.prank(COLLEGE);
        statuses.suspend(ISSUER_ID, LIST, 1, two(4, 1, 3, 1));
        vm.assertEq(logCount(), 1, "events");
        vm.assertEq(statusOf(4).suspended, 1, "suspended");
    }

    function test_suspend_refuses_an_old_counter() public {
        suspend(0, 3, 1);
        expectStale(0, 1);
        suspend(0, 3, 2);
    }

    function test_reinstate_refuses_an_old_counter() public {
        suspend(0, 3, 1);
        expectStale(0, 1);
        reinstate(0, 3, 1);
    }

    function test_suspend_refuses_a_counter_to_come() public {
        expectStale(1, 0);
        suspend(1, 3, 1);
    }

    function test_suspend_refuses_malformed_updates() public {
        expectMalformed(512, 1);
        suspend(0, 512, 1);
        expectMalformed(3, 0);
        suspend(0, 3, 0);
    }

    function test_suspend_and_reinstate_refuse_a_stranger() public {
        expectNotAllowed(STRANGER);
        vm.prank(STRANGER);
        statuses.suspend(ISSUER_ID, LIST, 0, one(3, 1));

        suspend(0, 3, 1);
        expectNotAllowed(STRANGER);
        vm.prank(STRANGER);
        statuses.reinstate(ISSUER_ID, LIST, 1, one(3, 1));
    }

    function testFuzz_reinstate_undoes_suspend(uint256 before, uint256 mask, uint256 cleared) public {
        vm.assume(mask != 0 && cleared != 0);
        if (before != 0) suspend(0, 0, before);
        suspend(statuses.suspensionsOf(ISSUER_ID, LIST), 0, mask);
        reinstate(statuses.suspensionsOf(ISSUER_ID, LIST), 0, cleared);
        vm.assertEq(statusOf(0).suspended, (before | mask) & ~cleared, "suspended");
    }
}
