// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IIssuers} from "../../contracts/interfaces/IIssuers.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

contract ConfirmIssuerTest is RegistryTest {
    function test_confirmIssuer_binds_the_account_from_now_on() public {
        vm.warp(START + 5);
        confirmCollege();
        IIssuers.Binding memory binding = registry.bindingOf(ISSUER_ID, 0);
        vm.assertEq(binding.account, COLLEGE, "account");
        vm.assertEq(binding.from, START + 5, "from");
        vm.assertEq(binding.until, OPEN, "until");
        vm.assertFalse(binding.annulled, "annulled");
        vm.assertEq(registry.accountOf(ISSUER_ID), COLLEGE, "accountOf");
    }

    function test_confirmIssuer_makes_the_accreditor_the_sponsor() public {
        confirmCollege();
        IIssuers.Issuer memory issuer = registry.issuerOf(ISSUER_ID);
        vm.assertEq(issuer.sponsor, REGION, "sponsor");
        vm.assertEq(issuer.bindings, 1, "bindings");
    }

    function test_confirmIssuer_emits_account_and_sponsor() public {
        vm.expectEmit(address(registry));
        emit IIssuers.IssuerConfirmed(ISSUER_ID, COLLEGE, REGION, 0);
        confirmCollege();
    }

    function test_confirmIssuer_changes_nothing_when_it_holds_already() public {
        confirmCollege();
        vm.warp(START + 5);
        vm.recordLogs();
        confirmCollege();
        vm.assertEq(logCount(), 0, "events");
        vm.assertEq(registry.issuerOf(ISSUER_ID).bindings, 1, "bindings");
    }

    function test_confirmIssuer_ends_the_earlier_binding_when_the_account_rotates() public {
        confirmCollege();
        accreditByRegion(STRANGER);
        vm.warp(START + 5);
        rotate(STRANGER);
        vm.assertEq(registry.bindingOf(ISSUER_ID, 0).until, START + 5, "until");
        vm.assertEq(registry.bindingOf(ISSUER_ID, 1).from, START + 5, "from");
        vm.assertEq(registry.accountOf(ISSUER_ID), STRANGER, "accountOf");
    }

    function test_confirmIssuer_keeps_the_end_of_a_binding_that_was_released() public {
        confirmCollege();
        release(REGION, regionPath());
        accreditByRegion(STRANGER);
        vm.warp(START + 5);
        rotate(STRANGER);
        vm.assertEq(registry.bindingOf(ISSUER_ID, 0).until, START, "until");
    }

    function test_confirmIssuer_refuses_another_accreditor_than_the_sponsor() public {
        confirmCollege();
        accreditByAuthority(RIVAL, ACCREDIT, training());
        vm.prank(RIVAL);
        registry.accredit(STRANGER, ATTEST, welding(), OPEN, regionPath());
        expectNotSponsor(RIVAL);
        vm.prank(RIVAL);
        registry.confirmIssuer(ISSUER_ID, STRANGER, ATTEST, welding(), path(link(RIVAL, 0, 2), link(AUTHORITY, 0, 1)));
    }

    function test_confirmIssuer_refuses_who_did_not_write_the_record_at_the_head_of_the_path() public {
        expectNotSponsor(STRANGER);
        vm.prank(STRANGER);
        registry.confirmIssuer(ISSUER_ID, COLLEGE, ATTEST, welding(), collegePath());
    }

    function test_confirmIssuer_refuses_an_empty_path() public {
        expectNotSponsor(REGION);
        vm.prank(REGION);
        registry.confirmIssuer(ISSUER_ID, COLLEGE, ATTEST, welding(), noPath());
    }

    function test_confirmIssuer_refuses_an_account_that_is_not_accredited_any_longer() public {
        vm.prank(REGION);
        registry.withdraw(collegeRecord(), START, regionPath());
        expectNotAccredited(COLLEGE, 0);
        confirmCollege();
    }

    function test_confirmIssuer_refuses_the_sponsor_once_it_is_withdrawn() public {
        vm.prank(AUTHORITY);
        registry.withdraw(regionRecord(), START, noPath());
        expectNotAccredited(COLLEGE, 1);
        confirmCollege();
    }

    function test_confirmIssuer_refuses_an_invented_record_of_the_authority() public {
        expectNotAccredited(AUTHORITY, 0);
        vm.prank(STRANGER);
        registry.confirmIssuer(ISSUER_ID, AUTHORITY, ATTEST, welding(), path(link(STRANGER, 0, 0)));
    }

    function test_confirmIssuer_by_the_authority_needs_no_record() public {
        vm.prank(AUTHORITY);
        registry.confirmIssuer(ISSUER_ID, STRANGER, ATTEST, anywhere(), noPath());
        vm.assertEq(registry.accountOf(ISSUER_ID), STRANGER, "accountOf");
    }

    function test_confirmIssuer_by_the_authority_takes_the_issuer_over() public {
        confirmCollege();
        vm.expectEmit(address(registry));
        emit IIssuers.IssuerConfirmed(ISSUER_ID, COLLEGE, AUTHORITY, 0);
        vm.prank(AUTHORITY);
        registry.confirmIssuer(ISSUER_ID, COLLEGE, ATTEST, anywhere(), noPath());
        vm.assertEq(registry.issuerOf(ISSUER_ID).sponsor, AUTHORITY, "sponsor");

        accreditByRegion(STRANGER);
        expectNotSponsor(REGION);
        rotate(STRANGER);
    }

    function test_confirmIssuer_refuses_no_issuer_and_no_account() public {
        vm.expectRevert(IIssuers.IssuersZero.selector);
        vm.prank(AUTHORITY);
        registry.confirmIssuer(0, COLLEGE, ATTEST, anywhere(), noPath());

        vm.expectRevert(IIssuers.IssuersZero.selector);
        vm.prank(AUTHORITY);
        registry.confirmIssuer(ISSUER_ID, address(0), ATTEST, anywhere(), noPath());
    }

    function test_confirmIssuer_binds_the_same_account_again_after_an_annulment() public {
        confirmCollege();
        vm.prank(AUTHORITY);
        registry.annulBinding(ISSUER_ID, 0);
        confirmCollege();
        vm.assertEq(registry.accountOf(ISSUER_ID), COLLEGE, "accountOf");
        vm.assertEq(registry.issuerOf(ISSUER_ID).bindings, 2, "bindings");
    }

    function testFuzz_confirmIssuer_leaves_bindings_that_never_overlap(
        uint8[6] memory accounts,
        uint8[6] memory waits
    ) public {
        uint40 time = START;
        for (uint256 i = 0; i < accounts.length; ++i) {
            time += waits[i];
            vm.warp(time);
            vm.prank(AUTHORITY);
            registry.confirmIssuer(ISSUER_ID, address(uint160(1 + (accounts[i] % 3))), ATTEST, anywhere(), noPath());
        }
        uint32 last = registry.issuerOf(ISSUER_ID).bindings - 1;
        for (uint32 n = 0; n < last; ++n) {
            vm.assertEq(registry.bindingOf(ISSUER_ID, n).until, registry.bindingOf(ISSUER_ID, n + 1).from, "meet");
        }
        vm.assertEq(registry.bindingOf(ISSUER_ID, last).until, OPEN, "open");
    }

    /// @dev REGION accredits another account, for the issuer to rotate to.
    function accreditByRegion(address account) private {
        vm.prank(REGION);
        registry.accredit(account, ATTEST, welding(), OPEN, regionPath());
    }

    function rotate(address account) private {
        vm.prank(REGION);
        registry.confirmIssuer(ISSUER_ID, account, ATTEST, welding(), collegePath());
    }

    function release(address caller, IAccreditationPaths.Link[] memory links) private {
        vm.prank(caller);
        registry.releaseIssuer(ISSUER_ID, training(), links);
    }

    function expectNotSponsor(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IIssuers.IssuersNotSponsor.selector, caller, ISSUER_ID));
    }

    function expectNotAccredited(address account, uint256 at_) private {
        vm.expectRevert(abi.encodeWithSelector(IAccreditationPaths.AccreditationsNotAccredited.selector, account, at_));
    }
}
