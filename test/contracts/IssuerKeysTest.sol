// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IIssuerKeys} from "../../contracts/interfaces/IIssuerKeys.sol";
import {IIssuers} from "../../contracts/interfaces/IIssuers.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

/// @title IssuerKeysTest
/// @notice COLLEGE speaks for the issuer; one key.
abstract contract IssuerKeysTest is RegistryTest {
    function setUp() public override {
        super.setUp();
        confirmCollege();
    }

    function register() internal {
        vm.prank(COLLEGE);
        registry.registerKey(ISSUER_ID, THUMBPRINT);
    }

    function retire(uint40 at_) internal {
        vm.prank(COLLEGE);
        registry.retireKey(ISSUER_ID, THUMBPRINT, at_);
    }

    function report(address reporter, uint40 since) internal {
        vm.prank(reporter);
        registry.reportCompromise(ISSUER_ID, THUMBPRINT, since, anywhere(), noPath());
    }

    function key() internal view returns (IIssuerKeys.Key memory) {
        return registry.keyOf(ISSUER_ID, THUMBPRINT);
    }

    function expectEnded() internal {
        vm.expectRevert(abi.encodeWithSelector(IIssuerKeys.IssuerKeysEnded.selector, ISSUER_ID, THUMBPRINT));
    }

    function expectTime(uint40 time) internal {
        vm.expectRevert(abi.encodeWithSelector(IIssuerKeys.IssuerKeysTime.selector, time, uint40(block.timestamp)));
    }

    function expectNotAccount(address caller) internal {
        vm.expectRevert(abi.encodeWithSelector(IIssuers.IssuersNotAccount.selector, caller, ISSUER_ID));
    }
}
