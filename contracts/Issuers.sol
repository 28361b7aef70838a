// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Accreditations} from "./Accreditations.sol";
import {blockTime} from "./BlockTime.sol";
import {IIssuers} from "./interfaces/IIssuers.sol";

/// @title Issuers
/// @notice See {IIssuers}.
abstract contract Issuers is Accreditations, IIssuers {
    bytes32 private constant CONFIRM_ISSUER = keccak256(
        "ConfirmIssuer(bytes32 issuerId,address account,uint256 nonce,uint256 deadline)"
    );

    mapping(bytes32 issuerId => Issuer) internal _issuers;
    mapping(bytes32 issuerId => mapping(uint32 number => Binding)) internal _bindings;

    /// @inheritdoc IIssuers
    function confirmIssuer(
        bytes32 issuerId,
        address account,
        Right right,
        bytes32[] calldata labels,
        Link[] calldata path
    ) external {
        _confirm(msg.sender, issuerId, account, right, labels, path);
    }

    /// @inheritdoc IIssuers
    function confirmIssuerFor(
        address sponsor,
        bytes32 issuerId,
        address account,
        Right right,
        bytes32[] calldata labels,
        Link[] calldata path,
        uint256 deadline,
        bytes calldata signature
    ) external {
        if (_useConfirmation(sponsor, issuerId, account, deadline, signature)) return;
        _confirm(sponsor, issuerId, account, right, labels, path);
    }

    /// @inheritdoc IIssuers
    function releaseIssuer(bytes32 issuerId, bytes32[] calldata labels, Link[] calldata path) external {
        _requireSponsor(msg.sender, issuerId, labels, path);
        address account = accountOf(issuerId);
        if (account == address(0)) return;

        emit IssuerReleased(issuerId, account, _endBinding(issuerId));
    }

    /// @inheritdoc IIssuers
    function annulBinding(bytes32 issuerId, uint32 number) external {
        if (msg.sender != authority) revert IssuersNotSponsor(msg.sender, issuerId);
        if (number >= _issuers[issuerId].bindings) revert IssuersNoBinding(issuerId, number);

        Binding storage binding = _bindings[issuerId][number];
        if (binding.annulled) return;
        binding.annulled = true;
        emit BindingAnnulled(issuerId, binding.account, number);
    }

    /// @inheritdoc IIssuers
    function nameCustodian(
        bytes32 issuerId,
        address custodian,
        bytes32[] calldata labels,
        Link[] calldata path
    ) external {
        _requireSponsor(msg.sender, issuerId, labels, path);

        Issuer storage issuer = _issuers[issuerId];
        if (issuer.custodian == custodian) return;
        issuer.custodian = custodian;
        emit CustodianNamed(issuerId, custodian);
    }

    /// @inheritdoc IIssuers
    function issuerOf(bytes32 issuerId) external view returns (Issuer memory) {
        return _issuers[issuerId];
    }

    /// @inheritdoc IIssuers
    function bindingOf(bytes32 issuerId, uint32 number) external view returns (Binding memory) {
        return _bindings[issuerId][number];
    }

    /// @inheritdoc IIssuers
    function accountOf(bytes32 issuerId) public view returns (address) {
        uint32 bindings = _issuers[issuerId].bindings;
        if (bindings == 0) return address(0);
        Binding storage last = _bindings[issuerId][bindings - 1];
        return last.until == type(uint40).max && !last.annulled ? last.account : address(0);
    }

    /// @dev Refuses unless `caller` is the authority, or sponsors the issuer and holds `Accredit` over `labels` now.
    function _requireSponsor(
        address caller,
        bytes32 issuerId,
        bytes32[] calldata labels,
        Link[] calldata path
    ) internal view {
        Issuer storage issuer = _issuers[issuerId];
        if (caller != authority && caller != issuer.sponsor) revert IssuersNotSponsor(caller, issuerId);
        if (issuer.bindings == 0) revert IssuersNoBinding(issuerId, 0);
        _requireAccreditor(caller, _scopes(labels), path, MAX_LINKS);
    }

    function _isConfirmed(bytes32 issuerId, address account, address sponsor) private view returns (bool) {
        return accountOf(issuerId) == account && _issuers[issuerId].sponsor == sponsor;
    }

    function _confirm(
        address sponsor,
        bytes32 issuerId,
        address account,
        Right right,
        bytes32[] calldata labels,
        Link[] calldata path
    ) private {
        if (issuerId == 0 || account == address(0)) revert IssuersZero();
        if (sponsor != authority) _requireVouching(sponsor, issuerId, account, right, labels, path);

        if (_isConfirmed(issuerId, account, sponsor)) return;

        Issuer storage issuer = _issuers[issuerId];
        issuer.sponsor = sponsor;
        if (accountOf(issuerId) != account) {
            if (issuer.bindings != 0) _endBinding(issuerId);
            _bindings[issuerId][issuer.bindings] = Binding(account, blockTime(), type(uint40).max, false);
            ++issuer.bindings;
        }
        emit IssuerConfirmed(issuerId, account, sponsor, issuer.bindings - 1);
    }

    /// @dev Refuses unless `sponsor` may have the issuer, and wrote the record by which `account` is accredited now.
    function _requireVouching(
        address sponsor,
        bytes32 issuerId,
        address account,
        Right right,
        bytes32[] calldata labels,
        Link[] calldata path
    ) private view {
        address current = _issuers[issuerId].sponsor;
        bool isFree = current == address(0) || current == sponsor;
        if (!isFree || path.length == 0 || path[0].accreditor != sponsor) revert IssuersNotSponsor(sponsor, issuerId);
        _requirePath(account, right, _scopes(labels), path, 0, MAX_LINKS);
    }

    /// @dev Ends the last binding now, unless it has ended.
    function _endBinding(bytes32 issuerId) private returns (uint32 number) {
        number = _issuers[issuerId].bindings - 1;
        Binding storage last = _bindings[issuerId][number];
        if (last.until == type(uint40).max) last.until = blockTime();
    }

    function _useConfirmation(
        address sponsor,
        bytes32 issuerId,
        address account,
        uint256 deadline,
        bytes calldata signature
    ) private returns (bool done) {
        done = _isConfirmed(issuerId, account, sponsor);
        bytes32 structHash = keccak256(abi.encode(CONFIRM_ISSUER, issuerId, account, nonces(sponsor), deadline));
        _useMessage(done, sponsor, structHash, deadline, signature);
    }
}
