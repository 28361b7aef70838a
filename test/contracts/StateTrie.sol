// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RLP} from "@openzeppelin/contracts/utils/RLP.sol";

/// @title StateTrie
/// @notice Builds what a chain keeps and `eth_getProof` shows: headers, accounts, and Merkle Patricia tries with one
/// entry that is looked for and hashes of others beside it (Yellow Paper, sections 4 and appendix D).
library StateTrie {
    using RLP for RLP.Encoder;

    /// @dev A header as of Prague with a state root and a number, the rest made up.
    function header(bytes32 stateRoot, uint256 number) internal pure returns (bytes memory) {
        RLP.Encoder memory fields = RLP.encoder().push(keccak256("parent")).push(keccak256("ommers")).push(address(1));
        fields.push(stateRoot).push(keccak256("transactions")).push(keccak256("receipts")).push(new bytes(256));
        fields.push(uint256(0)).push(number).push(uint256(36_000_000)).push(uint256(12_345_678));
        fields.push(uint256(1_750_000_000)).push(bytes("made up")).push(keccak256("randao")).push(new bytes(8));
        fields.push(uint256(7)).push(keccak256("withdrawals")).push(uint256(0)).push(uint256(0));
        return fields.push(keccak256("beacon root")).push(keccak256("requests")).encode();
    }

    /// @dev A contract's account.
    function account(bytes32 storageRoot, bytes32 codeHash) internal pure returns (bytes memory) {
        return RLP.encoder().push(uint256(1)).push(uint256(0)).push(storageRoot).push(codeHash).encode();
    }

    /// @dev A trie in which `value` is at the hash of `name`, below `branches` branches; its root and the proof.
    function prove(
        bytes memory name,
        bytes memory value,
        uint256 branches
    ) internal pure returns (bytes32 root, bytes[] memory proof) {
        bytes32 key = keccak256(name);
        proof = new bytes[](branches + 1);
        proof[branches] = RLP.encoder().push(rest(key, branches)).push(value).encode();
        for (uint256 i = branches; i > 0; --i) proof[i - 1] = branch(nibble(key, i - 1), keccak256(proof[i]));
        root = keccak256(proof[0]);
    }

    /// @dev A branch that leads to `child` by one nibble and to others by the others.
    function branch(uint256 by, bytes32 child) internal pure returns (bytes memory) {
        RLP.Encoder memory node = RLP.encoder();
        for (uint256 i = 0; i < 16; ++i) node.push(i == by ? child : keccak256(abi.encode(child, i)));
        return node.push(bytes("")).encode();
    }

    /// @dev A branch that leads nowhere by one nibble.
    function branchWithout(uint256 by) internal pure returns (bytes memory) {
        RLP.Encoder memory node = RLP.encoder();
        for (uint256 i = 0; i < 16; ++i) {
            if (i == by) node.push(bytes(""));
            else node.push(keccak256(abi.encode(i)));
        }
        return node.push(bytes("")).encode();
    }

    function nibble(bytes32 key, uint256 position) internal pure returns (uint256) {
        return (uint256(key) >> (4 * (63 - position))) & 15;
    }

    /// @dev The path of a leaf: what is left of `key` after `used` nibbles, hex-prefix encoded.
    function rest(bytes32 key, uint256 used) private pure returns (bytes memory path) {
        bool isOdd = used % 2 == 1;
        path = abi.encodePacked(isOdd ? bytes1(uint8(0x30 + nibble(key, used))) : bytes1(0x20));
        for (uint256 i = isOdd ? used + 1 : used; i < 64; i += 2) path = abi.encodePacked(path, key[i / 2]);
    }
}
