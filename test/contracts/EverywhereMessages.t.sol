// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IIssuerKeys} from "../../contracts/interfaces/IIssuerKeys.sol";
import {IIssuers} from "../../contracts/interfaces/IIssuers.sol";
import {ISignedMessages} from "../../contracts/interfaces/ISignedMessages.sol";
import {IStatusRegistry} from "../../contracts/interfaces/IStatusRegistry.sol";
import {Messages} from "./Messages.sol";
import {vm} from "./Vm.sol";
import {Wallet} from "./Wallet.sol";

/// @title EverywhereLaws
/// @notice What holds of the two kinds of messages that name no chain.
abstract contract EverywhereLaws is Messages {
    uint256 internal constant KEY = 0x51677;
    uint256 internal constant ANOTHER_KEY = 0xA07;

    function test_a_revocation_is_good_on_every_chain_at_any_time() public {
        bytes memory signature = signWith(KEY, everywhere(), revocation(LIST));
        vm.chainId(10);
        vm.warp(OPEN);
        vm.expectEmit(address(statuses));
        emit IStatusRegistry.Revoked(ISSUER_ID, LIST, 3, 5);
        revokeFor(LIST, signature);
        vm.assertEq(revoked(3), 5, "first word");
        vm.assertEq(revoked(4), 1, "second word");
    }

    function test_a_revocation_brought_again_changes_nothing() public {
        bytes memory signature = signWith(KEY, everywhere(), revocation(LIST));
        revokeFor(LIST, signature);
        vm.recordLogs();
        revokeFor(LIST, signature);
        vm.assertEq(logCount(), 0, "events");
        vm.assertEq(statuses.nonces(signer), 0, "nonce");
    }

    function test_a_revocation_of_another_list_is_refused() public {
        bytes memory signature = signWith(KEY, everywhere(), revocation(LIST));
        expectNotSigned();
        revokeFor(LIST + 1, signature);
    }

    function test_a_revocation_that_another_signed_is_refused() public {
        bytes memory signature = signWith(ANOTHER_KEY, everywhere(), revocation(LIST));
        expectNotSigned();
        revokeFor(LIST, signature);
    }

    function test_a_revocation_in_the_domain_of_a_chain_is_refused() public {
        bytes memory signature = signWith(KEY, domainOf(address(statuses), block.chainid), revocation(LIST));
        expectNotSigned();
        revokeFor(LIST, signature);
    }

    function test_a_revocation_is_refused_when_its_signer_speaks_for_the_issuer_no_longer() public {
        bytes memory signature = signWith(KEY, everywhere(), revocation(LIST));
        vm.prank(AUTHORITY);
        registry.releaseIssuer(ISSUER_ID, anywhere(), noPath());
        vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.StatusRegistryNotAllowed.selector, signer, ISSUER_ID));
        revokeFor(LIST, signature);
    }

    function test_a_report_is_good_on_every_chain() public {
        bytes memory signature = signWith(KEY, everywhere(), reportSince(START));
        vm.chainId(10);
        vm.warp(START + 20 days);
        vm.expectEmit(address(registry));
        emit IIssuerKeys.KeyCompromised(ISSUER_ID, THUMBPRINT, START, signer);
        reportFor(START, signature);
        vm.assertEq(registry.keyOf(ISSUER_ID, THUMBPRINT).compromisedSince, START, "since");
    }

    function test_a_report_brought_again_later_changes_nothing() public {
        bytes memory signature = signWith(KEY, everywhere(), reportSince(START));
        reportFor(START, signature);
        vm.warp(START + 90 days);
        vm.recordLogs();
        reportFor(START, signature);
        vm.assertEq(logCount(), 0, "events");
        vm.assertEq(registry.keyOf(ISSUER_ID, THUMBPRINT).compromisedSince, START, "since");
    }

    function test_a_report_of_another_second_is_refused() public {
        bytes memory signature = signWith(KEY, everywhere(), reportSince(START));
        expectNotSigned();
        reportFor(START - 1, signature);
    }

    function test_a_report_that_another_signed_is_refused() public {
        bytes memory signature = signWith(ANOTHER_KEY, everywhere(), reportSince(START));
        expectNotSigned();
        reportFor(START, signature);
    }

    function test_a_report_in_the_domain_of_a_chain_is_refused() public {
        bytes memory signature = signWith(KEY, domainOf(address(registry), block.chainid), reportSince(START));
        expectNotSigned();
        reportFor(START, signature);
    }

    function test_a_report_is_refused_when_its_signer_speaks_for_the_issuer_no_longer() public {
        bytes memory signature = signWith(KEY, everywhere(), reportSince(START));
        vm.prank(AUTHORITY);
        registry.releaseIssuer(ISSUER_ID, anywhere(), noPath());
        vm.expectRevert(abi.encodeWithSelector(IIssuers.IssuersNotSponsor.selector, signer, ISSUER_ID));
        reportFor(START, signature);
    }

    function revokeFor(uint64 list, bytes memory signature) private {
        statuses.revokeFor(signer, ISSUER_ID, list, updates(), signature);
    }

    function reportFor(uint40 since, bytes memory signature) private {
        registry.reportCompromiseFor(signer, ISSUER_ID, THUMBPRINT, since, anywhere(), noPath(), signature);
    }

    function revocation(uint64 list) private pure returns (bytes32) {
        bytes32 typeHash = keccak256(
            "Revoke(bytes32 issuerId,uint64 list,Update[] updates)Update(uint16 word,uint256 mask)"
        );
        return keccak256(abi.encode(typeHash, ISSUER_ID, list, hashOfUpdates()));
    }

    function reportSince(uint40 since) private pure returns (bytes32) {
        bytes32 typeHash = keccak256("ReportCompromise(bytes32 issuerId,bytes32 thumbprint,uint40 since)");
        return keccak256(abi.encode(typeHash, ISSUER_ID, THUMBPRINT, since));
    }

    function revoked(uint16 word) private view returns (uint256) {
        uint16[] memory words = new uint16[](1);
        words[0] = word;
        return statuses.statusOf(ISSUER_ID, LIST, words)[0].revoked;
    }

    function expectNotSigned() private {
        vm.expectRevert(abi.encodeWithSelector(ISignedMessages.SignedMessagesNotSigned.selector, signer));
    }
}

contract AccountEverywhereTest is EverywhereLaws {
    function newSigner() internal pure override returns (address) {
        return vm.addr(KEY);
    }
}

contract ContractAccountEverywhereTest is EverywhereLaws {
    function newSigner() internal override returns (address) {
        return address(new Wallet(vm.addr(KEY)));
    }
}
