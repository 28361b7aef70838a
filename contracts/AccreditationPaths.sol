// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

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
        (bool holds, ) = _walk(subject, right, _scopes(labels), path, 0, time);
        return holds;
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

    /// @dev Refuses unless `account` is the authority or may accredit now over the last of `scopes`.
    function _requireAccreditor(
        address account,
        bytes32[] memory scopes,
        Link[] calldata path,
        uint256 limit
    ) internal view {
        if (account != authority) _requirePath(account, Right.Accredit, scopes, path, 0, limit);
    }

    /// @dev Refuses unless `path`, at most `limit` links long, shows from its link `start` on that `account` holds
    /// `right` now. The authority, too, needs the records that it claims.
    function _requirePath(
        address account,
        Right right,
        bytes32[] memory scopes,
        Link[] calldata path,
        uint256 start,
        uint256 limit
    ) internal view {
        if (path.length > limit) revert AccreditationsNotAccredited(account, limit);
        (bool holds, uint256 link) = _walk(account, right, scopes, path, start, blockTime());
        if (!holds) revert AccreditationsNotAccredited(account, link);
    }

    /// @dev Follows `path` from its link `start` on; says whether it ends at the authority, or which link fails.
    function _walk(
        address account,
        Right right,
        bytes32[] memory scopes,
        Link[] calldata path,
        uint256 start,
        uint40 time
    ) private view returns (bool holds, uint256 i) {
        uint256 depth = start == 0 ? scopes.length - 1 : path[start - 1].depth;
        for (i = start; i < path.length; ++i) {
            Link calldata link = path[i];
            if (link.depth > depth) return (false, i);
            depth = link.depth;
            if (!_isValidAt(_records[_key(account, right, scopes[depth], link.accreditor, link.number)], time)) {
                return (false, i);
            }
            if (link.accreditor == authority) return (i + 1 == path.length, i + 1);
            account = link.accreditor;
            right = Right.Accredit;
        }
    }

    function _isValidAt(Accreditation memory record, uint40 time) internal pure returns (bool) {
        return
            record.validFrom != 0 &&
            record.validFrom <= time &&
            time < _end(record) &&
            record.annulment == Annulment.None;
    }

    /// @dev First second after the record's period, as given or as shortened by a withdrawal.
    function _end(Accreditation memory record) internal pure returns (uint40) {
        bool withdrawn = record.withdrawnFrom != 0 && record.withdrawnFrom < record.validUntil;
        return withdrawn ? record.withdrawnFrom : record.validUntil;
    }

    /// @dev The scopes of all beginnings of `labels`: the empty path's first, the whole's last.
    function _scopes(bytes32[] calldata labels) internal pure returns (bytes32[] memory scopes) {
        scopes = new bytes32[](labels.length + 1);
        for (uint256 i = 0; i < labels.length; ++i) {
            scopes[i + 1] = keccak256(abi.encode(scopes[i], labels[i]));
        }
    }

    function _scope(bytes32[] memory scopes) internal pure returns (bytes32) {
        return scopes[scopes.length - 1];
    }

    function _key(
        address subject,
        Right right,
        bytes32 scope,
        address accreditor,
        uint32 number
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(subject, right, scope, accreditor, number));
    }
}
