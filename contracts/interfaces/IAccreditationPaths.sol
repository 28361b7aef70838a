// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IAccreditationPaths
/// @notice Who may do what, over which scope, in which period: rights handed down from the authority.
/// @dev A scope is a path of labels. `scope(path/label) = keccak256(abi.encode(scope(path), keccak256(label)))`, and
/// the empty path is zero. Callers pass label hashes, never scopes, so the contract itself knows what covers what.
/// A chain of accreditation is at most {MAX_LINKS} records long. All times are Unix seconds; all periods half-open.
///
/// Storage: the record's slot is `keccak256(abi.encode(key, 3))`, where
/// `key = keccak256(abi.encode(subject, right, scope, accreditor, number))`.
interface IAccreditationPaths {
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
        bytes16 parent; // First half of the key of the record by which it was given; zero if the authority gave it.
    }

    /// @notice One step of a path towards the authority: which record gives the account below its right.
    /// @dev A record is found by subject, right, scope, accreditor and number. Numbers count per accreditor, so
    /// records that others write never make a path longer or dearer.
    struct Link {
        address accreditor; // Who wrote the record.
        uint32 number; // 0 for the first record of this accreditor for the same subject, right and scope.
        uint8 depth; // How many of the labels, from the first on, make up the record's scope.
    }

    /// @notice Thrown when a registry is deployed without an authority.
    error AccreditationsNoAuthority();

    /// @notice Thrown when a path does not lead, by valid records that cover the scope, up to the authority.
    /// @param account The account whose right was asked about.
    /// @param link Position in the path of the link that fails: the path's length if it ends below the authority; the
    /// first one too many if it is too long or goes on above the authority.
    error AccreditationsNotAccredited(address account, uint256 link);

    /// @notice Tells whether `subject` held `right` over the scope of `labels` at `time`, every link judged at `time`.
    /// @dev The authority holds every right at any time, whatever the path. A link's depth is at most that of the link
    /// below it: a wider scope covers. The path ends with the record that the authority wrote.
    /// @param subject The account asked about.
    /// @param right The right asked about; links above the first are of the right `Accredit`.
    /// @param labels Label hashes of the scope, outermost first.
    /// @param path From the subject's own record (first) up to a record of the authority, at most {MAX_LINKS}.
    /// @param time The second to judge at.
    /// @return Whether every link was valid then. Does not revert.
    function accreditationAt(
        address subject,
        Right right,
        bytes32[] calldata labels,
        Link[] calldata path,
        uint40 time
    ) external view returns (bool);

    /// @notice Returns one record; all fields are zero if there is none.
    /// @param subject Account that received the right.
    /// @param right What it may do.
    /// @param scope The record's own scope.
    /// @param accreditor Account that gave it.
    /// @param number Which of this accreditor's records for the same subject, right and scope.
    /// @return The record.
    function accreditationOf(
        address subject,
        Right right,
        bytes32 scope,
        address accreditor,
        uint32 number
    ) external view returns (Accreditation memory);

    /// @notice The account at the root of all trust in this registry.
    /// @return As given to the constructor; never zero, never another.
    function authority() external view returns (address);

    /// @notice The most records that a chain of accreditation may have, the subject's own included.
    /// @return Six.
    function MAX_LINKS() external view returns (uint256);
}
