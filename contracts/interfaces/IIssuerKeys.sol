// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditations} from "./IAccreditations.sol";

/// @title IIssuerKeys
/// @notice With which keys an issuer signs, when. A key is named by its JWK thumbprint (RFC 7638, SHA-256).
/// @dev A key was good at time t if `registeredAt <= t`, t is before `retiredAt` and `compromisedSince` where set, and
/// the binding under which it was registered is not annulled: whoever squats an issuer leaves no key behind.
interface IIssuerKeys {
    /// @notice One key. One storage slot: 5 + 5 + 5 + 4 = 19 of 32 bytes.
    struct Key {
        uint40 registeredAt; // 0 means "never registered".
        uint40 retiredAt; // 0 means "not retired".
        uint40 compromisedSince; // 0 means "not compromised"; 1 means "from the beginning".
        uint32 binding; // Number of the issuer's binding in whose period it was registered.
    }

    /// @notice Thrown when a key that has ended is registered again.
    error IssuerKeysEnded(bytes32 issuerId, bytes32 thumbprint);

    /// @notice Thrown when a key was never registered.
    error IssuerKeysUnknown(bytes32 issuerId, bytes32 thumbprint);

    /// @notice Thrown when a compromise is dated later than now, or a retirement earlier.
    error IssuerKeysTime(uint40 time, uint40 now_);

    /// @notice Emitted when the issuer starts to use a key.
    event KeyRegistered(bytes32 indexed issuerId, bytes32 indexed thumbprint);

    /// @notice Emitted when the issuer stops using a key from `at` on.
    event KeyRetired(bytes32 indexed issuerId, bytes32 indexed thumbprint, uint40 at_);

    /// @notice Emitted when a key is said to be in other hands since `since`.
    event KeyCompromised(bytes32 indexed issuerId, bytes32 indexed thumbprint, uint40 since, address reporter);

    /// @notice Registers a key from now on. Only the issuer's account. Registering a live key again changes nothing.
    function registerKey(bytes32 issuerId, bytes32 thumbprint) external;

    /// @notice The same on behalf of `account`, who signed
    /// `RegisterKey(bytes32 issuerId,bytes32 thumbprint,uint256 nonce,uint256 deadline)`.
    function registerKeyFor(
        address account,
        bytes32 issuerId,
        bytes32 thumbprint,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Retires a key from `at` (not earlier than now) on. Only the issuer's account. Only moves earlier.
    function retireKey(bytes32 issuerId, bytes32 thumbprint, uint40 at_) external;

    /// @notice The same on behalf of `account`, who signed
    /// `RetireKey(bytes32 issuerId,bytes32 thumbprint,uint40 at,uint256 nonce,uint256 deadline)`.
    function retireKeyFor(
        address account,
        bytes32 issuerId,
        bytes32 thumbprint,
        uint40 at_,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Reports that a key has been in other hands since `since` (not later than now). Only moves earlier.
    /// A key that is not registered yet can be reported, too, and never will be.
    /// @dev By the issuer's account, whose word reaches at most {ISSUER_REACH} seconds back (an earlier `since` is
    /// raised to that); by the sponsor while `path` shows that it holds `Accredit` over `labels`; or by the authority.
    function reportCompromise(
        bytes32 issuerId,
        bytes32 thumbprint,
        uint40 since,
        bytes32[] calldata labels,
        IAccreditations.Link[] calldata path
    ) external;

    /// @notice The same on behalf of `reporter`, who signed
    /// `ReportCompromise(bytes32 issuerId,bytes32 thumbprint,uint40 since)` in the domain that names no chain: one
    /// signature ends the key on every chain, at any time, as often as anybody likes.
    function reportCompromiseFor(
        address reporter,
        bytes32 issuerId,
        bytes32 thumbprint,
        uint40 since,
        bytes32[] calldata labels,
        IAccreditations.Link[] calldata path,
        bytes calldata signature
    ) external;

    /// @notice Returns a key; all zero if nothing is known of it.
    function keyOf(bytes32 issuerId, bytes32 thumbprint) external view returns (Key memory);

    /// @notice How far back, in seconds, an issuer's own report of a compromise reaches: 30 days.
    function ISSUER_REACH() external view returns (uint40);
}
