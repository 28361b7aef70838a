// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IIssuerKeys} from "../../contracts/interfaces/IIssuerKeys.sol";
import {IIssuers} from "../../contracts/interfaces/IIssuers.sol";
import {IssuerKeysTest} from "./IssuerKeysTest.sol";
import {vm} from "./Vm.sol";

contract RegisterKeyTest is IssuerKeysTest {
    function test_registerKey_dates_the_key_now() public {
        vm.warp(START + 5);
        vm.expectEmit(address(registry));
        emit IIssuerKeys.KeyRegistered(ISSUER_ID, THUMBPRINT);
        register();
        vm.assertEq(key().registeredAt, START + 5, "registeredAt");
        vm.assertEq(key().retiredAt, 0, "retiredAt");
        vm.assertEq(key().compromisedSince, 0, "compromisedSince");
    }

    function test_registerKey_names_the_binding_of_its_account() public {
        vm.prank(AUTHORITY);
        registry.confirmIssuer(ISSUER_ID, STRANGER, ATTEST, anywhere(), noPath());
        vm.prank(STRANGER);
        registry.registerKey(ISSUER_ID, THUMBPRINT);
        vm.assertEq(key().binding, 1, "binding");
    }

    function test_registerKey_changes_nothing_when_the_key_lives() public {
        register();
        vm.warp(START + 5);
        vm.recordLogs();
        register();
        vm.assertEq(logCount(), 0, "events");
        vm.assertEq(key().registeredAt, START, "registeredAt");
    }

    function test_registerKey_refuses_everybody_but_the_account() public {
        address[4] memory others = [AUTHORITY, REGION, STRANGER, address(0)];
        for (uint256 i = 0; i < others.length; ++i) {
            expectNotAccount(others[i]);
            vm.prank(others[i]);
            registry.registerKey(ISSUER_ID, THUMBPRINT);
        }
    }

    function test_registerKey_refuses_everybody_for_an_issuer_without_account() public {
        vm.expectRevert(abi.encodeWithSelector(IIssuers.IssuersNotAccount.selector, address(0), bytes32("unknown")));
        vm.prank(address(0));
        registry.registerKey("unknown", THUMBPRINT);
    }

    function test_registerKey_refuses_the_account_once_it_is_released() public {
        vm.prank(AUTHORITY);
        registry.releaseIssuer(ISSUER_ID, anywhere(), noPath());
        expectNotAccount(COLLEGE);
        register();
    }

    function test_registerKey_refuses_a_retired_key() public {
        register();
        retire(START + 5);
        expectEnded();
        register();
    }

    function test_registerKey_refuses_a_compromised_key() public {
        register();
        report(COLLEGE, START);
        expectEnded();
        register();
    }

    function test_registerKey_refuses_a_key_that_was_reported_beforehand() public {
        report(COLLEGE, START);
        expectEnded();
        register();
    }

    function test_registerKey_revives_a_key_that_was_registered_under_an_annulled_binding() public {
        register();
        vm.prank(AUTHORITY);
        registry.annulBinding(ISSUER_ID, 0);
        vm.warp(START + 5);
        confirmCollege();
        register();
        vm.assertEq(key().registeredAt, START + 5, "registeredAt");
        vm.assertEq(key().binding, 1, "binding");
    }
}
