// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "./IAccreditationPaths.sol";

/// @title IIssuers
/// @notice Which account speaks for which issuer, when. `issuerId` is keccak256 of the issuer's DID (a legal entity).
/// @dev Nobody can prove a DID to a contract, so a sponsor vouches for it: the accreditor of the account, or the
/// authority. The first sponsor keeps the issuer; only it or the authority may bind another account later.
///
/// Storage: the issuer is at `keccak256(abi.encode(issuerId, 4))` and the slot after it; binding n at
/// `keccak256(abi.encode(n, keccak256(abi.encode(issuerId, 5))))`.
interface IIssuers {
    /// @notice A period in which an account spoke for an issuer. One slot: 20 + 5 + 5 + 1 = 31 of 32 bytes.
    struct Binding {
        address account;
        uint40 from;
        uint40 until; // First second after it; type(uint40).max while it lasts.
        bool annulled; // Never was valid.
    }

    /// @notice What the registry knows about an issuer beside its bindings.
    struct Issuer {
        address sponsor; // Zero means "unknown issuer".
        uint32 bindings; // How many there are; numbered from 0.
        address custodian; // May revoke when the issuer is gone; zero if none.
    }

    /// @notice Thrown when `caller` is not the sponsor (accredited now) of the issuer, nor the authority.
    error IssuersNotSponsor(address caller, bytes32 issuerId);

    /// @notice Thrown when `caller` is not the account that speaks for the issuer now.
    error IssuersNotAccount(address caller, bytes32 issuerId);

    /// @notice Thrown when there is no such binding.
    error IssuersNoBinding(bytes32 issuerId, uint32 number);

    /// @notice Thrown when the zero account or the zero issuer is to be bound.
    error IssuersZero();

    /// @notice Emitted when `account` speaks for the issuer from now on, as `sponsor` confirms; or, with the number of a
    /// known binding, when the authority takes the issuer over from its sponsor.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param account Who speaks for the issuer.
    /// @param sponsor Who confirms it.
    /// @param number The binding's number.
    event IssuerConfirmed(bytes32 indexed issuerId, address indexed account, address indexed sponsor, uint32 number);

    /// @notice Emitted when no account speaks for the issuer any longer.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param account Who spoke for the issuer.
    /// @param number The binding's number.
    event IssuerReleased(bytes32 indexed issuerId, address indexed account, uint32 number);

    /// @notice Emitted when the authority declares that a binding never was valid.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param account Who never spoke for the issuer.
    /// @param number The binding's number.
    event BindingAnnulled(bytes32 indexed issuerId, address indexed account, uint32 number);

    /// @notice Emitted when the account that may revoke for the issuer changes.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param custodian That account; zero for none.
    event CustodianNamed(bytes32 indexed issuerId, address indexed custodian);

    /// @notice Confirms that `account` speaks for the issuer from now on; an earlier binding ends now.
    /// @dev Emits {IssuerConfirmed}. Confirming what holds already changes nothing.
    ///
    /// Requirements:
    /// - the caller is the authority, or it wrote the record at the head of `path`, valid now, for `account`;
    /// - the issuer is new, or the caller is its sponsor or the authority (which thereby becomes the sponsor).
    ///
    /// @param issuerId keccak256 of the issuer's DID; not zero.
    /// @param account Who shall speak for the issuer; not zero.
    /// @param right Right of the account's record; ignored for the authority, like the next two.
    /// @param labels Label hashes of that record's scope.
    /// @param path From the account's record up to the authority.
    function confirmIssuer(
        bytes32 issuerId,
        address account,
        IAccreditationPaths.Right right,
        bytes32[] calldata labels,
        IAccreditationPaths.Link[] calldata path
    ) external;

    /// @notice The same on behalf of `sponsor`, who signed
    /// `ConfirmIssuer(bytes32 issuerId,address account,uint256 nonce,uint256 deadline)`.
    /// @param sponsor Who signed.
    /// @param issuerId As for {confirmIssuer}, like the next four.
    /// @param account Who shall speak for the issuer.
    /// @param right Right of the account's record.
    /// @param labels Label hashes of that record's scope.
    /// @param path From the account's record up to the authority.
    /// @param deadline Last second in which the message is good.
    /// @param signature The sponsor's.
    function confirmIssuerFor(
        address sponsor,
        bytes32 issuerId,
        address account,
        IAccreditationPaths.Right right,
        bytes32[] calldata labels,
        IAccreditationPaths.Link[] calldata path,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Ends the issuer's binding now; if no account speaks for the issuer, nothing changes.
    /// @dev Emits {IssuerReleased}. By the authority, or by the sponsor while `path` shows that it holds `Accredit` over
    /// `labels`.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param labels Label hashes of a scope over which the sponsor may accredit; ignored for the authority.
    /// @param path From the sponsor's record up to the authority; ignored for the authority.
    function releaseIssuer(
        bytes32 issuerId,
        bytes32[] calldata labels,
        IAccreditationPaths.Link[] calldata path
    ) external;

    /// @notice Declares that a binding never was valid (a squatted DID). The authority's alone. Emits {BindingAnnulled}.
    /// @dev Keys that were registered under the binding fall with it. Operators and a custodian that were named under
    /// it do not: {nameCustodian} and {IStatusRegistry-setOperator} take those back.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param number The binding's number.
    function annulBinding(bytes32 issuerId, uint32 number) external;

    /// @notice Names the account that may revoke for the issuer. Emits {CustodianNamed}.
    /// @dev By the authority, or by the sponsor while `path` shows that it holds `Accredit` over `labels`.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param custodian That account; zero for none.
    /// @param labels As for {releaseIssuer}, like the next.
    /// @param path From the sponsor's record up to the authority.
    function nameCustodian(
        bytes32 issuerId,
        address custodian,
        bytes32[] calldata labels,
        IAccreditationPaths.Link[] calldata path
    ) external;

    /// @notice Returns what is known about an issuer; all zero if nothing.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @return Sponsor, number of bindings and custodian.
    function issuerOf(bytes32 issuerId) external view returns (Issuer memory);

    /// @notice Returns one binding; all zero if there is none.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @param number Which of its bindings, from 0.
    /// @return The binding.
    function bindingOf(bytes32 issuerId, uint32 number) external view returns (Binding memory);

    /// @notice The account that speaks for the issuer now; zero if none does.
    /// @param issuerId keccak256 of the issuer's DID.
    /// @return The account of the last binding, unless that has ended or is annulled.
    function accountOf(bytes32 issuerId) external view returns (address);
}
