// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IIssuerKeys} from "../../contracts/interfaces/IIssuerKeys.sol";
import {IIssuers} from "../../contracts/interfaces/IIssuers.sol";
import {IssuerKeysTest} from "./IssuerKeysTest.sol";
import {vm} from "./Vm.sol";

contract ReportCompromiseTest is IssuerKeysTest {
    function test_reportCompromise_dates_the_compromise() public {
        register();
        vm.expectEmit(address(registry));
        emit IIssuerKeys.KeyCompromised(ISSUER_ID, THUMBPRINT, START - 5, COLLEGE);
        report(COLLEGE, START - 5);
        vm.assertEq(key().compromisedSince, START - 5, "compromisedSince");
    }

    function test_reportCompromise_only_moves_earlier() public {
        report(COLLEGE, START - 5);
        report(COLLEGE, START - 6);
        vm.recordLogs();
        report(COLLEGE, START - 5);
        vm.assertEq(logCount(), 0, "events");
        vm.assertEq(key().compromisedSince, START - 6, "compromisedSince");
    }

    function test_reportCompromise_refuses_a_time_to_come() public {
        expectTime(START + 1);
        report(COLLEGE, START + 1);
    }

    function test_reportCompromise_by_the_account_reaches_thirty_days_back() public {
        report(COLLEGE, START - 30 days);
        vm.assertEq(key().compromisedSince, START - 30 days, "thirty days");
    }

    function test_reportCompromise_by_the_account_is_raised_to_thirty_days() public {
        report(COLLEGE, START - 30 days - 1);
        vm.assertEq(key().compromisedSince, START - 30 days, "raised");
    }

    function test_reportCompromise_by_the_account_is_raised_when_it_brings_a_path_of_no_use() public {
        vm.prank(COLLEGE);
        registry.reportCompromise(ISSUER_ID, THUMBPRINT, 1, welding(), collegePath());
        vm.assertEq(key().compromisedSince, START - 30 days, "raised");
    }

    function test_reportCompromise_by_the_sponsor_reaches_the_beginning() public {
        vm.prank(REGION);
        registry.reportCompromise(ISSUER_ID, THUMBPRINT, 1, training(), regionPath());
        vm.assertEq(key().compromisedSince, 1, "beginning");
    }

    function test_reportCompromise_by_a_sponsor_that_is_the_account_reaches_as_far_as_it_shows() public {
        vm.prank(REGION);
        registry.accredit(REGION, ATTEST, welding(), OPEN, regionPath());
        vm.prank(REGION);
        registry.confirmIssuer(ISSUER_ID, REGION, ATTEST, welding(), collegePath());

        report(REGION, 1);
        vm.assertEq(key().compromisedSince, START - 30 days, "without a path");
        vm.prank(REGION);
        registry.reportCompromise(ISSUER_ID, THUMBPRINT, 1, training(), regionPath());
        vm.assertEq(key().compromisedSince, 1, "with a path");
    }

    function test_reportCompromise_by_the_authority_reaches_the_beginning() public {
        report(AUTHORITY, 1);
        vm.assertEq(key().compromisedSince, 1, "beginning");
    }

    function test_reportCompromise_since_zero_means_the_beginning() public {
        report(AUTHORITY, 0);
        vm.assertEq(key().compromisedSince, 1, "beginning");
    }

    function test_reportCompromise_refuses_the_sponsor_once_it_is_withdrawn() public {
        vm.prank(AUTHORITY);
        registry.withdraw(regionRecord(), START, noPath());
        vm.expectRevert(
            abi.encodeWithSelector(IAccreditationPaths.AccreditationsNotAccredited.selector, REGION, uint256(0))
        );
        vm.prank(REGION);
        registry.reportCompromise(ISSUER_ID, THUMBPRINT, 1, training(), regionPath());
    }

    function test_reportCompromise_refuses_a_stranger() public {
        vm.expectRevert(abi.encodeWithSelector(IIssuers.IssuersNotSponsor.selector, STRANGER, ISSUER_ID));
        report(STRANGER, START);
    }

    function test_reportCompromise_refuses_the_account_once_it_is_rotated() public {
        vm.prank(AUTHORITY);
        registry.confirmIssuer(ISSUER_ID, STRANGER, ATTEST, anywhere(), noPath());
        vm.expectRevert(abi.encodeWithSelector(IIssuers.IssuersNotSponsor.selector, COLLEGE, ISSUER_ID));
        report(COLLEGE, START);
    }

    function test_ISSUER_REACH_is_thirty_days() public view {
        vm.assertEq(registry.ISSUER_REACH(), 30 days, "reach");
    }

    function testFuzz_reportCompromise_by_the_account_never_reaches_further(uint40 since, uint40 time) public {
        vm.assume(time >= START && since <= time);
        vm.warp(time);
        report(COLLEGE, since);
        uint40 earliest = time - 30 days;
        vm.assertEq(key().compromisedSince, since < earliest ? earliest : since, "since");
    }
}
