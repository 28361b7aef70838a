// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RLP} from "@openzeppelin/contracts/utils/RLP.sol";
import {AnchorMirror} from "../../contracts/AnchorMirror.sol";
import {IAnchorMirror} from "../../contracts/interfaces/IAnchorMirror.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {StateTrie} from "./StateTrie.sol";
import {vm} from "./Vm.sol";

/// @title AnchorMirrorTest
/// @notice OPERATOR has anchored ROOT at ANCHORED_AT on a chain of which there is a mirror here.
abstract contract AnchorMirrorTest is RegistryTest {
    /// @dev What the source chain's state holds at one block.
    struct World {
        address at_; // Of the contract that is looked at.
        bytes32 codeHash;
        address operator;
        bytes32 root;
        uint40 anchoredAt;
        uint32 leafCount;
        uint64 height;
    }

    address internal constant SOURCE = address(uint160(uint256(keccak256("anchors over there"))));
    bytes32 internal constant CODE_HASH = keccak256("an AnchorRegistry's code");
    bytes32 internal constant ROOT = keccak256("root");
    uint40 internal constant ANCHORED_AT = START - 1000;
    uint64 internal constant HEIGHT = 21_000_000;

    AnchorMirror internal mirror;

    function setUp() public virtual override {
        super.setUp();
        mirror = new AnchorMirror(registry, IAnchorMirror.Source(1, SOURCE, CODE_HASH));
    }

    function world() internal pure returns (World memory) {
        return World(SOURCE, CODE_HASH, OPERATOR, ROOT, ANCHORED_AT, 1024, HEIGHT);
    }

    /// @dev The proof that a node of the source chain would give of `it`.
    function prove(World memory it) internal pure returns (IAnchorMirror.Proof memory) {
        return prove(it, 3, 2);
    }

    /// @dev The same, where accounts and anchors are that many branches deep.
    function prove(
        World memory it,
        uint256 accountDepth,
        uint256 anchorDepth
    ) internal pure returns (IAnchorMirror.Proof memory proof) {
        bytes memory word = RLP.encode((uint256(it.leafCount) << 40) | it.anchoredAt);
        bytes32 root;
        (root, proof.anchor) = StateTrie.prove(abi.encode(slotOf(it.operator, it.root)), word, anchorDepth);
        bytes memory account = StateTrie.account(root, it.codeHash);
        (root, proof.account) = StateTrie.prove(abi.encodePacked(it.at_), account, accountDepth);
        proof.header = StateTrie.header(root, it.height);
    }

    /// @dev Where an AnchorRegistry keeps an anchor; {StorageTest} holds it to that.
    function slotOf(address operator, bytes32 root) internal pure returns (bytes32) {
        return keccak256(abi.encode(root, keccak256(abi.encode(operator, 3))));
    }

    function checkpoint(uint64 height, bytes memory header) internal {
        vm.prank(AUTHORITY);
        mirror.checkpoint(height, keccak256(header));
    }

    function anchor() internal view returns (IAnchorMirror.MirroredAnchor memory) {
        return mirror.anchorOf(OPERATOR, ROOT);
    }
}
