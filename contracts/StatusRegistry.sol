// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SignedMessages} from "./SignedMessages.sol";
import {IAccreditationRegistry} from "./interfaces/IAccreditationRegistry.sol";
import {IStatusRegistry} from "./interfaces/IStatusRegistry.sol";

/// @title StatusRegistry
/// @notice See {IStatusRegistry}.
contract StatusRegistry is IStatusRegistry, SignedMessages {
    /// @dev What {suspend} and {reinstate} have in common.
    struct Change {
        bytes32 issuerId;
        uint64 list;
        uint64 counter;
        bool suspends; // Otherwise it reinstates.
    }

    /// @inheritdoc IStatusRegistry
    IAccreditationRegistry public immutable accreditations;

    uint16 private constant WORDS = 512;

    bytes32 private constant UPDATE = keccak256("Update(uint16 word,uint256 mask)");
    bytes32 private constant REVOKE = keccak256(
        "Revoke(bytes32 issuerId,uint64 list,Update[] updates)Update(uint16 word,uint256 mask)"
    );
    bytes32 private constant SUSPEND = keccak256(
        "Suspend(bytes32 issuerId,uint64 list,uint64 counter,Update[] updates,uint256 nonce,uint256 deadline)Update(uint16 word,uint256 mask)"
    );
    bytes32 private constant REINSTATE = keccak256(
        "Reinstate(bytes32 issuerId,uint64 list,uint64 counter,Update[] updates,uint256 nonce,uint256 deadline)Update(uint16 word,uint256 mask)"
    );
    bytes32 private constant SET_OPERATOR = keccak256(
        "SetOperator(bytes32 issuerId,address operator,bool allowed,uint256 nonce,uint256 deadline)"
    );

    mapping(bytes32 issuerId => mapping(uint64 list => mapping(uint16 word => uint256))) private _revoked;
    mapping(bytes32 issuerId => mapping(uint64 list => mapping(uint16 word => uint256))) private _suspended;
    mapping(bytes32 issuerId => mapping(uint64 list => uint64)) private _suspensions;
    mapping(bytes32 issuerId => mapping(address operator => bool)) private _operators;

    constructor(IAccreditationRegistry accreditations_) {
        accreditations = accreditations_;
    }

    /// @inheritdoc IStatusRegistry
    function revoke(bytes32 issuerId, uint64 list, Update[] calldata updates) external {
        _revoke(msg.sender, issuerId, list, updates);
    }

    /// @inheritdoc IStatusRegistry
    function revokeFor(
        address actor,
        bytes32 issuerId,
        uint64 list,
        Update[] calldata updates,
        bytes calldata signature
    ) external {
        _requireSignedEverywhere(actor, keccak256(abi.encode(REVOKE, issuerId, list, _hash(updates))), signature);
        _revoke(actor, issuerId, list, updates);
    }

    /// @inheritdoc IStatusRegistry
    function suspend(bytes32 issuerId, uint64 list, uint64 counter, Update[] calldata updates) external {
        _change(msg.sender, Change(issuerId, list, counter, true), updates);
    }

    /// @inheritdoc IStatusRegistry
    function suspendFor(
        address actor,
        bytes32 issuerId,
        uint64 list,
        uint64 counter,
        Update[] calldata updates,
        uint256 deadline,
        bytes calldata signature
    ) external {
        _changeFor(actor, Change(issuerId, list, counter, true), updates, deadline, signature);
    }

    /// @inheritdoc IStatusRegistry
    function reinstate(bytes32 issuerId, uint64 list, uint64 counter, Update[] calldata updates) external {
        _change(msg.sender, Change(issuerId, list, counter, false), updates);
    }

    /// @inheritdoc IStatusRegistry
    function reinstateFor(
        address actor,
        bytes32 issuerId,
        uint64 list,
        uint64 counter,
        Update[] calldata updates,
        uint256 deadline,
        bytes calldata signature
    ) external {
        _changeFor(actor, Change(issuerId, list, counter, false), updates, deadline, signature);
    }

    /// @inheritdoc IStatusRegistry
    function setOperator(bytes32 issuerId, address operator, bool allowed) external {
        _setOperator(msg.sender, issuerId, operator, allowed);
    }

    /// @inheritdoc IStatusRegistry
    function setOperatorFor(
        address account,
        bytes32 issuerId,
        address operator,
        bool allowed,
        uint256 deadline,
        bytes calldata signature
    ) external {
        bool done = _operators[issuerId][operator] == allowed;
        bytes32 structHash = keccak256(
            abi.encode(SET_OPERATOR, issuerId, operator, allowed, nonces(account), deadline)
        );
        _useMessage(done, account, structHash, deadline, signature);
        if (!done) _setOperator(account, issuerId, operator, allowed);
    }

    /// @inheritdoc IStatusRegistry
    function statusOf(
        bytes32 issuerId,
        uint64 list,
        uint16[] calldata words
    ) external view returns (Status[] memory statuses) {
        statuses = new Status[](words.length);
        for (uint256 i = 0; i < words.length; ++i) {
            statuses[i] = Status(_revoked[issuerId][list][words[i]], _suspended[issuerId][list][words[i]]);
        }
    }

    /// @inheritdoc IStatusRegistry
    function suspensionsOf(bytes32 issuerId, uint64 list) external view returns (uint64) {
        return _suspensions[issuerId][list];
    }

    /// @inheritdoc IStatusRegistry
    function isOperator(bytes32 issuerId, address operator) external view returns (bool) {
        return _operators[issuerId][operator];
    }

    function _revoke(address actor, bytes32 issuerId, uint64 list, Update[] calldata updates) private {
        _requireAllowed(actor, issuerId);
        mapping(uint16 word => uint256) storage revoked = _revoked[issuerId][list];
        for (uint256 i = 0; i < updates.length; ++i) {
            (uint16 word, uint256 mask) = _parse(updates[i]);
            uint256 known = revoked[word];
            uint256 added = mask & ~known;
            if (added == 0) continue;
            revoked[word] = known | mask;
            emit Revoked(issuerId, list, word, added);
        }
    }

    function _changeFor(
        address actor,
        Change memory change,
        Update[] calldata updates,
        uint256 deadline,
        bytes calldata signature
    ) private {
        bool done = _isDone(change, updates);
        bytes32 structHash = keccak256(
            abi.encode(
                change.suspends ? SUSPEND : REINSTATE,
                change.issuerId,
                change.list,
                change.counter,
                _hash(updates),
                nonces(actor),
                deadline
            )
        );
        _useMessage(done, actor, structHash, deadline, signature);
        if (!done) _change(actor, change, updates);
    }

    function _change(address actor, Change memory change, Update[] calldata updates) private {
        _requireAllowed(actor, change.issuerId);
        if (_isDone(change, updates)) return;
        uint64 counter = _suspensions[change.issuerId][change.list];
        if (change.counter != counter) revert StatusRegistryStale(change.counter, counter);

        _suspensions[change.issuerId][change.list] = counter + 1;
        mapping(uint16 word => uint256) storage suspended = _suspended[change.issuerId][change.list];
        for (uint256 i = 0; i < updates.length; ++i) {
            (uint16 word, uint256 mask) = _parse(updates[i]);
            uint256 changed = _changed(change.suspends, suspended[word], mask);
            if (changed == 0) continue;
            suspended[word] ^= changed;
            if (change.suspends) emit Suspended(change.issuerId, change.list, word, changed);
            else emit Reinstated(change.issuerId, change.list, word, changed);
        }
    }

    /// @dev Whether every entry is as asked for; refuses malformed updates.
    function _isDone(Change memory change, Update[] calldata updates) private view returns (bool) {
        mapping(uint16 word => uint256) storage suspended = _suspended[change.issuerId][change.list];
        uint256 changed = 0;
        for (uint256 i = 0; i < updates.length; ++i) {
            (uint16 word, uint256 mask) = _parse(updates[i]);
            changed |= _changed(change.suspends, suspended[word], mask);
        }
        return changed == 0;
    }

    function _setOperator(address account, bytes32 issuerId, address operator, bool allowed) private {
        if (account == address(0) || account != accreditations.accountOf(issuerId)) {
            revert StatusRegistryNotAllowed(account, issuerId);
        }
        if (_operators[issuerId][operator] == allowed) return;

        _operators[issuerId][operator] = allowed;
        emit OperatorSet(issuerId, operator, allowed);
    }

    /// @dev Operators first: they revoke most, and looking them up costs no call.
    function _requireAllowed(address actor, bytes32 issuerId) private view {
        bool isAllowed =
            _operators[issuerId][actor] ||
                accreditations.accountOf(issuerId) == actor ||
                accreditations.issuerOf(issuerId).custodian == actor;
        if (!isAllowed || actor == address(0)) revert StatusRegistryNotAllowed(actor, issuerId);
    }

    /// @dev The entries among `mask` that are not yet as they should be.
    function _changed(bool suspends, uint256 suspended, uint256 mask) private pure returns (uint256) {
        return suspends ? mask & ~suspended : mask & suspended;
    }

    function _parse(Update calldata update) private pure returns (uint16 word, uint256 mask) {
        (word, mask) = (update.word, update.mask);
        if (word >= WORDS || mask == 0) revert StatusRegistryMalformed(word, mask);
    }

    function _hash(Update[] calldata updates) private pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](updates.length);
        for (uint256 i = 0; i < updates.length; ++i) {
            hashes[i] = keccak256(abi.encode(UPDATE, updates[i].word, updates[i].mask));
        }
        return keccak256(abi.encodePacked(hashes));
    }
}
