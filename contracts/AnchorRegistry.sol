// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {blockTime} from "./BlockTime.sol";
import {SignedMessages} from "./SignedMessages.sol";
import {IAccreditationRegistry} from "./interfaces/IAccreditationRegistry.sol";
import {IAccreditationPaths} from "./interfaces/IAccreditationPaths.sol";
import {IAnchorRegistry} from "./interfaces/IAnchorRegistry.sol";

/// @title AnchorRegistry
/// @notice See {IAnchorRegistry}.
contract AnchorRegistry is IAnchorRegistry, SignedMessages {
    /// @inheritdoc IAnchorRegistry
    IAccreditationRegistry public immutable accreditations;

    bytes32 private constant ANCHOR = keccak256("Anchor(bytes32 root,uint32 leafCount,uint256 nonce,uint256 deadline)");

    mapping(address operator => mapping(bytes32 root => Anchor)) private _anchors;

    constructor(IAccreditationRegistry accreditations_) {
        accreditations = accreditations_;
    }

    /// @inheritdoc IAnchorRegistry
    function anchor(bytes32 root, uint32 leafCount, IAccreditationPaths.Link[] calldata path) external {
        _requireRight(msg.sender, path);
        _anchor(msg.sender, root, leafCount);
    }

    /// @inheritdoc IAnchorRegistry
    function anchorMany(Batch[] calldata batches, IAccreditationPaths.Link[] calldata path) external {
        _requireRight(msg.sender, path);
        for (uint256 i = 0; i < batches.length; ++i) {
            _anchor(msg.sender, batches[i].root, batches[i].leafCount);
        }
    }

    /// @inheritdoc IAnchorRegistry
    function anchorFor(
        address operator,
        bytes32 root,
        uint32 leafCount,
        IAccreditationPaths.Link[] calldata path,
        uint256 deadline,
        bytes calldata signature
    ) external {
        Anchor memory known = _anchors[operator][root];
        bool done = known.anchoredAt != 0 && known.leafCount == leafCount;
        bytes32 structHash = keccak256(abi.encode(ANCHOR, root, leafCount, nonces(operator), deadline));
        _useMessage(done, operator, structHash, deadline, signature);
        if (done) return;
        _requireRight(operator, path);
        _anchor(operator, root, leafCount);
    }

    /// @inheritdoc IAnchorRegistry
    function anchorOf(address operator, bytes32 root) external view returns (Anchor memory) {
        return _anchors[operator][root];
    }

    /// @inheritdoc IAnchorRegistry
    function isIncluded(
        address operator,
        bytes32 root,
        bytes32 leaf,
        bytes32[] calldata proof
    ) external view returns (bool) {
        uint32 leafCount = _anchors[operator][root].leafCount;
        // The proof's length keeps inner nodes from passing as leaves.
        bool isWhole = leafCount != 0 && 1 << proof.length == leafCount;
        return isWhole && MerkleProof.verifyCalldata(proof, root, leaf);
    }

    function _anchor(address operator, bytes32 root, uint32 leafCount) private {
        bool isPadded = leafCount >= 8 && leafCount & (leafCount - 1) == 0;
        if (root == 0 || !isPadded) revert AnchorRegistryMalformed(root, leafCount);

        Anchor storage known = _anchors[operator][root];
        if (known.anchoredAt != 0) {
            if (known.leafCount != leafCount) revert AnchorRegistryConflict(operator, root, known.leafCount);
            return;
        }
        _anchors[operator][root] = Anchor(blockTime(), leafCount);
        emit Anchored(operator, root, leafCount);
    }

    function _requireRight(address operator, IAccreditationPaths.Link[] calldata path) private view {
        bytes32[] memory noLabels = new bytes32[](0);
        if (!accreditations.accreditationAt(operator, IAccreditationPaths.Right.Anchor, noLabels, path, blockTime())) {
            revert AnchorRegistryNotAccredited(operator);
        }
    }
}
