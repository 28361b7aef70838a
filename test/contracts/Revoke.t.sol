// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IStatusRegistry} from "../../contracts/interfaces/IStatusRegistry.sol";
import {StatusRegistryTest} from "./StatusRegistryTest.sol";
import {vm} from "./Vm.sol";

contract RevokeTest is StatusRegistryTest {
    function test_revoke_sets_the_entries() public {
        vm.expectEmit(address(statuses));
        emit IStatusRegistry.Revoked(ISSUER_ID, LIST, 3, 5);
        revoke(COLLEGE, 3, 5);
        vm.assertEq(statusOf(3).revoked, 5, "revoked");
        vm.assertEq(statusOf(3).suspended, 0, "suspended");
    }

    function test_revoke_leaves_other_words_lists_and_issuers_alone() public {
        revoke(COLLEGE, 3, 5);
        uint16[] memory words = new uint16[](2);
        (words[0], words[1]) = (3, 4);
        vm.assertEq(statuses.statusOf(ISSUER_ID, LIST, words)[1].revoked, 0, "word");
        vm.assertEq(statuses.statusOf(ISSUER_ID, LIST + 1, words)[0].revoked, 0, "list");
        vm.assertEq(statuses.statusOf("other", LIST, words)[0].revoked, 0, "issuer");
    }

    function test_revoke_emits_only_what_is_new() public {
        revoke(COLLEGE, 3, 5);
        vm.expectEmit(address(statuses));
        emit IStatusRegistry.Revoked(ISSUER_ID, LIST, 3, 2);
        revoke(COLLEGE, 3, 7);
        vm.assertEq(statusOf(3).revoked, 7, "revoked");
    }

    function test_revoke_again_changes_nothing() public {
        revoke(COLLEGE, 3, 5);
        vm.recordLogs();
        revoke(COLLEGE, 3, 4);
        vm.assertEq(logCount(), 0, "events");
        vm.assertEq(statusOf(3).revoked, 5, "revoked");
    }

    function test_revoke_takes_many_words_and_one_word_twice() public {
        vm.prank(COLLEGE);
        statuses.revoke(ISSUER_ID, LIST, two(3, 1, 511, 2));
        vm.prank(COLLEGE);
        statuses.revoke(ISSUER_ID, LIST, two(3, 4, 3, 8));
        vm.assertEq(statusOf(3).revoked, 13, "first");
        vm.assertEq(statusOf(511).revoked, 2, "last");
    }

    function test_revoke_refuses_a_word_beyond_the_list() public {
        expectMalformed(512, 1);
        revoke(COLLEGE, 512, 1);
    }

    function test_revoke_refuses_an_update_without_entries() public {
        expectMalformed(3, 0);
        revoke(COLLEGE, 3, 0);
    }

    function test_revoke_refuses_strangers_the_sponsor_and_the_authority() public {
        address[4] memory others = [STRANGER, REGION, AUTHORITY, address(0)];
        for (uint256 i = 0; i < others.length; ++i) {
            expectNotAllowed(others[i]);
            revoke(others[i], 3, 1);
        }
    }

    function test_revoke_is_open_to_the_custodian_when_the_issuer_is_gone() public {
        vm.prank(REGION);
        registry.nameCustodian(ISSUER_ID, STRANGER, training(), regionPath());
        vm.prank(REGION);
        registry.releaseIssuer(ISSUER_ID, training(), regionPath());
        revoke(STRANGER, 3, 1);
        vm.assertEq(statusOf(3).revoked, 1, "revoked");
    }

    function test_revoke_refuses_the_account_once_it_is_released() public {
        vm.prank(REGION);
        registry.releaseIssuer(ISSUER_ID, training(), regionPath());
        expectNotAllowed(COLLEGE);
        revoke(COLLEGE, 3, 1);
    }

    function test_revoke_refuses_everybody_for_an_issuer_that_nobody_knows() public {
        vm.expectRevert(
            abi.encodeWithSelector(IStatusRegistry.StatusRegistryNotAllowed.selector, address(0), bytes32("unknown"))
        );
        vm.prank(address(0));
        statuses.revoke("unknown", LIST, one(3, 1));
    }

    function testFuzz_revoke_only_sets_bits(uint256 first, uint256 second) public {
        vm.assume(first != 0 && second != 0);
        revoke(COLLEGE, 0, first);
        revoke(COLLEGE, 0, second);
        vm.assertEq(statusOf(0).revoked, first | second, "revoked");
    }
}
