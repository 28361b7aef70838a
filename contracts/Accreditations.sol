// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccreditationPaths} from "./AccreditationPaths.sol";
import {blockTime} from "./BlockTime.sol";
import {SignedMessages} from "./SignedMessages.sol";
import {IAccreditations} from "./interfaces/IAccreditations.sol";

/// @title Accreditations
/// @notice See {IAccreditations}: giving rights, and ending them.
abstract contract Accreditations is SignedMessages, AccreditationPaths, IAccreditations {
    bytes32 private constant ACCREDIT = keccak256(
        "Accredit(address subject,uint8 right,bytes32 scope,uint40 validUntil,Link by,uint256 nonce,uint256 deadline)Link(address accreditor,uint32 number,uint8 depth)"
    );
    bytes32 private constant LINK = keccak256("Link(address accreditor,uint32 number,uint8 depth)");
    bytes32 private constant WITHDRAW = keccak256(
        "Withdraw(address subject,uint8 right,bytes32 scope,address accreditor,uint32 number,uint40 at,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant ANNUL = keccak256(
        "Annul(address subject,uint8 right,bytes32 scope,address accreditor,uint32 number,uint8 reason,uint256 nonce,uint256 deadline)"
    );

    /// @dev What {accredit} is asked for.
    struct Grant {
        address accreditor;
        address subject;
        Right right;
        bytes32[] scopes;
        uint40 validUntil;
    }

    /// @inheritdoc IAccreditations
    function accredit(
        address subject,
        Right right,
        bytes32[] calldata labels,
        uint40 validUntil,
        Link[] calldata path
    ) external returns (uint32 number) {
        Grant memory grant = Grant(msg.sender, subject, right, _scopes(labels), validUntil);
        bool done;
        (number, done) = _number(grant);
        if (!done) _accredit(grant, number, path);
    }

    /// @inheritdoc IAccreditations
    function accreditFor(
        address accreditor,
        address subject,
        Right right,
        bytes32[] calldata labels,
        uint40 validUntil,
        Link[] calldata path,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint32 number) {
        Grant memory grant = Grant(accreditor, subject, right, _scopes(labels), validUntil);
        bool done;
        (number, done) = _number(grant);
        _useMessage(done, accreditor, _hashGrant(grant, path, deadline), deadline, signature);
        if (!done) _accredit(grant, number, path);
    }

    /// @inheritdoc IAccreditations
    function withdraw(RecordId calldata record, uint40 at_, Link[] calldata path) external {
        _withdraw(msg.sender, record, at_, path);
    }

    /// @inheritdoc IAccreditations
    function withdrawFor(
        address actor,
        RecordId calldata record,
        uint40 at_,
        Link[] calldata path,
        uint256 deadline,
        bytes calldata signature
    ) external {
        (, bytes32 key) = _find(record);
        bool done = _isOver(_records[key], at_);
        _useMessage(done, actor, _hashEnd(WITHDRAW, actor, record, at_, deadline), deadline, signature);
        if (!done) _withdraw(actor, record, at_, path);
    }

    /// @inheritdoc IAccreditations
    function annul(RecordId calldata record, Annulment reason, Link[] calldata path) external {
        _annul(msg.sender, record, reason, path);
    }

    /// @inheritdoc IAccreditations
    function annulFor(
        address actor,
        RecordId calldata record,
        Annulment reason,
        Link[] calldata path,
        uint256 deadline,
        bytes calldata signature
    ) external {
        (, bytes32 key) = _find(record);
        bool done = _records[key].annulment != Annulment.None;
        _useMessage(done, actor, _hashEnd(ANNUL, actor, record, uint8(reason), deadline), deadline, signature);
        if (!done) _annul(actor, record, reason, path);
    }

    function _accredit(Grant memory grant, uint32 number, Link[] calldata path) private {
        uint40 now_ = blockTime();
        if (grant.validUntil <= now_) revert AccreditationsPast(grant.validUntil, now_);
        if (grant.right == Right.Anchor && grant.scopes.length > 1) {
            revert AccreditationsAnchorScope(grant.scopes.length - 1);
        }
        bytes32 parent = _requireAccreditor(grant.accreditor, grant.scopes, path, MAX_LINKS - 1);

        bytes32 scope = _scope(grant.scopes);
        _records[_key(grant.subject, grant.right, scope, grant.accreditor, number)] = Accreditation({
            validFrom: now_,
            validUntil: grant.validUntil,
            withdrawnFrom: 0,
            annulment: Annulment.None,
            parent: bytes16(parent)
        });
        emit Accredited(grant.subject, scope, grant.accreditor, grant.right, number, grant.validUntil);
    }

    /// @dev The first free number, unless the same right lasts until the same second already under an earlier one.
    function _number(Grant memory grant) private view returns (uint32 number, bool done) {
        bytes32 scope = _scope(grant.scopes);
        while (true) {
            Accreditation storage record = _records[_key(grant.subject, grant.right, scope, grant.accreditor, number)];
            if (record.validFrom == 0) return (number, false);
            bool isSame = record.validUntil == grant.validUntil && record.withdrawnFrom == 0;
            if (isSame && _isValidAt(record, blockTime())) return (number, true);
            ++number;
        }
    }

    function _withdraw(address actor, RecordId calldata record, uint40 at_, Link[] calldata path) private {
        (bytes32[] memory scopes, bytes32 key) = _find(record);
        _requireAbove(actor, record.accreditor, scopes, _records[key].parent, path);
        if (_isOver(_records[key], at_)) return;
        if (at_ < blockTime()) revert AccreditationsPast(at_, blockTime());

        _records[key].withdrawnFrom = at_;
        emit Withdrawn(record.subject, _scope(scopes), record.accreditor, record.right, record.number, at_, actor);
    }

    function _annul(address actor, RecordId calldata record, Annulment reason, Link[] calldata path) private {
        if (reason == Annulment.None) revert AccreditationsNoReason();
        (bytes32[] memory scopes, bytes32 key) = _find(record);
        if (record.right == Right.Accredit && actor != authority) {
            revert AccreditationsNotAbove(actor, record.accreditor);
        }
        _requireAbove(actor, record.accreditor, scopes, _records[key].parent, path);
        if (_records[key].annulment != Annulment.None) return;

        _records[key].annulment = reason;
        emit Annulled(record.subject, _scope(scopes), record.accreditor, record.right, record.number, reason, actor);
    }

    /// @dev Refuses unless `actor` is the authority, or wrote the record or one that it descends from and may still
    /// accredit. Descent is read from the records: an accreditor whom nobody asked to accredit somebody else's
    /// accreditor is not above it.
    function _requireAbove(
        address actor,
        address accreditor,
        bytes32[] memory scopes,
        bytes16 parent,
        Link[] calldata path
    ) private view {
        if (actor == authority) return;

        uint256 start = 0;
        address account = accreditor;
        while (account != actor) {
            if (start == path.length || path[start].depth >= scopes.length) {
                revert AccreditationsNotAbove(actor, accreditor);
            }
            bytes32 key = _linkKey(account, scopes, path[start]);
            if (bytes16(key) != parent) revert AccreditationsNotAbove(actor, accreditor);
            parent = _records[key].parent;
            account = path[start].accreditor;
            ++start;
        }
        _requirePath(actor, Right.Accredit, scopes, path, start, MAX_LINKS - 1);
    }

    function _find(RecordId calldata record) private view returns (bytes32[] memory scopes, bytes32 key) {
        scopes = _scopes(record.labels);
        bytes32 scope = _scope(scopes);
        key = _key(record.subject, record.right, scope, record.accreditor, record.number);
        if (_records[key].validFrom == 0) {
            revert AccreditationsNoRecord(record.subject, record.right, scope, record.accreditor, record.number);
        }
    }

    /// @dev Whether the record has ended by `at_`, a second not before its first.
    function _isOver(Accreditation storage record, uint40 at_) private view returns (bool) {
        return record.validFrom <= at_ && !_isValidAt(record, at_);
    }

    function _linkKey(address account, bytes32[] memory scopes, Link memory link) private pure returns (bytes32) {
        return _key(account, Right.Accredit, scopes[link.depth], link.accreditor, link.number);
    }

    function _hashGrant(Grant memory grant, Link[] calldata path, uint256 deadline) private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    ACCREDIT,
                    grant.subject,
                    grant.right,
                    _scope(grant.scopes),
                    grant.validUntil,
                    _hashHead(path),
                    nonces(grant.accreditor),
                    deadline
                )
            );
    }

    function _hashHead(Link[] calldata path) private pure returns (bytes32) {
        Link memory head;
        if (path.length != 0) head = path[0];
        return keccak256(abi.encode(LINK, head));
    }

    function _hashEnd(
        bytes32 typeHash,
        address actor,
        RecordId calldata record,
        uint256 change,
        uint256 deadline
    ) private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    typeHash,
                    record.subject,
                    record.right,
                    _scope(_scopes(record.labels)),
                    record.accreditor,
                    record.number,
                    change,
                    nonces(actor),
                    deadline
                )
            );
    }
}
