// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IIssuers} from "../../contracts/interfaces/IIssuers.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

contract SponsorTest is RegistryTest {
    function setUp() public override {
        super.setUp();
        confirmCollege();
    }

    function test_releaseIssuer_ends_the_binding_now() public {
        vm.warp(START + 5);
        vm.expectEmit(address(registry));
        emit IIssuers.IssuerReleased(ISSUER_ID, COLLEGE, 0);
        vm.prank(REGION);
        registry.releaseIssuer(ISSUER_ID, training(), regionPath());
        vm.assertEq(registry.bindingOf(ISSUER_ID, 0).until, START + 5, "until");
        vm.assertEq(registry.accountOf(ISSUER_ID), address(0), "accountOf");
    }

    function test_releaseIssuer_changes_nothing_the_second_time() public {
        vm.prank(AUTHORITY);
        registry.releaseIssuer(ISSUER_ID, anywhere(), noPath());
        vm.warp(START + 5);
        vm.recordLogs();
        vm.prank(AUTHORITY);
        registry.releaseIssuer(ISSUER_ID, anywhere(), noPath());
        vm.assertEq(logCount(), 0, "events");
        vm.assertEq(registry.bindingOf(ISSUER_ID, 0).until, START, "until");
    }

    function test_releaseIssuer_refuses_a_stranger_and_the_account_itself() public {
        expectNotSponsor(STRANGER);
        vm.prank(STRANGER);
        registry.releaseIssuer(ISSUER_ID, training(), regionPath());

        expectNotSponsor(COLLEGE);
        vm.prank(COLLEGE);
        registry.releaseIssuer(ISSUER_ID, welding(), collegePath());
    }

    function test_releaseIssuer_refuses_the_sponsor_once_it_is_withdrawn() public {
        withdrawRegionAndExpectItsRefusal();
        vm.prank(REGION);
        registry.releaseIssuer(ISSUER_ID, training(), regionPath());
    }

    function test_releaseIssuer_refuses_an_unknown_issuer() public {
        vm.expectRevert(abi.encodeWithSelector(IIssuers.IssuersNoBinding.selector, bytes32("unknown"), 0));
        vm.prank(AUTHORITY);
        registry.releaseIssuer("unknown", anywhere(), noPath());
    }

    function test_annulBinding_makes_the_account_never_the_issuers() public {
        vm.expectEmit(address(registry));
        emit IIssuers.BindingAnnulled(ISSUER_ID, COLLEGE, 0);
        vm.prank(AUTHORITY);
        registry.annulBinding(ISSUER_ID, 0);
        vm.assertTrue(registry.bindingOf(ISSUER_ID, 0).annulled, "annulled");
        vm.assertEq(registry.accountOf(ISSUER_ID), address(0), "accountOf");
    }

    function test_annulBinding_changes_nothing_the_second_time() public {
        vm.prank(AUTHORITY);
        registry.annulBinding(ISSUER_ID, 0);
        vm.recordLogs();
        vm.prank(AUTHORITY);
        registry.annulBinding(ISSUER_ID, 0);
        vm.assertEq(logCount(), 0, "events");
    }

    function test_annulBinding_refuses_the_sponsor() public {
        expectNotSponsor(REGION);
        vm.prank(REGION);
        registry.annulBinding(ISSUER_ID, 0);
    }

    function test_annulBinding_refuses_a_number_that_is_not_there() public {
        vm.expectRevert(abi.encodeWithSelector(IIssuers.IssuersNoBinding.selector, ISSUER_ID, 1));
        vm.prank(AUTHORITY);
        registry.annulBinding(ISSUER_ID, 1);
    }

    function test_nameCustodian_names_who_may_revoke() public {
        vm.expectEmit(address(registry));
        emit IIssuers.CustodianNamed(ISSUER_ID, STRANGER);
        vm.prank(REGION);
        registry.nameCustodian(ISSUER_ID, STRANGER, training(), regionPath());
        vm.assertEq(registry.issuerOf(ISSUER_ID).custodian, STRANGER, "custodian");
    }

    function test_nameCustodian_changes_nothing_the_second_time() public {
        vm.prank(AUTHORITY);
        registry.nameCustodian(ISSUER_ID, STRANGER, anywhere(), noPath());
        vm.recordLogs();
        vm.prank(AUTHORITY);
        registry.nameCustodian(ISSUER_ID, STRANGER, anywhere(), noPath());
        vm.assertEq(logCount(), 0, "events");
    }

    function test_nameCustodian_refuses_the_issuer_itself() public {
        expectNotSponsor(COLLEGE);
        vm.prank(COLLEGE);
        registry.nameCustodian(ISSUER_ID, STRANGER, welding(), collegePath());
    }

    function test_nameCustodian_refuses_the_sponsor_once_it_is_withdrawn() public {
        withdrawRegionAndExpectItsRefusal();
        vm.prank(REGION);
        registry.nameCustodian(ISSUER_ID, STRANGER, training(), regionPath());
    }

    function test_nameCustodian_refuses_an_unknown_issuer() public {
        vm.expectRevert(abi.encodeWithSelector(IIssuers.IssuersNoBinding.selector, bytes32("unknown"), 0));
        vm.prank(AUTHORITY);
        registry.nameCustodian("unknown", STRANGER, anywhere(), noPath());
    }

    function withdrawRegionAndExpectItsRefusal() private {
        vm.prank(AUTHORITY);
        registry.withdraw(regionRecord(), START, noPath());
        vm.expectRevert(
            abi.encodeWithSelector(IAccreditationPaths.AccreditationsNotAccredited.selector, REGION, uint256(0))
        );
    }

    function expectNotSponsor(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IIssuers.IssuersNotSponsor.selector, caller, ISSUER_ID));
    }
}
