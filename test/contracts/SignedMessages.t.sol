// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IAccreditations} from "../../contracts/interfaces/IAccreditations.sol";
import {IIssuers} from "../../contracts/interfaces/IIssuers.sol";
import {ISignedMessages} from "../../contracts/interfaces/ISignedMessages.sol";
import {IStatusRegistry} from "../../contracts/interfaces/IStatusRegistry.sol";
import {Messages} from "./Messages.sol";
import {vm} from "./Vm.sol";
import {Wallet} from "./Wallet.sol";

/// @title SignedMessagesLaws
/// @notice What holds of messages of every kind.
abstract contract SignedMessagesLaws is Messages {
    uint256 internal constant KEY = 0x51677;
    uint256 internal constant ANOTHER_KEY = 0xA07;

    function test_a_message_does_what_its_signer_may() public {
        for (uint256 i = 0; i < KINDS; ++i) {
            Kind kind = Kind(i);
            vm.assertFalse(isDone(kind), "before");
            uint256 nonce = noncesOf(kind);
            bring(kind, DEADLINE, signed(kind));
            vm.assertTrue(isDone(kind), "after");
            vm.assertEq(noncesOf(kind), nonce + 1, "nonce");
        }
    }

    function test_a_message_brought_again_changes_nothing() public {
        for (uint256 i = 0; i < KINDS; ++i) {
            Kind kind = Kind(i);
            bytes memory signature = signed(kind);
            bring(kind, DEADLINE, signature);
            uint256 nonce = noncesOf(kind);
            vm.recordLogs();
            bring(kind, DEADLINE, signature);
            vm.assertEq(logCount(), 0, "events");
            vm.assertEq(noncesOf(kind), nonce, "nonce");
        }
    }

    function test_a_message_that_a_direct_call_came_before_is_used_up_without_effect() public {
        for (uint256 i = 0; i < KINDS; ++i) {
            Kind kind = Kind(i);
            bytes memory signature = signed(kind);
            uint256 nonce = noncesOf(kind);
            doDirectly(kind);
            vm.recordLogs();
            bring(kind, DEADLINE, signature);
            vm.assertEq(logCount(), 0, "events");
            vm.assertEq(noncesOf(kind), nonce + 1, "nonce");
        }
    }

    function test_a_message_is_good_in_the_second_of_its_deadline() public {
        for (uint256 i = 0; i < KINDS; ++i) {
            Kind kind = Kind(i);
            vm.warp(DEADLINE);
            bring(kind, DEADLINE, signed(kind));
            vm.assertTrue(isDone(kind), "done");
        }
    }

    function test_a_message_is_refused_after_its_deadline() public {
        vm.warp(DEADLINE + 1);
        for (uint256 i = 0; i < KINDS; ++i) {
            bytes memory signature = signed(Kind(i));
            vm.expectRevert(abi.encodeWithSelector(ISignedMessages.SignedMessagesExpired.selector, DEADLINE));
            bring(Kind(i), DEADLINE, signature);
        }
    }

    function test_a_message_of_something_done_is_welcome_after_its_deadline() public {
        for (uint256 i = 0; i < KINDS; ++i) {
            Kind kind = Kind(i);
            bytes memory signature = signed(kind);
            doDirectly(kind);
            uint256 nonce = noncesOf(kind);
            vm.warp(DEADLINE + 1);
            bring(kind, DEADLINE, signature);
            vm.assertEq(noncesOf(kind), nonce, "nonce");
            vm.warp(START);
        }
    }

    function test_a_message_of_another_deadline_is_refused() public {
        for (uint256 i = 0; i < KINDS; ++i) {
            bytes memory signature = signed(Kind(i));
            expectNotSigned();
            bring(Kind(i), DEADLINE + 1, signature);
        }
    }

    function test_a_message_of_another_nonce_is_refused() public {
        for (uint256 i = 0; i < KINDS; ++i) {
            Kind kind = Kind(i);
            bytes32 structHash = hashOf(kind, noncesOf(kind) + 1, DEADLINE);
            bytes memory signature = signWith(KEY, domainOf(targetOf(kind), block.chainid), structHash);
            expectNotSigned();
            bring(kind, DEADLINE, signature);
        }
    }

    function test_a_message_for_another_chain_is_refused() public {
        for (uint256 i = 0; i < KINDS; ++i) {
            Kind kind = Kind(i);
            bytes32 structHash = hashOf(kind, noncesOf(kind), DEADLINE);
            bytes memory signature = signWith(KEY, domainOf(targetOf(kind), block.chainid + 1), structHash);
            expectNotSigned();
            bring(kind, DEADLINE, signature);
        }
    }

    function test_a_message_is_refused_when_the_chain_has_forked_to_another_id() public {
        bytes memory signature = signed(Kind.RegisterKey);
        vm.chainId(block.chainid + 1);
        expectNotSigned();
        bring(Kind.RegisterKey, DEADLINE, signature);
    }

    function test_a_message_for_another_contract_is_refused() public {
        for (uint256 i = 0; i < KINDS; ++i) {
            Kind kind = Kind(i);
            address other = targetOf(kind) == address(registry) ? address(statuses) : address(registry);
            bytes32 structHash = hashOf(kind, noncesOf(kind), DEADLINE);
            bytes memory signature = signWith(KEY, domainOf(other, block.chainid), structHash);
            expectNotSigned();
            bring(kind, DEADLINE, signature);
        }
    }

    function test_a_message_in_the_domain_of_no_chain_is_refused() public {
        for (uint256 i = 0; i < KINDS; ++i) {
            Kind kind = Kind(i);
            bytes memory signature = signWith(KEY, everywhere(), hashOf(kind, noncesOf(kind), DEADLINE));
            expectNotSigned();
            bring(kind, DEADLINE, signature);
        }
    }

    function test_a_message_that_another_signed_is_refused() public {
        for (uint256 i = 0; i < KINDS; ++i) {
            Kind kind = Kind(i);
            bytes32 structHash = hashOf(kind, noncesOf(kind), DEADLINE);
            bytes memory signature = signWith(ANOTHER_KEY, domainOf(targetOf(kind), block.chainid), structHash);
            expectNotSigned();
            bring(kind, DEADLINE, signature);
        }
    }

    function test_a_used_message_does_not_come_back_when_its_effect_is_undone() public {
        bytes memory accredits = signed(Kind.Accredit);
        bring(Kind.Accredit, DEADLINE, accredits);
        vm.prank(AUTHORITY);
        registry.withdraw(accredited(), START, noPath());
        expectNotSigned();
        bring(Kind.Accredit, DEADLINE, accredits);

        bytes memory allows = signed(Kind.SetOperator);
        bring(Kind.SetOperator, DEADLINE, allows);
        vm.prank(signer);
        statuses.setOperator(ISSUER_ID, OPERATOR, false);
        expectNotSigned();
        bring(Kind.SetOperator, DEADLINE, allows);
    }

    function test_a_message_whose_effect_a_direct_call_brought_does_not_come_back_once_used_up() public {
        bytes memory accredits = signed(Kind.Accredit);
        doDirectly(Kind.Accredit);
        bring(Kind.Accredit, DEADLINE, accredits);
        vm.prank(AUTHORITY);
        registry.withdraw(accredited(), START, noPath());
        expectNotSigned();
        bring(Kind.Accredit, DEADLINE, accredits);
    }

    function test_a_right_cannot_be_brought_by_another_link_than_the_signed_one() public {
        accreditByAuthority(RIVAL, ACCREDIT, training());
        vm.prank(RIVAL);
        registry.accredit(signer, ACCREDIT, training(), OPEN, regionPath());
        bytes memory signature = signed(Kind.Accredit);
        IAccreditationPaths.Link[] memory byRival = path(link(RIVAL, 0, 1), link(AUTHORITY, 0, 1));
        expectNotSigned();
        registry.accreditFor(signer, STRANGER, ATTEST, welding(), OPEN, byRival, DEADLINE, signature);
    }

    function test_a_message_gives_its_signer_no_right_that_it_has_not() public {
        vm.prank(AUTHORITY);
        registry.releaseIssuer(ISSUER_ID, anywhere(), noPath());
        bytes memory signature = signed(Kind.RegisterKey);
        vm.expectRevert(abi.encodeWithSelector(IIssuers.IssuersNotAccount.selector, signer, ISSUER_ID));
        bring(Kind.RegisterKey, DEADLINE, signature);

        signature = signed(Kind.Suspend);
        vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.StatusRegistryNotAllowed.selector, signer, ISSUER_ID));
        bring(Kind.Suspend, DEADLINE, signature);
    }

    /// @dev What {Kind-Accredit} gives.
    function accredited() private view returns (IAccreditations.RecordId memory) {
        return IAccreditations.RecordId(STRANGER, ATTEST, welding(), signer, 0);
    }

    function signed(Kind kind) internal view returns (bytes memory) {
        return signWith(KEY, domainOf(targetOf(kind), block.chainid), hashOf(kind, noncesOf(kind), DEADLINE));
    }

    function noncesOf(Kind kind) internal view returns (uint256) {
        return Nonces(targetOf(kind)).nonces(signer);
    }

    function expectNotSigned() internal {
        vm.expectRevert(abi.encodeWithSelector(ISignedMessages.SignedMessagesNotSigned.selector, signer));
    }
}

contract AccountMessagesTest is SignedMessagesLaws {
    function newSigner() internal pure override returns (address) {
        return vm.addr(KEY);
    }
}

contract ContractAccountMessagesTest is SignedMessagesLaws {
    function newSigner() internal override returns (address) {
        return address(new Wallet(vm.addr(KEY)));
    }
}
