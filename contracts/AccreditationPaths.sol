// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {blockTime} from "./BlockTime.sol";
import {IAccreditationPaths} from "./interfaces/IAccreditationPaths.sol";

/// @title AccreditationPaths
/// @notice The records of {IAccreditationPaths}, and the walk along a path of them up to the authority.
abstract contract AccreditationPaths is IAccreditationPaths {
    /// @inheritdoc IAccreditationPaths
    uint256 public constant MAX_LINKS = 6;

    /// @inheritdoc IAccreditationPaths
    address public immutable authority;

    // Keyed by the hash of what names a record (see _key), so that a record can name another in 16 bytes.
    mapping(bytes32 key => Accreditation) internal _records;

    constructor(address authority_) {
        if (authority_ == address(0)) revert AccreditationsNoAuthority();
        authority = authority_;
    }

    /// @inheritdoc IAccreditationPaths
    function accreditationAt(
        address subject,
        Right right,
        bytes32[] calldata labels,
        Link[] calldata path,
        uint40 time
    ) external view returns (bool) {
        if (subject == authority) return true;
        if (path.length > MAX_LINKS) return false;
        (bytes32 head, ) = _walk(subject, right, _scopes(labels), path, 0, time);
        return head != 0;
    }

    /// @inheritdoc IAccreditationPaths
    function accreditationOf(
        address subject,
        Right right,
        bytes32 scope,
        address accreditor,
        uint32 number
    ) external view returns (Accreditation memory) {
        return _records[_key(subject, right, scope, accreditor, number)];
    }

    /// @dev Refuses unless `account` is the authority or may accredit now over the last of `scopes`. Returns the key of
    /// the record by which it may; zero for the authority.
    function _requireAccreditor(
        address account,
        bytes32[] memory scopes,
        Link[] calldata path,
        uint256 limit
    ) internal view returns (bytes32) {
        return account == authority ? bytes32(0) : _requirePath(account, Right.Accredit, scopes, path, 0, limit);
    }

    /// @dev Refuses unless `path`, at most `limit` links long, shows from its link `start` on that `account` holds
    /// `right` now. The authority, too, needs the records that it claims. Returns the key of the account's own record.
    function _requirePath(
        address account,
        Right right,
        bytes32[] memory scopes,
        Link[] calldata path,
        uint256 start,
        uint256 limit
    ) internal view returns (bytes32) {
        if (path.length > limit) revert AccreditationsNotAccredited(account, limit);
        (bytes32 key, uint256 links) = _walk(account, right, scopes, path, start, blockTime());
        if (key == 0) revert AccreditationsNotAccredited(account, links);
        return key;
    }

    /// @dev Follows `path` from its link `start` on up to the authority. Returns the key of the account's own record, or
    /// zero and the position of the link that fails.
    function _walk(
        address account,
        Right right,
        bytes32[] memory scopes,
        Link[] calldata path,
        uint256 start,
        uint40 time
    ) private view returns (bytes32 head, uint256 i) {
        uint256 depth = start == 0 ? scopes.length - 1 : path[start - 1].depth;
        for (i = start; i < path.length; ++i) {
            Link memory link = path[i];
            if (link.depth > depth) return (0, i);
            depth = link.depth;
            bytes32 key = _key(account, right, scopes[depth], link.accreditor, link.number);
            if (!_isValidAt(_records[key], time)) return (0, i);
            if (i == start) head = key;
            if (link.accreditor == authority) return (i + 1 == path.length ? head : bytes32(0), i + 1);
            (account, right) = (link.accreditor, Right.Accredit);
        }
        return (0, i);
    }

    function _isValidAt(Accreditation storage record, uint40 time) internal view returns (bool) {
        // Read in one go: one load of the slot. What was never written ended at zero.
        (uint40 from, uint40 until, uint40 withdrawnFrom, Annulment annulment) = (
            record.validFrom,
            record.validUntil,
            record.withdrawnFrom,
            record.annulment
        );
        bool isIn = from <= time && time < until && (withdrawnFrom == 0 || time < withdrawnFrom);
        return isIn && annulment == Annulment.None;
    }

    /// @dev The scopes of all beginnings of `labels`: the empty path's first, the whole's last.
    function _scopes(bytes32[] calldata labels) internal pure returns (bytes32[] memory scopes) {
        scopes = new bytes32[](labels.length + 1);
        for (uint256 i = 0; i < labels.length; ++i) {
            scopes[i + 1] = Hashes.efficientKeccak256(scopes[i], labels[i]);
        }
    }

    function _scope(bytes32[] memory scopes) internal pure returns (bytes32) {
        return scopes[scopes.length - 1];
    }

    /// @dev keccak256(abi.encode(subject, right, scope, accreditor, index)), for a third of the gas: paths are made of it.
    function _key(
        address subject,
        Right right,
        bytes32 scope,
        address accreditor,
        uint32 index
    ) internal pure returns (bytes32 key) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, shr(96, shl(96, subject)))
            mstore(add(words, 0x20), and(right, 0xff))
            mstore(add(words, 0x40), scope)
            mstore(add(words, 0x60), shr(96, shl(96, accreditor)))
            mstore(add(words, 0x80), and(index, 0xffffffff))
            key := keccak256(words, 0xa0)
        }
    }
}
