// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {ISignedMessages} from "../../contracts/interfaces/ISignedMessages.sol";
import {Messages} from "./Messages.sol";
import {vm} from "./Vm.sol";

/// @title ReplaysTest
/// @notice What can be tried with messages that somebody has seen: bringing them elsewhere, in another order, or before
/// whoever was to bring them.
contract ReplaysTest is Messages {
    uint256 private constant KEY = 0x51677;

    function test_a_message_replayed_on_another_chain_is_refused_there() public {
        uint256 home = block.chainid;
        for (uint256 i = 0; i < KINDS; ++i) {
            bytes memory signature = signed(Kind(i), noncesOf(Kind(i)));
            vm.chainId(home + 1);
            expectNotSigned();
            bring(Kind(i), DEADLINE, signature);
            vm.chainId(home);
            bring(Kind(i), DEADLINE, signature);
            vm.assertTrue(isDone(Kind(i)), "at home");
        }
    }

    function test_messages_brought_in_another_order_are_refused_until_their_turn() public {
        Kind[3] memory order = [Kind.Withdraw, Kind.RegisterKey, Kind.Accredit];
        bytes[3] memory signatures;
        uint256 first = noncesOf(Kind.Accredit);
        for (uint256 i = 0; i < 3; ++i) signatures[i] = signed(order[i], first + i);

        for (uint256 i = 1; i < 3; ++i) {
            expectNotSigned();
            bring(order[i], DEADLINE, signatures[i]);
        }
        for (uint256 i = 0; i < 3; ++i) {
            bring(order[i], DEADLINE, signatures[i]);
            vm.assertTrue(isDone(order[i]), "in its turn");
        }
    }

    function test_a_relay_that_is_front_run_succeeds_and_changes_nothing_more() public {
        for (uint256 i = 0; i < KINDS; ++i) {
            Kind kind = Kind(i);
            uint256 nonce = noncesOf(kind);
            bytes memory signature = signed(kind, nonce);
            // Somebody has copied the message from the relay's transaction, and is first.
            bring(kind, DEADLINE, signature);
            vm.assertTrue(isDone(kind), "done");

            vm.recordLogs();
            bring(kind, DEADLINE, signature);
            vm.assertEq(logCount(), 0, "events");
            vm.assertEq(noncesOf(kind), nonce + 1, "nonce");
        }
    }

    function newSigner() internal pure override returns (address) {
        return vm.addr(KEY);
    }

    function signed(Kind kind, uint256 nonce) private view returns (bytes memory) {
        return signWith(KEY, domainOf(targetOf(kind), block.chainid), hashOf(kind, nonce, DEADLINE));
    }

    function noncesOf(Kind kind) private view returns (uint256) {
        return Nonces(targetOf(kind)).nonces(signer);
    }

    function expectNotSigned() private {
        vm.expectRevert(abi.encodeWithSelector(ISignedMessages.SignedMessagesNotSigned.selector, signer));
    }
}
