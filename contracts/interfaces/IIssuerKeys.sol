// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "./IAccreditationPaths.sol";

/// @title IIssuerKeys
/// @notice With which keys an issuer signs, when. A key is named by its JWK thumbprint (RFC 7638, SHA-256).
/// @dev A key was good at time t if `registeredAt <= t`, t is before `retiredAt` and `compromisedSince` where set, and
/// the binding under which it was registered is not annulled: whoever squats an issuer leaves no key behind.
///
/// Storage: the key is at `keccak256(abi.encode(thumbprint, keccak256(abi.encode(issuerId, 6))))`.
interface IIssuerKeys {
    /// @notice One key. One storage slot: 5 + 5 + 5 + 4 = 19 of 32 bytes.
    struct Key {
        uint40 registeredAt; // 0 means "never registered".
        uint40 retiredAt; // 0 means "not retired".
        uint40 compromisedSince; // 0 means "not compromised"; 1 means "from the beginning".
        uint32 binding; // Number of the issuer's binding in whose period it was registered.
    }

    /// @notice Thrown when a key whose end is known is registered again.
    error IssuerKeysEnded(bytes32 issuerId, bytes32 thumbprint);

    /// @notice Thrown when a key was never registered.
    error IssuerKeysUnknown(bytes32 issuerId, bytes32 thumbprint);

    /// @notice Thrown when a compromise is dated later than now, or a retirement earlier.
    error IssuerKeysTime(uint40 time, uint40 now_);

    /// @notice Emitted when the issuer starts to use a key.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param thumbprint The key's.
    event KeyRegistered(bytes32 indexed issuerId, bytes32 indexed thumbprint);

    /// @notice Emitted when the issuer stops using a key from `at_` on.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param thumbprint The key's.
    /// @param at_ First second without the key.
    event KeyRetired(bytes32 indexed issuerId, bytes32 indexed thumbprint, uint40 at_);

    /// @notice Emitted when a key is said to be in other hands since `since`.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param thumbprint The key's.
    /// @param since First second in which it was; 1 for "from the beginning".
    /// @param reporter Who says so.
    event KeyCompromised(bytes32 indexed issuerId, bytes32 indexed thumbprint, uint40 since, address reporter);

    /// @notice Registers a key from now on. Only the issuer's account. Registering a live key again changes nothing;
    /// one whose retirement is announced is no longer registered, nor is one that was registered under a binding that
    /// is annulled by now.
    /// @dev Emits {KeyRegistered}.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param thumbprint SHA-256 thumbprint of the public JWK.
    function registerKey(bytes32 issuerId, bytes32 thumbprint) external;

    /// @notice The same on behalf of `account`, who signed
    /// `RegisterKey(bytes32 issuerId,bytes32 thumbprint,uint256 nonce,uint256 deadline)`.
    /// @param account Who signed.
    /// @param issuerId As for {registerKey}, like the next.
    /// @param thumbprint SHA-256 thumbprint of the public JWK.
    /// @param deadline Last second in which the message is good.
    /// @param signature The account's.
    function registerKeyFor(
        address account,
        bytes32 issuerId,
        bytes32 thumbprint,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Retires a key from `at_` on. Only the issuer's account. The end only moves earlier: asking for a later
    /// one than the key has changes nothing.
    /// @dev Emits {KeyRetired}.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param thumbprint The key's.
    /// @param at_ First second without the key; not earlier than now.
    function retireKey(bytes32 issuerId, bytes32 thumbprint, uint40 at_) external;

    /// @notice The same on behalf of `account`, who signed
    /// `RetireKey(bytes32 issuerId,bytes32 thumbprint,uint40 at,uint256 nonce,uint256 deadline)`.
    /// @param account Who signed.
    /// @param issuerId As for {retireKey}, like the next two.
    /// @param thumbprint The key's.
    /// @param at_ First second without the key.
    /// @param deadline Last second in which the message is good.
    /// @param signature The account's.
    function retireKeyFor(
        address account,
        bytes32 issuerId,
        bytes32 thumbprint,
        uint40 at_,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Reports that a key has been in other hands since `since`. Only moves earlier: reporting a later second
    /// than is known changes nothing. A key that is not registered yet can be reported, too, and never will be.
    /// @dev Emits {KeyCompromised}. By the issuer's account, whose word reaches at most {ISSUER_REACH} seconds back (an
    /// earlier `since` is raised to that); by the sponsor while `path` shows that it holds `Accredit` over `labels`; or
    /// by the authority. Zero, which in storage means "not compromised", is raised to 1.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param thumbprint The key's.
    /// @param since First second in which it was in other hands; not later than now.
    /// @param labels Label hashes of a scope over which the sponsor may accredit; none for others.
    /// @param path From the sponsor's record up to the authority; empty for others.
    function reportCompromise(
        bytes32 issuerId,
        bytes32 thumbprint,
        uint40 since,
        bytes32[] calldata labels,
        IAccreditationPaths.Link[] calldata path
    ) external;

    /// @notice The same on behalf of `reporter`, who signed
    /// `ReportCompromise(bytes32 issuerId,bytes32 thumbprint,uint40 since)` in the domain that names no chain: one
    /// signature ends the key on every chain, at any time, as often as anybody likes.
    /// @param reporter Who signed.
    /// @param issuerId As for {reportCompromise}, like the next four.
    /// @param thumbprint The key's.
    /// @param since First second in which it was in other hands.
    /// @param labels Label hashes of a scope over which the sponsor may accredit.
    /// @param path From the sponsor's record up to the authority.
    /// @param signature The reporter's.
    function reportCompromiseFor(
        address reporter,
        bytes32 issuerId,
        bytes32 thumbprint,
        uint40 since,
        bytes32[] calldata labels,
        IAccreditationPaths.Link[] calldata path,
        bytes calldata signature
    ) external;

    /// @notice Returns a key; all zero if nothing is known of it.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param thumbprint The key's.
    /// @return When it was registered, retired and compromised, and under which binding it was registered.
    function keyOf(bytes32 issuerId, bytes32 thumbprint) external view returns (Key memory);

    /// @notice How far back, in seconds, an issuer's own report of a compromise reaches.
    /// @return 30 days.
    function ISSUER_REACH() external view returns (uint40);
}
