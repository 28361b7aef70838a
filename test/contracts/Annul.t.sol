// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IAccreditations} from "../../contracts/interfaces/IAccreditations.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

contract AnnulTest is RegistryTest {
    IAccreditationPaths.Annulment internal constant FRAUD = IAccreditationPaths.Annulment.Fraud;

    function test_annul_makes_a_record_never_valid() public {
        vm.warp(START + 10);
        vm.prank(REGION);
        registry.annul(collegeRecord(), FRAUD, regionPath());
        vm.assertFalse(collegeHolds(START), "then");
    }

    function test_annul_emits_the_reason() public {
        vm.expectEmit(address(registry));
        emit IAccreditations.Annulled(COLLEGE, scopeOf(welding()), REGION, ATTEST, 0, FRAUD, REGION);
        vm.prank(REGION);
        registry.annul(collegeRecord(), FRAUD, regionPath());
    }

    function test_annul_keeps_the_first_reason() public {
        vm.prank(AUTHORITY);
        registry.annul(collegeRecord(), FRAUD, noPath());
        vm.recordLogs();
        vm.prank(AUTHORITY);
        registry.annul(collegeRecord(), IAccreditationPaths.Annulment.Court, noPath());
        vm.assertEq(logCount(), 0, "events");
        vm.assertTrue(
            registry.accreditationOf(COLLEGE, ATTEST, scopeOf(welding()), REGION, 0).annulment == FRAUD,
            "reason"
        );
    }

    function test_annul_refuses_no_reason() public {
        vm.expectRevert(IAccreditations.AccreditationsNoReason.selector);
        vm.prank(REGION);
        registry.annul(collegeRecord(), IAccreditationPaths.Annulment.None, regionPath());
    }

    function test_annul_refuses_a_record_that_does_not_exist() public {
        IAccreditations.RecordId memory record = collegeRecord();
        record.subject = STRANGER;
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccreditations.AccreditationsNoRecord.selector,
                STRANGER,
                ATTEST,
                scopeOf(welding()),
                REGION,
                0
            )
        );
        vm.prank(REGION);
        registry.annul(record, FRAUD, regionPath());
    }

    function test_annul_refuses_a_stranger() public {
        vm.expectRevert(abi.encodeWithSelector(IAccreditations.AccreditationsNotAbove.selector, STRANGER, REGION));
        vm.prank(STRANGER);
        registry.annul(collegeRecord(), FRAUD, regionPath());
    }

    function test_annul_of_a_right_to_accredit_refuses_its_accreditor() public {
        vm.prank(REGION);
        registry.accredit(RIVAL, ACCREDIT, training(), OPEN, regionPath());
        vm.expectRevert(abi.encodeWithSelector(IAccreditations.AccreditationsNotAbove.selector, REGION, REGION));
        vm.prank(REGION);
        registry.annul(IAccreditations.RecordId(RIVAL, ACCREDIT, training(), REGION, 0), FRAUD, regionPath());
    }

    function test_annul_of_a_right_to_accredit_is_open_to_the_authority() public {
        vm.prank(AUTHORITY);
        registry.annul(regionRecord(), FRAUD, noPath());
        vm.assertFalse(collegeHolds(START), "below");
    }
}
