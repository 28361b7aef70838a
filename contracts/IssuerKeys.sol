// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {blockTime} from "./BlockTime.sol";
import {Issuers} from "./Issuers.sol";
import {IIssuerKeys} from "./interfaces/IIssuerKeys.sol";

/// @title IssuerKeys
/// @notice See {IIssuerKeys}.
abstract contract IssuerKeys is Issuers, IIssuerKeys {
    /// @inheritdoc IIssuerKeys
    uint40 public constant ISSUER_REACH = 30 days;

    bytes32 private constant REGISTER_KEY = keccak256(
        "RegisterKey(bytes32 issuerId,bytes32 thumbprint,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant RETIRE_KEY = keccak256(
        "RetireKey(bytes32 issuerId,bytes32 thumbprint,uint40 at,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant REPORT_COMPROMISE = keccak256(
        "ReportCompromise(bytes32 issuerId,bytes32 thumbprint,uint40 since)"
    );

    // What `compromisedSince` says of a key that never was its issuer's alone.
    uint40 private constant THE_BEGINNING = 1;

    mapping(bytes32 issuerId => mapping(bytes32 thumbprint => Key)) private _keys;

    /// @inheritdoc IIssuerKeys
    function registerKey(bytes32 issuerId, bytes32 thumbprint) external {
        _register(msg.sender, issuerId, thumbprint);
    }

    /// @inheritdoc IIssuerKeys
    function registerKeyFor(
        address account,
        bytes32 issuerId,
        bytes32 thumbprint,
        uint256 deadline,
        bytes calldata signature
    ) external {
        bool done = _isRegistered(issuerId, thumbprint);
        bytes32 structHash = keccak256(abi.encode(REGISTER_KEY, issuerId, thumbprint, nonces(account), deadline));
        _useMessage(done, account, structHash, deadline, signature);
        if (!done) _register(account, issuerId, thumbprint);
    }

    /// @inheritdoc IIssuerKeys
    function retireKey(bytes32 issuerId, bytes32 thumbprint, uint40 at_) external {
        _retire(msg.sender, issuerId, thumbprint, at_);
    }

    /// @inheritdoc IIssuerKeys
    function retireKeyFor(
        address account,
        bytes32 issuerId,
        bytes32 thumbprint,
        uint40 at_,
        uint256 deadline,
        bytes calldata signature
    ) external {
        bool done = _endsBy(_keys[issuerId][thumbprint], at_);
        bytes32 structHash = keccak256(abi.encode(RETIRE_KEY, issuerId, thumbprint, at_, nonces(account), deadline));
        _useMessage(done, account, structHash, deadline, signature);
        if (!done) _retire(account, issuerId, thumbprint, at_);
    }

    /// @inheritdoc IIssuerKeys
    function reportCompromise(
        bytes32 issuerId,
        bytes32 thumbprint,
        uint40 since,
        bytes32[] calldata labels,
        Link[] calldata path
    ) external {
        _report(msg.sender, issuerId, thumbprint, since, labels, path);
    }

    /// @inheritdoc IIssuerKeys
    function reportCompromiseFor(
        address reporter,
        bytes32 issuerId,
        bytes32 thumbprint,
        uint40 since,
        bytes32[] calldata labels,
        Link[] calldata path,
        bytes calldata signature
    ) external {
        bytes32 structHash = keccak256(abi.encode(REPORT_COMPROMISE, issuerId, thumbprint, since));
        _requireSignedEverywhere(reporter, structHash, signature);
        _report(reporter, issuerId, thumbprint, since, labels, path);
    }

    /// @inheritdoc IIssuerKeys
    function keyOf(bytes32 issuerId, bytes32 thumbprint) external view returns (Key memory) {
        return _keys[issuerId][thumbprint];
    }

    function _register(address account, bytes32 issuerId, bytes32 thumbprint) private {
        _requireAccount(account, issuerId);
        if (_isRegistered(issuerId, thumbprint)) return;

        Key storage key = _keys[issuerId][thumbprint];
        if (key.retiredAt != 0 || key.compromisedSince != 0) revert IssuerKeysEnded(issuerId, thumbprint);
        key.registeredAt = blockTime();
        key.binding = _issuers[issuerId].bindings - 1;
        emit KeyRegistered(issuerId, thumbprint);
    }

    function _retire(address account, bytes32 issuerId, bytes32 thumbprint, uint40 at_) private {
        _requireAccount(account, issuerId);
        Key storage key = _keys[issuerId][thumbprint];
        if (key.registeredAt == 0) revert IssuerKeysUnknown(issuerId, thumbprint);
        if (_endsBy(key, at_)) return;
        if (at_ < blockTime()) revert IssuerKeysTime(at_, blockTime());

        key.retiredAt = at_;
        emit KeyRetired(issuerId, thumbprint, at_);
    }

    function _report(
        address reporter,
        bytes32 issuerId,
        bytes32 thumbprint,
        uint40 since,
        bytes32[] calldata labels,
        Link[] calldata path
    ) private {
        if (since > blockTime()) revert IssuerKeysTime(since, blockTime());
        uint40 earliest = _earliestReport(reporter, issuerId, labels, path);
        if (since < earliest) since = earliest;

        Key storage key = _keys[issuerId][thumbprint];
        if (key.compromisedSince != 0 && key.compromisedSince <= since) return;
        key.compromisedSince = since;
        emit KeyCompromised(issuerId, thumbprint, since, reporter);
    }

    /// @dev How far back the reporter's word reaches; refuses who has none. A sponsor that is the issuer's account,
    /// too, speaks as the account when it shows no path.
    function _earliestReport(
        address reporter,
        bytes32 issuerId,
        bytes32[] calldata labels,
        Link[] calldata path
    ) private view returns (uint40) {
        if (reporter == authority) return THE_BEGINNING;
        bool asSponsor = path.length != 0 && reporter == _issuers[issuerId].sponsor;
        if (!asSponsor && reporter == accountOf(issuerId)) return blockTime() - ISSUER_REACH;
        _requireSponsor(reporter, issuerId, labels, path);
        return THE_BEGINNING;
    }

    function _requireAccount(address account, bytes32 issuerId) private view {
        if (account == address(0) || account != accountOf(issuerId)) revert IssuersNotAccount(account, issuerId);
    }

    /// @dev A key counts as registered only if the binding under which it was registered still stands.
    function _isRegistered(bytes32 issuerId, bytes32 thumbprint) private view returns (bool) {
        Key memory key = _keys[issuerId][thumbprint];
        bool hasEnded = key.retiredAt != 0 || key.compromisedSince != 0;
        return key.registeredAt != 0 && !hasEnded && !_bindings[issuerId][key.binding].annulled;
    }

    function _endsBy(Key storage key, uint40 at_) private view returns (bool) {
        bool isRetired = key.retiredAt != 0 && key.retiredAt <= at_;
        bool isCompromised = key.compromisedSince != 0 && key.compromisedSince <= at_;
        return isRetired || isCompromised;
    }
}
