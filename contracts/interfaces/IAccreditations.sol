// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "./IAccreditationPaths.sol";

/// @title IAccreditations
/// @notice Giving rights, and ending them.
/// @dev The `…For` variants follow {ISignedMessages}.
interface IAccreditations is IAccreditationPaths {
    /// @notice Names one record.
    struct RecordId {
        address subject;
        Right right;
        bytes32[] labels; // Label hashes of the record's scope.
        address accreditor;
        uint32 number;
    }

    /// @notice Thrown when the right to anchor is given at another scope than the empty one.
    error AccreditationsAnchorScope(uint256 depth);

    /// @notice Thrown when a period is empty or a change would reach into the past.
    error AccreditationsPast(uint40 time, uint40 now_);

    /// @notice Thrown when a record does not exist.
    error AccreditationsNoRecord(address subject, Right right, bytes32 scope, address accreditor, uint32 number);

    /// @notice Thrown when `account` may not end or annul the record.
    error AccreditationsNotAbove(address account, address accreditor);

    /// @notice Thrown when an annulment gives no reason.
    error AccreditationsNoReason();

    /// @notice Emitted when `accreditor` gives `subject` a right.
    /// @param subject Account that receives the right.
    /// @param scope The record's scope.
    /// @param accreditor Account that gives it.
    /// @param right What it may do.
    /// @param number The record's number among this accreditor's for the same subject, right and scope.
    /// @param validUntil First second after the period.
    event Accredited(
        address indexed subject,
        bytes32 indexed scope,
        address indexed accreditor,
        Right right,
        uint32 number,
        uint40 validUntil
    );

    /// @notice Emitted when a record is withdrawn from `at_` on by `actor`.
    /// @param subject As in {Accredited}, like the next four.
    /// @param scope The record's scope.
    /// @param accreditor Account that gave the right.
    /// @param right What it allowed.
    /// @param number The record's number.
    /// @param at_ First second without the right.
    /// @param actor Who withdrew it.
    event Withdrawn(
        address indexed subject,
        bytes32 indexed scope,
        address indexed accreditor,
        Right right,
        uint32 number,
        uint40 at_,
        address actor
    );

    /// @notice Emitted when a record is annulled by `actor`: it never was valid.
    /// @param subject As in {Accredited}, like the next four.
    /// @param scope The record's scope.
    /// @param accreditor Account that gave the right.
    /// @param right What it allowed.
    /// @param number The record's number.
    /// @param reason Why; not None.
    /// @param actor Who annulled it.
    event Annulled(
        address indexed subject,
        bytes32 indexed scope,
        address indexed accreditor,
        Right right,
        uint32 number,
        Annulment reason,
        address actor
    );

    /// @notice Gives `subject` a right over the scope of `labels`, from now until `validUntil`. If the caller has
    /// given just that until just then, and it holds, nothing changes and the existing record's number is returned.
    /// @dev Emits {Accredited}.
    ///
    /// Requirements:
    /// - the caller is the authority, or `path` shows that it holds `Accredit` now over a scope that covers this one,
    ///   in a chain of at most {MAX_LINKS} records, the new one included;
    /// - `validUntil` is later than now;
    /// - `Anchor` comes with no labels.
    ///
    /// @param subject Account that receives the right.
    /// @param right What it may do.
    /// @param labels Label hashes of the scope, outermost first.
    /// @param validUntil First second after the period.
    /// @param path From the caller's record up to the authority; ignored for the authority.
    /// @return number The record's number among this accreditor's for the same subject, right and scope.
    function accredit(
        address subject,
        Right right,
        bytes32[] calldata labels,
        uint40 validUntil,
        Link[] calldata path
    ) external returns (uint32 number);

    /// @notice The same on behalf of `accreditor`, who signed `Accredit(address subject,uint8 right,bytes32 scope,
    /// uint40 validUntil,Link by,uint256 nonce,uint256 deadline)Link(address accreditor,uint32 number,uint8 depth)`.
    /// `by` is the first link of `path`, all zero if that is empty: whoever brings the message cannot choose another
    /// record for the new one to descend from.
    /// @param accreditor Who signed.
    /// @param subject As for {accredit}, like the next four.
    /// @param right What it may do.
    /// @param labels Label hashes of the scope, outermost first.
    /// @param validUntil First second after the period.
    /// @param path From the accreditor's record up to the authority.
    /// @param deadline Last second in which the message is good.
    /// @param signature The accreditor's.
    /// @return number As for {accredit}.
    function accreditFor(
        address accreditor,
        address subject,
        Right right,
        bytes32[] calldata labels,
        uint40 validUntil,
        Link[] calldata path,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint32 number);

    /// @notice Ends a record from `at_` on. What was anchored before stays good. An end only moves earlier; asking for
    /// a later one than it has, or for that of an annulled record, changes nothing.
    /// @dev Emits {Withdrawn}.
    ///
    /// Requirements:
    /// - `at_` is not earlier than now;
    /// - the caller is the authority, or it wrote the record, or one of the records that the record descends from, and
    ///   holds `Accredit` over its scope now.
    ///
    /// A record descends from the one by which its accreditor was accredited when it wrote it (`parent`), and so on
    /// up. Accrediting somebody else's accreditor unasked does not put anybody above it.
    ///
    /// @param record The record to end.
    /// @param at_ First second without the right.
    /// @param path From the record's accreditor up to the authority; empty for the authority. Links below the caller
    /// follow descent and may have ended; links from the caller up are valid now.
    function withdraw(RecordId calldata record, uint40 at_, Link[] calldata path) external;

    /// @notice The same on behalf of `actor`, who signed `Withdraw(address subject,uint8 right,bytes32 scope,
    /// address accreditor,uint32 number,uint40 at,uint256 nonce,uint256 deadline)`.
    /// @param actor Who signed.
    /// @param record As for {withdraw}, like the next two.
    /// @param at_ First second without the right.
    /// @param path From the record's accreditor up to the authority.
    /// @param deadline Last second in which the message is good.
    /// @param signature The actor's.
    function withdrawFor(
        address actor,
        RecordId calldata record,
        uint40 at_,
        Link[] calldata path,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Declares that a record never was valid. Cannot be undone; doing it again changes nothing.
    /// @dev Emits {Annulled}. Requirements as for {withdraw}; a record of the right `Accredit` can be annulled by the
    /// authority alone, since everything below it falls with it, back to the beginning.
    /// @param record The record to annul.
    /// @param reason Why; not None.
    /// @param path As for {withdraw}.
    function annul(RecordId calldata record, Annulment reason, Link[] calldata path) external;

    /// @notice The same on behalf of `actor`, who signed `Annul(address subject,uint8 right,bytes32 scope,
    /// address accreditor,uint32 number,uint8 reason,uint256 nonce,uint256 deadline)`.
    /// @param actor Who signed.
    /// @param record As for {annul}, like the next two.
    /// @param reason Why; not None.
    /// @param path As for {withdraw}.
    /// @param deadline Last second in which the message is good.
    /// @param signature The actor's.
    function annulFor(
        address actor,
        RecordId calldata record,
        Annulment reason,
        Link[] calldata path,
        uint256 deadline,
        bytes calldata signature
    ) external;
}
