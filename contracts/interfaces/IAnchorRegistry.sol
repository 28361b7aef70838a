// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationRegistry} from "./IAccreditationRegistry.sol";
import {IAccreditationPaths} from "./IAccreditationPaths.sol";

/// @title IAnchorRegistry
/// @notice Append-only record of the Merkle roots of credential batches: it proves *when* a credential existed.
/// @dev Keyed by operator first, so nobody can take another's root by anchoring it earlier or with a false count.
/// The right to anchor is checked when written; its later end does not unmake time.
///
/// Storage: the anchor is at `keccak256(abi.encode(root, keccak256(abi.encode(operator, 3))))`.
interface IAnchorRegistry {
    /// @notice What the chain knows about one batch. One storage slot: 5 + 4 = 9 of 32 bytes.
    struct Anchor {
        uint40 anchoredAt; // Second of the anchoring block; 0 means "never anchored".
        uint32 leafCount; // Leaves of the padded tree; a power of two.
    }

    /// @notice A batch to anchor.
    struct Batch {
        bytes32 root; // Built as in `sdk/anchor/batch-tree.ts`.
        uint32 leafCount; // Leaves, padding included: a power of two from 8 on.
    }

    /// @notice Thrown when a root is zero or a leaf count is not a power of two from 8 on.
    error AnchorRegistryMalformed(bytes32 root, uint32 leafCount);

    /// @notice Thrown when `operator` anchored `root` before with another leaf count.
    error AnchorRegistryConflict(address operator, bytes32 root, uint32 leafCount);

    /// @notice Thrown when `account` does not hold the right to anchor.
    error AnchorRegistryNotAccredited(address account);

    /// @notice Emitted once for each anchored batch.
    /// @param operator Who anchored it.
    /// @param root The batch's Merkle root.
    /// @param leafCount Leaves, padding included.
    event Anchored(address indexed operator, bytes32 indexed root, uint32 leafCount);

    /// @notice Records `root` as a batch of `leafCount` leaves. Anchoring it again changes nothing.
    /// @dev Emits {Anchored}. The caller is the authority or holds the right `Anchor` now.
    /// @param root The batch's Merkle root; not zero.
    /// @param leafCount Leaves, padding included: a power of two from 8 on.
    /// @param path From the caller's record of the right `Anchor` up to the authority.
    function anchor(bytes32 root, uint32 leafCount, IAccreditationPaths.Link[] calldata path) external;

    /// @notice Records several batches in one transaction, as {anchor} does each; all or none.
    /// @param batches Roots and leaf counts.
    /// @param path From the caller's record of the right `Anchor` up to the authority.
    function anchorMany(Batch[] calldata batches, IAccreditationPaths.Link[] calldata path) external;

    /// @notice {anchor} on behalf of `operator`, who signed
    /// `Anchor(bytes32 root,uint32 leafCount,uint256 nonce,uint256 deadline)`.
    /// @param operator Who signed.
    /// @param root As for {anchor}, like the next two.
    /// @param leafCount Leaves, padding included.
    /// @param path From the operator's record of the right `Anchor` up to the authority.
    /// @param deadline Last second in which the message is good.
    /// @param signature The operator's.
    function anchorFor(
        address operator,
        bytes32 root,
        uint32 leafCount,
        IAccreditationPaths.Link[] calldata path,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Returns the batch that `operator` anchored as `root`; all zero if there is none.
    /// @param operator Who may have anchored it.
    /// @param root The batch's Merkle root.
    /// @return When it was anchored, and how many leaves it has.
    function anchorOf(address operator, bytes32 root) external view returns (Anchor memory);

    /// @notice Tells whether `leaf` is part of a batch that `operator` anchored as `root`.
    /// @param operator Who may have anchored it.
    /// @param root The batch's Merkle root.
    /// @param leaf A leaf's hash.
    /// @param proof Sibling hashes from the leaf up; exactly log2(leafCount) of them.
    /// @return False, too, if there is no such batch or the proof has another length.
    function isIncluded(
        address operator,
        bytes32 root,
        bytes32 leaf,
        bytes32[] calldata proof
    ) external view returns (bool);

    /// @notice Where the right to anchor is looked up.
    /// @return The registry given to the constructor.
    function accreditations() external view returns (IAccreditationRegistry);
}
