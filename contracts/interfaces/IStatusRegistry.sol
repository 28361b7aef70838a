// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationRegistry} from "./IAccreditationRegistry.sol";

/// @title IStatusRegistry
/// @notice Which credentials are revoked or suspended: two bitmaps for each issuer and list, 256 credentials a word.
/// @dev A list has 131,072 entries (512 words), as W3C Bitstring Status List v1.0 wants at least. Entry i is bit
/// `255 - i % 256` of word `i / 256`: the words in order, big-endian, are the bytes of the W3C bitstring.
/// Acting for an issuer may: its account, its custodian, and the operators that its account has named. Acting for
/// others by signature follows {ISignedMessages}.
///
/// Storage: the word is at `keccak256(abi.encode(word, keccak256(abi.encode(list, keccak256(abi.encode(issuerId, n))))))`
/// with n = 3 for revocations, n = 4 for suspensions.
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

    /// @notice Emitted for each word in which entries were revoked.
    /// @param issuerId Whose list.
    /// @param list The list's number.
    /// @param word Which of its words.
    /// @param mask The newly revoked entries.
    event Revoked(bytes32 indexed issuerId, uint64 indexed list, uint16 word, uint256 mask);

    /// @notice Emitted for each word in which entries were suspended.
    /// @param issuerId Whose list.
    /// @param list The list's number.
    /// @param word Which of its words.
    /// @param mask The newly suspended entries.
    event Suspended(bytes32 indexed issuerId, uint64 indexed list, uint16 word, uint256 mask);

    /// @notice Emitted for each word in which suspended entries were reinstated.
    /// @param issuerId Whose list.
    /// @param list The list's number.
    /// @param word Which of its words.
    /// @param mask The entries that are suspended no longer.
    event Reinstated(bytes32 indexed issuerId, uint64 indexed list, uint16 word, uint256 mask);

    /// @notice Emitted when the issuer lets an operator change statuses for it, or no longer.
    /// @param issuerId The issuer.
    /// @param operator The operator.
    /// @param allowed Whether it may, from now on.
    event OperatorSet(bytes32 indexed issuerId, address indexed operator, bool allowed);

    /// @notice Revokes entries for good. Revoking again changes nothing.
    /// @dev Emits {Revoked} for each word that changes.
    /// @param issuerId Whose list.
    /// @param list The list's number.
    /// @param updates The entries, word by word.
    function revoke(bytes32 issuerId, uint64 list, Update[] calldata updates) external;

    /// @notice The same on behalf of `actor`, who signed
    /// `Revoke(bytes32 issuerId,uint64 list,Update[] updates)Update(uint16 word,uint256 mask)` in the domain that
    /// names no chain: one signature revokes on every chain, at any time, as often as anybody likes.
    /// @param actor Who signed.
    /// @param issuerId As for {revoke}, like the next two.
    /// @param list The list's number.
    /// @param updates The entries, word by word.
    /// @param signature The actor's.
    function revokeFor(
        address actor,
        bytes32 issuerId,
        uint64 list,
        Update[] calldata updates,
        bytes calldata signature
    ) external;

    /// @notice Suspends entries until they are reinstated. If all of them are suspended already, nothing changes.
    /// @dev Emits {Suspended} for each word that changes.
    /// @param issuerId Whose list.
    /// @param list The list's number.
    /// @param counter The list's {suspensionsOf} that the caller knows; so that a change is never made twice, nor
    /// on top of one that the caller has not seen.
    /// @param updates The entries, word by word.
    function suspend(bytes32 issuerId, uint64 list, uint64 counter, Update[] calldata updates) external;

    /// @notice The same on behalf of `actor`, who signed `Suspend(bytes32 issuerId,uint64 list,uint64 counter,
    /// Update[] updates,uint256 nonce,uint256 deadline)Update(uint16 word,uint256 mask)`.
    /// @param actor Who signed.
    /// @param issuerId As for {suspend}, like the next three.
    /// @param list The list's number.
    /// @param counter The list's {suspensionsOf} that the actor knows.
    /// @param updates The entries, word by word.
    /// @param deadline Last second in which the message is good.
    /// @param signature The actor's.
    function suspendFor(
        address actor,
        bytes32 issuerId,
        uint64 list,
        uint64 counter,
        Update[] calldata updates,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Ends the suspension of entries. If none of them is suspended, nothing changes.
    /// @dev Emits {Reinstated} for each word that changes.
    /// @param issuerId As for {suspend}, like the next three.
    /// @param list The list's number.
    /// @param counter The list's {suspensionsOf} that the caller knows.
    /// @param updates The entries, word by word.
    function reinstate(bytes32 issuerId, uint64 list, uint64 counter, Update[] calldata updates) external;

    /// @notice The same on behalf of `actor`, who signed `Reinstate(bytes32 issuerId,uint64 list,uint64 counter,
    /// Update[] updates,uint256 nonce,uint256 deadline)Update(uint16 word,uint256 mask)`.
    /// @param actor Who signed.
    /// @param issuerId As for {suspend}, like the next three.
    /// @param list The list's number.
    /// @param counter The list's {suspensionsOf} that the actor knows.
    /// @param updates The entries, word by word.
    /// @param deadline Last second in which the message is good.
    /// @param signature The actor's.
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
    /// @dev Emits {OperatorSet}. An operator stays when another account comes to speak for the issuer, until that
    /// account takes it back.
    /// @param issuerId The issuer.
    /// @param operator The operator.
    /// @param allowed Whether it may.
    function setOperator(bytes32 issuerId, address operator, bool allowed) external;

    /// @notice The same on behalf of `account`, who signed
    /// `SetOperator(bytes32 issuerId,address operator,bool allowed,uint256 nonce,uint256 deadline)`.
    /// @param account Who signed.
    /// @param issuerId As for {setOperator}, like the next two.
    /// @param operator The operator.
    /// @param allowed Whether it may.
    /// @param deadline Last second in which the message is good.
    /// @param signature The account's.
    function setOperatorFor(
        address account,
        bytes32 issuerId,
        address operator,
        bool allowed,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Returns the words at `words` of a list, in that order.
    /// @param issuerId Whose list.
    /// @param list The list's number.
    /// @param words Positions of words; zero is returned for one that does not exist.
    /// @return Both bitmaps' words.
    function statusOf(bytes32 issuerId, uint64 list, uint16[] calldata words) external view returns (Status[] memory);

    /// @notice How often suspensions of this list have changed.
    /// @param issuerId Whose list.
    /// @param list The list's number.
    /// @return The counter that {suspend} and {reinstate} expect.
    function suspensionsOf(bytes32 issuerId, uint64 list) external view returns (uint64);

    /// @notice Tells whether `operator` was named by an account of the issuer.
    /// @param issuerId The issuer.
    /// @param operator The operator.
    /// @return Whether it may change statuses.
    function isOperator(bytes32 issuerId, address operator) external view returns (bool);

    /// @notice Where the issuer's account and custodian are looked up.
    /// @return The registry given to the constructor.
    function accreditations() external view returns (IAccreditationRegistry);
}
