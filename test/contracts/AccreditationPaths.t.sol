// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccreditationRegistry} from "../../contracts/AccreditationRegistry.sol";
import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IAccreditations} from "../../contracts/interfaces/IAccreditations.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

contract AccreditationPathsTest is RegistryTest {
    function test_constructor_refuses_no_authority() public {
        vm.expectRevert(IAccreditationPaths.AccreditationsNoAuthority.selector);
        new AccreditationRegistry(address(0));
    }

    function test_authority_is_the_account_given_to_the_constructor() public {
        vm.assertEq(new AccreditationRegistry(STRANGER).authority(), STRANGER, "authority");
    }

    function test_accreditationAt_holds_along_valid_records_up_to_the_authority() public view {
        vm.assertTrue(collegeHolds(START), "college");
    }

    function test_accreditationAt_holds_below_the_scope_of_the_record() public view {
        bytes32[] memory unit = new bytes32[](3);
        (unit[0], unit[1], unit[2]) = (welding()[0], welding()[1], keccak256("unit 1"));
        vm.assertTrue(registry.accreditationAt(COLLEGE, ATTEST, unit, collegePath(), START), "below");
    }

    function test_accreditationAt_fails_above_the_scope_of_the_record() public view {
        vm.assertFalse(registry.accreditationAt(COLLEGE, ATTEST, training(), collegePath(), START), "above");
    }

    function test_accreditationAt_fails_beside_the_scope_of_the_record() public view {
        bytes32[] memory other = welding();
        other[1] = keccak256("RNCP1");
        vm.assertFalse(registry.accreditationAt(COLLEGE, ATTEST, other, collegePath(), START), "beside");
    }

    function test_accreditationAt_fails_for_another_right() public view {
        vm.assertFalse(registry.accreditationAt(COLLEGE, ACCREDIT, welding(), collegePath(), START), "accredit");
        vm.assertFalse(registry.accreditationAt(COLLEGE, ANCHOR, anywhere(), collegePath(), START), "anchor");
    }

    function test_accreditationAt_fails_for_another_account() public view {
        vm.assertFalse(registry.accreditationAt(STRANGER, ATTEST, welding(), collegePath(), START), "stranger");
    }

    function test_accreditationAt_fails_for_a_number_that_is_not_written() public view {
        IAccreditationPaths.Link[] memory links = path(link(REGION, 1, 2), link(AUTHORITY, 0, 1));
        vm.assertFalse(registry.accreditationAt(COLLEGE, ATTEST, welding(), links, START), "number");
    }

    function test_accreditationAt_begins_with_the_record() public view {
        vm.assertFalse(collegeHolds(START - 1), "before");
        vm.assertTrue(collegeHolds(START), "at");
    }

    function test_accreditationAt_ends_with_the_record() public {
        vm.prank(REGION);
        registry.accredit(STRANGER, ATTEST, welding(), START + 10, regionPath());
        vm.assertTrue(registry.accreditationAt(STRANGER, ATTEST, welding(), collegePath(), START + 9), "before");
        vm.assertFalse(registry.accreditationAt(STRANGER, ATTEST, welding(), collegePath(), START + 10), "at");
    }

    function test_accreditationAt_ends_with_a_link_above() public {
        vm.prank(AUTHORITY);
        registry.withdraw(regionRecord(), START + 10, noPath());
        vm.assertTrue(collegeHolds(START + 9), "before");
        vm.assertFalse(collegeHolds(START + 10), "at");
    }

    function test_accreditationAt_never_held_below_an_annulled_link() public {
        vm.warp(START + 10);
        vm.prank(AUTHORITY);
        registry.annul(regionRecord(), IAccreditationPaths.Annulment.Fraud, noPath());
        vm.assertFalse(collegeHolds(START), "annulled");
    }

    function test_accreditationAt_takes_up_again_when_a_link_above_is_renewed() public {
        vm.prank(AUTHORITY);
        registry.withdraw(regionRecord(), START + 10, noPath());
        vm.warp(START + 20);
        accreditByAuthority(REGION, ACCREDIT, training());

        IAccreditationPaths.Link[] memory renewed = path(link(REGION, 0, 2), link(AUTHORITY, 1, 1));
        vm.assertFalse(registry.accreditationAt(COLLEGE, ATTEST, welding(), renewed, START + 19), "gap");
        vm.assertTrue(registry.accreditationAt(COLLEGE, ATTEST, welding(), renewed, START + 20), "renewed");
    }

    function test_accreditationAt_fails_when_the_path_ends_below_the_authority() public view {
        IAccreditationPaths.Link[] memory links = path(link(REGION, 0, 2));
        vm.assertFalse(registry.accreditationAt(COLLEGE, ATTEST, welding(), links, START), "cut");
        vm.assertFalse(registry.accreditationAt(COLLEGE, ATTEST, welding(), noPath(), START), "empty");
    }

    function test_accreditationAt_fails_when_the_path_goes_on_above_the_authority() public {
        accreditByAuthority(AUTHORITY, ACCREDIT, training());
        IAccreditationPaths.Link[] memory links = path(
            link(REGION, 0, 2),
            link(AUTHORITY, 0, 1),
            link(AUTHORITY, 0, 1)
        );
        vm.assertFalse(registry.accreditationAt(COLLEGE, ATTEST, welding(), links, START), "above");
    }

    function test_accreditationAt_fails_when_a_depth_increases_upwards() public {
        accreditByAuthority(RIVAL, ACCREDIT, welding());
        vm.prank(RIVAL);
        registry.accredit(STRANGER, ACCREDIT, welding(), OPEN, path(link(AUTHORITY, 0, 2)));
        vm.prank(AUTHORITY);
        registry.accredit(STRANGER, ACCREDIT, training(), OPEN, noPath());
        vm.prank(STRANGER);
        registry.accredit(COLLEGE, ATTEST, training(), OPEN, path(link(AUTHORITY, 0, 1)));

        IAccreditationPaths.Link[] memory links = path(link(STRANGER, 0, 1), link(RIVAL, 0, 2), link(AUTHORITY, 0, 2));
        vm.assertFalse(registry.accreditationAt(COLLEGE, ATTEST, welding(), links, START), "narrower above");
    }

    function test_accreditationAt_fails_for_a_depth_beyond_the_labels() public view {
        IAccreditationPaths.Link[] memory links = path(link(REGION, 0, 255), link(AUTHORITY, 0, 1));
        vm.assertFalse(registry.accreditationAt(COLLEGE, ATTEST, welding(), links, START), "depth");
    }

    function test_accreditationAt_holds_for_the_authority_always() public view {
        vm.assertTrue(registry.accreditationAt(AUTHORITY, ANCHOR, anywhere(), noPath(), 0), "no path");
        vm.assertTrue(registry.accreditationAt(AUTHORITY, ATTEST, welding(), collegePath(), OPEN), "any path");
    }

    function test_accreditationAt_reads_a_chain_of_six_records() public {
        address last = accreditDownTo(5);
        vm.prank(last);
        registry.accredit(COLLEGE, ATTEST, training(), OPEN, chainPath(5));
        vm.assertTrue(registry.accreditationAt(COLLEGE, ATTEST, training(), chainPath(6), START), "six");
    }

    function test_accredit_refuses_to_make_a_chain_of_seven_records() public {
        address last = accreditDownTo(6);
        vm.expectRevert(
            abi.encodeWithSelector(IAccreditationPaths.AccreditationsNotAccredited.selector, last, uint256(5))
        );
        vm.prank(last);
        registry.accredit(COLLEGE, ATTEST, training(), OPEN, chainPath(6));
    }

    function test_accreditationAt_fails_for_more_than_six_links() public {
        address sixth = accreditDownTo(6);
        accreditByAuthority(sixth, ACCREDIT, training());
        vm.prank(sixth);
        registry.accredit(chained(7), ACCREDIT, training(), OPEN, chainPath(1));
        vm.assertFalse(registry.accreditationAt(chained(7), ACCREDIT, training(), chainPath(7), START), "seven");
    }

    function test_accreditationAt_never_reaches_the_authority_by_a_loop() public {
        vm.prank(REGION);
        registry.accredit(RIVAL, ACCREDIT, training(), OPEN, regionPath());
        vm.prank(RIVAL);
        registry.accredit(REGION, ACCREDIT, training(), OPEN, path(link(REGION, 0, 1), link(AUTHORITY, 0, 1)));
        vm.prank(AUTHORITY);
        registry.withdraw(regionRecord(), START, noPath());

        IAccreditationPaths.Link[] memory loop = new IAccreditationPaths.Link[](6);
        for (uint256 i = 0; i < 6; ++i) loop[i] = i % 2 == 0 ? link(RIVAL, 0, 1) : link(REGION, 0, 1);
        vm.assertFalse(registry.accreditationAt(REGION, ACCREDIT, training(), loop, START), "loop");
    }

    function testFuzz_accreditationAt_is_the_meeting_of_all_periods(
        uint40 untilRegion,
        uint40 untilCollege,
        uint40 withdrawnFrom,
        uint40 time
    ) public {
        (untilRegion, untilCollege) = (START + 1 + (untilRegion % 100), START + 1 + (untilCollege % 100));
        (withdrawnFrom, time) = (START + (withdrawnFrom % 100), START - 10 + (time % 120));
        vm.prank(AUTHORITY);
        registry.accredit(RIVAL, ACCREDIT, training(), untilRegion, noPath());
        vm.prank(RIVAL);
        registry.accredit(STRANGER, ATTEST, welding(), untilCollege, regionPath());
        vm.prank(AUTHORITY);
        registry.withdraw(IAccreditations.RecordId(STRANGER, ATTEST, welding(), RIVAL, 0), withdrawnFrom, noPath());

        bool expected = time >= START && time < untilRegion && time < untilCollege && time < withdrawnFrom;
        IAccreditationPaths.Link[] memory links = path(link(RIVAL, 0, 2), link(AUTHORITY, 0, 1));
        bool holds = registry.accreditationAt(STRANGER, ATTEST, welding(), links, time);
        vm.assertTrue(holds == expected, "periods");
    }

    function testFuzz_accreditationAt_refuses_a_forged_path(
        address subject,
        address accreditor,
        uint32 number,
        uint8 depth
    ) public view {
        vm.assume(subject != AUTHORITY && !(subject == COLLEGE && accreditor == REGION && number == 0 && depth == 2));
        vm.assume(subject != REGION);
        IAccreditationPaths.Link[] memory links = path(link(accreditor, number, depth), link(AUTHORITY, 0, 1));
        vm.assertFalse(registry.accreditationAt(subject, ATTEST, welding(), links, START), "forged");
    }

    function test_accreditationOf_returns_zeros_for_no_record() public view {
        IAccreditationPaths.Accreditation memory none = registry.accreditationOf(
            STRANGER,
            ATTEST,
            scopeOf(welding()),
            REGION,
            0
        );
        vm.assertEq(keccak256(abi.encode(none)), keccak256(new bytes(160)), "zeros");
    }
}
