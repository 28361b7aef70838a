// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title ISignedMessages
/// @notice What the `…For` variants of all registries share: anybody may bring a message that an account has signed.
/// @dev EIP-712, domain name "Livret", version "1"; contract accounts sign by ERC-1271. Messages with a nonce bind
/// chain, contract, nonce (`nonces(signer)`) and deadline. The others, which only take something away for good, are
/// signed in a domain of name and version alone and hold on every chain, test chains included: an account that speaks
/// for a real issuer should not sign them to try things out.
///
/// What a message asks for may have come about before it lands: because it was copied and brought by somebody else,
/// or because the signer called directly. Then the call succeeds and changes nothing, and if the message still is
/// good its nonce is used up, so that it cannot come back later.
interface ISignedMessages {
    /// @notice Thrown when `signer` did not sign this message with its current nonce.
    error SignedMessagesNotSigned(address signer);

    /// @notice Thrown when a message lands after its deadline, the last second in which it is good.
    error SignedMessagesExpired(uint256 deadline);
}
