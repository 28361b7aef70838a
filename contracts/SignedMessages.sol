// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {ISignedMessages} from "./interfaces/ISignedMessages.sol";

/// @title SignedMessages
/// @notice See {ISignedMessages}.
abstract contract SignedMessages is ISignedMessages, EIP712, Nonces {
    bytes32 private constant EVERYWHERE_TYPE_HASH = keccak256("EIP712Domain(string name,string version)");

    bytes32 private immutable _everywhere = keccak256(
        abi.encode(EVERYWHERE_TYPE_HASH, keccak256("Livret"), keccak256("1"))
    );

    constructor() EIP712("Livret", "1") {}

    /// @dev Uses up a message for this contract on this chain. `structHash` contains `nonces(signer)`.
    /// What is `done` needs no message any longer: refusing it would let a copied message fail the original.
    function _useMessage(
        bool done,
        address signer,
        bytes32 structHash,
        uint256 deadline,
        bytes calldata signature
    ) internal {
        bool timely = block.timestamp <= deadline;
        if (timely && _isSigned(signer, _hashTypedDataV4(structHash), signature)) {
            _useNonce(signer);
            return;
        }
        if (done) return;
        if (!timely) revert SignedMessagesExpired(deadline);
        revert SignedMessagesNotSigned(signer);
    }

    /// @dev Refuses what `signer` did not sign in the domain that names no chain.
    function _requireSignedEverywhere(address signer, bytes32 structHash, bytes calldata signature) internal view {
        bytes32 digest = MessageHashUtils.toTypedDataHash(_everywhere, structHash);
        if (!_isSigned(signer, digest, signature)) revert SignedMessagesNotSigned(signer);
    }

    function _isSigned(address signer, bytes32 digest, bytes calldata signature) private view returns (bool) {
        return SignatureChecker.isValidSignatureNowCalldata(signer, digest, signature);
    }
}
