// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BlockHeader} from "@openzeppelin/contracts/utils/BlockHeader.sol";
import {TrieProof} from "@openzeppelin/contracts/utils/cryptography/TrieProof.sol";
import {Memory} from "@openzeppelin/contracts/utils/Memory.sol";
import {RLP} from "@openzeppelin/contracts/utils/RLP.sol";
import {SlotDerivation} from "@openzeppelin/contracts/utils/SlotDerivation.sol";
import {blockTime} from "./BlockTime.sol";
import {SignedMessages} from "./SignedMessages.sol";
import {IAccreditationRegistry} from "./interfaces/IAccreditationRegistry.sol";
import {IAnchorMirror} from "./interfaces/IAnchorMirror.sol";

/// @title AnchorMirror
/// @notice See {IAnchorMirror}.
contract AnchorMirror is IAnchorMirror, SignedMessages {
    using BlockHeader for Memory.Slice[];
    using RLP for Memory.Slice;
    using SlotDerivation for bytes32;

    /// @inheritdoc IAnchorMirror
    address public immutable authority;

    bytes32 private constant CHECKPOINT = keccak256(
        "Checkpoint(uint64 height,bytes32 blockHash,uint256 nonce,uint256 deadline)"
    );

    // Where an AnchorRegistry keeps its anchors: the slot of the mapping by operator and root.
    bytes32 private constant ANCHORS = bytes32(uint256(3));

    // Of the four members of an account: nonce, balance, storage root, code hash (Yellow Paper, section 4.1).
    uint256 private constant STORAGE_ROOT = 2;
    uint256 private constant CODE_HASH = 3;

    uint64 private immutable _chainId;
    address private immutable _anchors;
    bytes32 private immutable _codeHash;

    mapping(uint64 height => Checkpoint) private _checkpoints;
    mapping(address operator => mapping(bytes32 root => MirroredAnchor)) private _mirrored;

    constructor(IAccreditationRegistry accreditations, Source memory source_) {
        authority = accreditations.authority();
        (_chainId, _anchors, _codeHash) = (source_.chainId, source_.anchors, source_.codeHash);
    }

    /// @inheritdoc IAnchorMirror
    function checkpoint(uint64 height, bytes32 blockHash) external {
        if (msg.sender != authority) revert AnchorMirrorNotAuthority(msg.sender);
        _checkpoint(height, blockHash);
    }

    /// @inheritdoc IAnchorMirror
    function checkpointFor(uint64 height, bytes32 blockHash, uint256 deadline, bytes calldata signature) external {
        Checkpoint memory known = _checkpoints[height];
        bool done = known.checkpointedAt != 0 && known.blockHash == bytes27(blockHash);
        bytes32 structHash = keccak256(abi.encode(CHECKPOINT, height, blockHash, nonces(authority), deadline));
        _useMessage(done, authority, structHash, deadline, signature);
        _checkpoint(height, blockHash);
    }

    /// @inheritdoc IAnchorMirror
    function mirror(address operator, bytes32 root, Proof calldata proof) external {
        Memory.Slice[] memory header = BlockHeader.parseHeader(proof.header);
        (uint64 height, uint40 checkpointedAt) = _requireCheckpoint(header.getNumber(), keccak256(proof.header));
        (uint40 anchoredAt, uint32 leafCount) = _read(header.getStateRoot(), operator, root, proof);

        MirroredAnchor storage known = _mirrored[operator][root];
        if (known.anchoredAt != 0 && known.checkpointedAt <= checkpointedAt) return;
        _mirrored[operator][root] = MirroredAnchor(anchoredAt, leafCount, checkpointedAt, height);
        emit Mirrored(operator, root, anchoredAt, leafCount, height);
    }

    /// @inheritdoc IAnchorMirror
    function anchorOf(address operator, bytes32 root) external view returns (MirroredAnchor memory) {
        return _mirrored[operator][root];
    }

    /// @inheritdoc IAnchorMirror
    function checkpointOf(uint64 height) external view returns (Checkpoint memory) {
        return _checkpoints[height];
    }

    /// @inheritdoc IAnchorMirror
    function source() external view returns (Source memory) {
        return Source(_chainId, _anchors, _codeHash);
    }

    function _checkpoint(uint64 height, bytes32 blockHash) private {
        if (blockHash == 0) revert AnchorMirrorMalformed(height);
        Checkpoint memory known = _checkpoints[height];
        if (known.checkpointedAt != 0) {
            if (known.blockHash != bytes27(blockHash)) revert AnchorMirrorConflict(height);
            return;
        }
        _checkpoints[height] = Checkpoint(bytes27(blockHash), blockTime());
        emit Checkpointed(height, blockHash);
    }

    /// @dev Refuses a block that no checkpoint names.
    function _requireCheckpoint(uint256 height, bytes32 blockHash) private view returns (uint64, uint40) {
        Checkpoint memory known = _checkpoints[uint64(height)];
        bool isNamed = known.checkpointedAt != 0 && known.blockHash == bytes27(blockHash);
        if (height > type(uint64).max || !isNamed) revert AnchorMirrorNoCheckpoint(height, blockHash);
        return (uint64(height), known.checkpointedAt);
    }

    /// @dev Reads the anchor's slot from the source's storage in a state; refuses other code and an empty slot.
    function _read(
        bytes32 stateRoot,
        address operator,
        bytes32 root,
        Proof calldata proof
    ) private view returns (uint40 anchoredAt, uint32 leafCount) {
        bytes memory encoded = TrieProof.traverse(stateRoot, _keyOf(abi.encodePacked(_anchors)), proof.account);
        Memory.Slice[] memory account = RLP.decodeList(encoded);
        bytes32 codeHash = account[CODE_HASH].readBytes32();
        if (codeHash != _codeHash) revert AnchorMirrorOtherCode(codeHash);

        bytes32 slot = ANCHORS.deriveMapping(operator).deriveMapping(root);
        bytes32 storageRoot = account[STORAGE_ROOT].readBytes32();
        uint256 word = RLP.decodeUint256(TrieProof.traverse(storageRoot, _keyOf(abi.encode(slot)), proof.anchor));
        return (uint40(word), uint32(word >> 40));
    }

    /// @dev The path in a state or storage trie: the hash of what is looked for.
    function _keyOf(bytes memory name) private pure returns (bytes memory) {
        return abi.encodePacked(keccak256(name));
    }
}
