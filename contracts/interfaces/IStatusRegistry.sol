// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationRegistry} from "./IAccreditationRegistry.sol";

/// @title IStatusRegistry
/// @notice Which credentials are revoked or suspended: two bitmaps for each issuer and list, 256 credentials a word.
/// @dev A list has 131,072 entries (512 words), as W3C Bitstring Status List v1.0 wants at least. Entry i is bit
/// `255 - i % 256` of word `i / 256`: the words in order, big-endian, are the bytes of the W3C bitstring.
/// Acting for an issuer may: its account, its custodian, and the operators that its account has named.
interface IStatusRegistry {
    /// @notice Bits of one word.
    struct Update {
        uint16 word; // Below 512.
        uint256 mask; // The entries to set (or, reinstating, to clear); not zero.
    }

    /// @notice Both bitmaps' words at one place.
    struct Status {
        uint256 revoked;
        uint256 suspended;
    }

    /// @notice Thrown when `caller` may not change the status of this issuer's credentials.
    error StatusRegistryNotAllowed(address caller, bytes32 issuerId);

    /// @notice Thrown when an update is out of range or names no entry.
    error StatusRegistryMalformed(uint16 word, uint256 mask);

    /// @notice Thrown when a suspension or its end was written against another state of the list.
    error StatusRegistryStale(uint64 expected, uint64 actual);

    /// @notice Emitted for each word in which entries were revoked; `mask` holds the newly revoked ones.
    event Revoked(bytes32 indexed issuerId, uint64 indexed list, uint16 word, uint256 mask);

    /// @notice Emitted for each word in which entries were suspended.
    event Suspended(bytes32 indexed issuerId, uint64 indexed list, uint16 word, uint256 mask);

    /// @notice Emitted for each word in which suspended entries were reinstated.
    event Reinstated(bytes32 indexed issuerId, uint64 indexed list, uint16 word, uint256 mask);

    /// @notice Emitted when the issuer lets an operator change statuses for it, or no longer.
    event OperatorSet(bytes32 indexed issuerId, address indexed operator, bool allowed);

    /// @notice Revokes entries for good. Revoking again changes nothing.
    /// @dev Emits {Revoked} for each word that changes.
    function revoke(bytes32 issuerId, uint64 list, Update[] calldata updates) external;

    /// @notice The same on behalf of `actor`, who signed
    /// `Revoke(bytes32 issuerId,uint64 list,Update[] updates)Update(uint16 word,uint256 mask)` in the domain that
    /// names no chain: one signature revokes on every chain, at any time, as often as anybody likes.
    function revokeFor(
        address actor,
        bytes32 issuerId,
        uint64 list,
        Update[] calldata updates,
        bytes calldata signature
    ) external;

    /// @notice Suspends entries until they are reinstated.
    /// @param counter The list's {suspensionsOf} that the caller knows; so that a change is never made twice, nor
    /// on top of one that the caller has not seen.
    function suspend(bytes32 issuerId, uint64 list, uint64 counter, Update[] calldata updates) external;

    /// @notice The same on behalf of `actor`, who signed `Suspend(bytes32 issuerId,uint64 list,uint64 counter,
    /// Update[] updates,uint256 nonce,uint256 deadline)Update(uint16 word,uint256 mask)`.
    function suspendFor(
        address actor,
        bytes32 issuerId,
        uint64 list,
        uint64 counter,
        Update[] calldata updates,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Ends the suspension of entries. `counter` as for {suspend}.
    function reinstate(bytes32 issuerId, uint64 list, uint64 counter, Update[] calldata updates) external;

    /// @notice The same on behalf of `actor`, who signed `Reinstate(bytes32 issuerId,uint64 list,uint64 counter,
    /// Update[] updates,uint256 nonce,uint256 deadline)Update(uint16 word,uint256 mask)`.
    function reinstateFor(
        address actor,
        bytes32 issuerId,
        uint64 list,
        uint64 counter,
        Update[] calldata updates,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Lets `operator` change statuses for the issuer, or no longer. Only the issuer's account.
    function setOperator(bytes32 issuerId, address operator, bool allowed) external;

    /// @notice The same on behalf of `account`, who signed
    /// `SetOperator(bytes32 issuerId,address operator,bool allowed,uint256 nonce,uint256 deadline)`.
    function setOperatorFor(
        address account,
        bytes32 issuerId,
        address operator,
        bool allowed,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Returns the words at `words` of a list, in that order.
    function statusOf(bytes32 issuerId, uint64 list, uint16[] calldata words) external view returns (Status[] memory);

    /// @notice How often suspensions of this list have changed.
    function suspensionsOf(bytes32 issuerId, uint64 list) external view returns (uint64);

    /// @notice Tells whether `operator` may change statuses for the issuer.
    function isOperator(bytes32 issuerId, address operator) external view returns (bool);

    /// @notice Where the issuer's account and custodian are looked up.
    function accreditations() external view returns (IAccreditationRegistry);
}
