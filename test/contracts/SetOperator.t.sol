// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IStatusRegistry} from "../../contracts/interfaces/IStatusRegistry.sol";
import {StatusRegistryTest} from "./StatusRegistryTest.sol";
import {vm} from "./Vm.sol";

contract SetOperatorTest is StatusRegistryTest {
    function test_setOperator_lets_an_operator_revoke_and_suspend() public {
        vm.expectEmit(address(statuses));
        emit IStatusRegistry.OperatorSet(ISSUER_ID, OPERATOR, true);
        setOperator(OPERATOR, true);
        vm.assertTrue(statuses.isOperator(ISSUER_ID, OPERATOR), "isOperator");

        revoke(OPERATOR, 3, 1);
        vm.prank(OPERATOR);
        statuses.suspend(ISSUER_ID, LIST, 0, one(3, 2));
        vm.assertEq(statusOf(3).revoked, 1, "revoked");
        vm.assertEq(statusOf(3).suspended, 2, "suspended");
    }

    function test_setOperator_takes_it_back() public {
        setOperator(OPERATOR, true);
        setOperator(OPERATOR, false);
        vm.assertFalse(statuses.isOperator(ISSUER_ID, OPERATOR), "isOperator");
        expectNotAllowed(OPERATOR);
        revoke(OPERATOR, 3, 1);
    }

    function test_setOperator_counts_for_one_issuer_only() public {
        setOperator(OPERATOR, true);
        vm.assertFalse(statuses.isOperator("other", OPERATOR), "isOperator");
        vm.expectRevert(
            abi.encodeWithSelector(IStatusRegistry.StatusRegistryNotAllowed.selector, OPERATOR, bytes32("other"))
        );
        vm.prank(OPERATOR);
        statuses.revoke("other", LIST, one(3, 1));
    }

    function test_setOperator_changes_nothing_the_second_time() public {
        setOperator(OPERATOR, true);
        vm.recordLogs();
        setOperator(OPERATOR, true);
        vm.assertEq(logCount(), 0, "events");
    }

    function test_setOperator_refuses_everybody_but_the_account() public {
        setOperator(OPERATOR, true);
        vm.prank(REGION);
        registry.nameCustodian(ISSUER_ID, STRANGER, training(), regionPath());
        address[5] memory others = [AUTHORITY, REGION, OPERATOR, STRANGER, address(0)];
        for (uint256 i = 0; i < others.length; ++i) {
            expectNotAllowed(others[i]);
            vm.prank(others[i]);
            statuses.setOperator(ISSUER_ID, RIVAL, true);
        }
    }

    function test_setOperator_refuses_everybody_for_an_issuer_without_account() public {
        vm.expectRevert(
            abi.encodeWithSelector(IStatusRegistry.StatusRegistryNotAllowed.selector, address(0), bytes32("unknown"))
        );
        vm.prank(address(0));
        statuses.setOperator("unknown", RIVAL, true);
    }

    function test_setOperator_outlives_a_rotation_until_the_new_account_takes_it_back() public {
        setOperator(OPERATOR, true);
        vm.prank(AUTHORITY);
        registry.confirmIssuer(ISSUER_ID, STRANGER, ATTEST, anywhere(), noPath());
        vm.assertTrue(statuses.isOperator(ISSUER_ID, OPERATOR), "kept");

        vm.prank(STRANGER);
        statuses.setOperator(ISSUER_ID, OPERATOR, false);
        vm.assertFalse(statuses.isOperator(ISSUER_ID, OPERATOR), "taken back");
    }

    function test_accreditations_is_the_registry_given_to_the_constructor() public view {
        vm.assertEq(address(statuses.accreditations()), address(registry), "registry");
    }
}
