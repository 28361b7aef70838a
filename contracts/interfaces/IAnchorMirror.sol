// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IAnchorMirror
/// @notice What another chain's AnchorRegistry holds, shown on this chain by proof alone: "this operator anchored this
/// root there, at that time". So an anchor outlives the chain that it was made on.
/// @dev A mirror is of one source: one chain, one contract there, one code hash. Those are immutable, and so part of
/// the mirror's own code hash, which verifiers pin. The authority's whole power here is to say which block the source
/// chain has at a height, once for each height; what that block's state contains is proven, and anybody may bring the
/// proof.
///
/// A verifier judges a mirrored anchor at the time of the *checkpoint*, which this chain vouches for, unless its policy
/// trusts the authority for the source chain's time, too.
interface IAnchorMirror {
    /// @notice What is mirrored.
    struct Source {
        uint64 chainId;
        address anchors; // The AnchorRegistry there.
        bytes32 codeHash; // keccak256 of its deployed code.
    }

    /// @notice A block of the source chain. One storage slot: 27 + 5 = 32 bytes.
    struct Checkpoint {
        bytes27 blockHash; // The first 216 bits of the hash: finding another block with them is as hopeless.
        uint40 checkpointedAt; // Second of the block, on this chain, that says so; 0 means "no checkpoint".
    }

    /// @notice An anchor of the source chain. One storage slot: 5 + 4 + 5 + 8 = 22 of 32 bytes.
    struct MirroredAnchor {
        uint40 anchoredAt; // Second of the anchoring block on the source chain; 0 means "not mirrored".
        uint32 leafCount; // Leaves of the padded tree.
        uint40 checkpointedAt; // Of the earliest checkpoint by which it was shown: it existed by then.
        uint64 height; // Of the block in that checkpoint.
    }

    /// @notice How to find an anchor below a checkpoint: the header, and two answers of `eth_getProof` at its block.
    struct Proof {
        bytes header; // RLP of the source chain's block header.
        bytes[] account; // `accountProof` of the AnchorRegistry: nodes from the state root down.
        bytes[] anchor; // `proof` of the anchor's slot: nodes from the storage root down.
    }

    /// @notice Thrown when somebody else than the authority makes a checkpoint.
    error AnchorMirrorNotAuthority(address account);

    /// @notice Thrown when a block hash is zero.
    error AnchorMirrorMalformed(uint64 height);

    /// @notice Thrown when there is a checkpoint of another block at this height.
    error AnchorMirrorConflict(uint64 height);

    /// @notice Thrown when a header is not that of a checkpoint's block.
    error AnchorMirrorNoCheckpoint(uint256 height, bytes32 blockHash);

    /// @notice Thrown when the source's address held other code in that block.
    error AnchorMirrorOtherCode(bytes32 codeHash);

    /// @notice Emitted for each checkpoint.
    /// @param height The block's number on the source chain.
    /// @param blockHash The block's hash.
    event Checkpointed(uint64 indexed height, bytes32 blockHash);

    /// @notice Emitted when an anchor is mirrored, and again when an earlier checkpoint shows it.
    /// @param operator Who anchored it on the source chain.
    /// @param root The batch's Merkle root.
    /// @param anchoredAt Second of the anchoring block on the source chain.
    /// @param leafCount Leaves, padding included.
    /// @param height Of the checkpoint's block.
    event Mirrored(
        address indexed operator,
        bytes32 indexed root,
        uint40 anchoredAt,
        uint32 leafCount,
        uint64 indexed height
    );

    /// @notice Says that the source chain's block at `height` is `blockHash`. Saying it again changes nothing.
    /// @dev Emits {Checkpointed}. The authority's alone; final blocks only, since a checkpoint is never taken back.
    /// @param height The block's number.
    /// @param blockHash The block's hash; not zero.
    function checkpoint(uint64 height, bytes32 blockHash) external;

    /// @notice The same on behalf of the authority, which signed
    /// `Checkpoint(uint64 height,bytes32 blockHash,uint256 nonce,uint256 deadline)`; see {ISignedMessages}.
    /// @param height The block's number.
    /// @param blockHash The block's hash; not zero.
    /// @param deadline Last second in which the message is good.
    /// @param signature The authority's.
    function checkpointFor(uint64 height, bytes32 blockHash, uint256 deadline, bytes calldata signature) external;

    /// @notice Records an anchor of the source chain, as a checkpoint's block contains it. By anybody. Showing it again
    /// changes nothing, unless an earlier checkpoint shows it.
    /// @dev Emits {Mirrored}. Reverts if the proof does not lead from the checkpoint's block to an anchor: with
    /// {AnchorMirrorNoCheckpoint}, {AnchorMirrorOtherCode}, or an error of OpenZeppelin's `TrieProof` or `RLP`.
    /// @param operator Who anchored it there.
    /// @param root The batch's Merkle root.
    /// @param proof From the header of a checkpoint's block down to the anchor's slot.
    function mirror(address operator, bytes32 root, Proof calldata proof) external;

    /// @notice Returns the anchor of `root` by `operator` on the source chain; all zero if it is not mirrored.
    /// @param operator Who anchored it there.
    /// @param root The batch's Merkle root.
    /// @return The anchor, and the checkpoint that shows it.
    function anchorOf(address operator, bytes32 root) external view returns (MirroredAnchor memory);

    /// @notice Returns the checkpoint at a height; all zero if there is none.
    /// @param height A block number of the source chain.
    /// @return The beginning of the block's hash, and since when it stands here.
    function checkpointOf(uint64 height) external view returns (Checkpoint memory);

    /// @notice What is mirrored here.
    /// @return As given to the constructor.
    function source() external view returns (Source memory);

    /// @notice Who makes checkpoints: the authority of this chain's AccreditationRegistry.
    /// @return Never another.
    function authority() external view returns (address);
}
