// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IAccreditations
/// @notice Who may do what, over which scope, in which period: rights handed down from the authority.
/// @dev A scope is a path of labels. `scope(path/label) = keccak256(abi.encode(scope(path), keccak256(label)))`, and
/// the empty path is zero. Callers pass label hashes, never scopes, so the contract itself knows what covers what.
/// A chain of accreditation is at most {MAX_LINKS} records long. All times are Unix seconds; all periods half-open.
interface IAccreditations {
    /// @notice What an accreditation allows.
    enum Right {
        Attest, // Issue credentials within the scope.
        Accredit, // Accredit others within the scope.
        Anchor // Anchor batches; at the empty scope only.
    }

    /// @notice Why an accreditation is said never to have been valid.
    enum Annulment {
        None,
        Error, // Given by mistake.
        Fraud, // Obtained by deceit.
        Court // Ordered by a court or a supervising body.
    }

    /// @notice One accreditation. One storage slot: 5 + 5 + 5 + 1 + 16 = 32 bytes.
    struct Accreditation {
        uint40 validFrom; // Second of the accrediting block; 0 means "no such record".
        uint40 validUntil; // First second after the period; type(uint40).max means "open".
        uint40 withdrawnFrom; // From this second on withdrawn; 0 means "not withdrawn".
        Annulment annulment; // Other than None: was never valid.
        bytes16 parent; // Beginning of the key of the record by which it was given; zero if the authority gave it.
    }

    /// @notice One step of a path towards the authority: which record gives the account below its right.
    /// @dev A record is found by subject, right, scope, accreditor and number. Numbers count per accreditor, so
    /// records that others write never make a path longer or dearer.
    struct Link {
        address accreditor; // Who wrote the record.
        uint32 number; // 0 for the first record of this accreditor for the same subject, right and scope.
        uint8 depth; // How many of the labels, from the first on, make up the record's scope.
    }

    /// @notice Names one record.
    struct RecordId {
        address subject;
        Right right;
        bytes32[] labels; // Label hashes of the record's scope.
        address accreditor;
        uint32 number;
    }

    /// @notice Thrown when a registry is deployed without an authority.
    error AccreditationsNoAuthority();

    /// @notice Thrown when a path does not lead, by valid records that cover the scope, up to the authority.
    /// @param account The account whose right was asked about.
    /// @param link Position in the path of the link that fails; the path's length if it ends below the authority.
    error AccreditationsNotAccredited(address account, uint256 link);

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
    event Accredited(
        address indexed subject,
        bytes32 indexed scope,
        address indexed accreditor,
        Right right,
        uint32 number,
        uint40 validUntil
    );

    /// @notice Emitted when a record is withdrawn from `at` on by `actor`.
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
    event Annulled(
        address indexed subject,
        bytes32 indexed scope,
        address indexed accreditor,
        Right right,
        uint32 number,
        Annulment reason,
        address actor
    );

    /// @notice Gives `subject` a right over the scope of `labels`, from now until `validUntil`.
    /// @dev Emits {Accredited}.
    ///
    /// Requirements:
    /// - the caller is the authority, or `path` shows that it holds `Accredit` now over a scope that covers this one;
    /// - `validUntil` is later than now;
    /// - `Anchor` comes with no labels.
    ///
    /// @param subject Account that receives the right.
    /// @param right What it may do.
    /// @param labels Label hashes of the scope, outermost first.
    /// @param validUntil First second after the period.
    /// @param path From the caller's record up to the authority; empty for the authority.
    /// @return number The record's number among this accreditor's for the same subject, right and scope.
    function accredit(
        address subject,
        Right right,
        bytes32[] calldata labels,
        uint40 validUntil,
        Link[] calldata path
    ) external returns (uint32 number);

    /// @notice The same on behalf of `accreditor`, who signed
    /// `Accredit(address subject,uint8 right,bytes32 scope,uint40 validUntil,uint256 nonce,uint256 deadline)`.
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

    /// @notice Ends a record from `at` on. What was anchored before stays good. An end only moves earlier;
    /// asking for a later one than it has changes nothing.
    /// @dev Emits {Withdrawn}.
    ///
    /// Requirements:
    /// - `at` is not earlier than now;
    /// - the caller is the authority, the record's accreditor, or an accreditor named in `path`, and accredited now.
    ///
    /// @param record The record to end.
    /// @param at_ First second without the right.
    /// @param path From the record's accreditor up to the authority; links below the caller may have ended.
    function withdraw(RecordId calldata record, uint40 at_, Link[] calldata path) external;

    /// @notice The same on behalf of `actor`, who signed `Withdraw(address subject,uint8 right,bytes32 scope,
    /// address accreditor,uint32 number,uint40 at,uint256 nonce,uint256 deadline)`.
    function withdrawFor(
        address actor,
        RecordId calldata record,
        uint40 at_,
        Link[] calldata path,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Declares that a record never was valid. Cannot be undone.
    /// @dev Emits {Annulled}. Requirements as for {withdraw}; a record of the right `Accredit` can be annulled by the
    /// authority alone, since everything below it falls with it, back to the beginning.
    /// @param record The record to annul.
    /// @param reason Why; not None.
    /// @param path As for {withdraw}.
    function annul(RecordId calldata record, Annulment reason, Link[] calldata path) external;

    /// @notice The same on behalf of `actor`, who signed `Annul(address subject,uint8 right,bytes32 scope,
    /// address accreditor,uint32 number,uint8 reason,uint256 nonce,uint256 deadline)`.
    function annulFor(
        address actor,
        RecordId calldata record,
        Annulment reason,
        Link[] calldata path,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Tells whether `subject` held `right` over the scope of `labels` at `time`, every link judged at `time`.
    /// @param path From the subject's record (first, its depth may be less than the labels': a wider scope covers)
    /// up to a record of the authority. Empty: true only for the authority itself.
    function accreditationAt(
        address subject,
        Right right,
        bytes32[] calldata labels,
        Link[] calldata path,
        uint40 time
    ) external view returns (bool);

    /// @notice Returns one record; all fields are zero if there is none.
    function accreditationOf(
        address subject,
        Right right,
        bytes32 scope,
        address accreditor,
        uint32 number
    ) external view returns (Accreditation memory);

    /// @notice The account at the root of all trust in this registry.
    function authority() external view returns (address);

    /// @notice The most records that a chain of accreditation may have, the subject's own included.
    function MAX_LINKS() external view returns (uint256);
}
