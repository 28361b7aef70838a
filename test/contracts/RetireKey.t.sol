// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IIssuerKeys} from "../../contracts/interfaces/IIssuerKeys.sol";
import {IssuerKeysTest} from "./IssuerKeysTest.sol";
import {vm} from "./Vm.sol";

contract RetireKeyTest is IssuerKeysTest {
    function test_retireKey_dates_the_end() public {
        register();
        vm.expectEmit(address(registry));
        emit IIssuerKeys.KeyRetired(ISSUER_ID, THUMBPRINT, START + 5);
        retire(START + 5);
        vm.assertEq(key().retiredAt, START + 5, "retiredAt");
    }

    function test_retireKey_takes_this_second() public {
        register();
        retire(START);
        vm.assertEq(key().retiredAt, START, "retiredAt");
    }

    function test_retireKey_refuses_to_reach_into_the_past() public {
        register();
        expectTime(START - 1);
        retire(START - 1);
    }

    function test_retireKey_only_moves_earlier() public {
        register();
        retire(START + 5);
        retire(START + 3);
        vm.recordLogs();
        retire(START + 4);
        vm.assertEq(logCount(), 0, "events");
        vm.assertEq(key().retiredAt, START + 3, "retiredAt");
    }

    function test_retireKey_of_a_compromised_key_changes_nothing() public {
        register();
        report(COLLEGE, START);
        vm.recordLogs();
        retire(START);
        vm.assertEq(logCount(), 0, "events");
    }

    function test_retireKey_refuses_an_unknown_key() public {
        vm.expectRevert(abi.encodeWithSelector(IIssuerKeys.IssuerKeysUnknown.selector, ISSUER_ID, THUMBPRINT));
        retire(START);
    }

    function test_retireKey_refuses_everybody_but_the_account() public {
        register();
        address[3] memory others = [AUTHORITY, REGION, STRANGER];
        for (uint256 i = 0; i < others.length; ++i) {
            expectNotAccount(others[i]);
            vm.prank(others[i]);
            registry.retireKey(ISSUER_ID, THUMBPRINT, START);
        }
    }
}
