// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditations} from "../../contracts/interfaces/IAccreditations.sol";
import {IIssuers} from "../../contracts/interfaces/IIssuers.sol";
import {RegistryTest} from "./RegistryTest.sol";

/// @title ActorFacts
/// @notice What can be read of two issuers and six accounts, and who of those may change it.
abstract contract ActorFacts is RegistryTest {
    /// @dev Something that can be read of the registries, and whether the actor in question may change it.
    struct Fact {
        bytes32 value;
        bool isTheirs;
    }

    uint256 internal constant KEYS = 3;
    uint64 internal constant LIST = 1;

    address[6] internal _actors = [AUTHORITY, REGION, COLLEGE, RIVAL, OPERATOR, STRANGER];
    bytes32[2] internal _issuers = [ISSUER_ID, keccak256("did:web:rival.example")];

    function facts(address actor) internal view returns (Fact[] memory all) {
        all = new Fact[](26);
        for (uint256 i = 0; i < 2; ++i) {
            Fact[6] memory one = factsOf(_issuers[i], actor);
            for (uint256 j = 0; j < 6; ++j) all[i * 6 + j] = one[j];
        }
        for (uint256 i = 0; i < 6; ++i) {
            all[12 + i * 2] = Fact(recordsBy(_actors[i]), actor == _actors[i]);
            all[13 + i * 2] = Fact(anchorsBy(_actors[i]), actor == _actors[i]);
        }
        all[24] = Fact(endOf(collegeRecord()), actor == REGION || actor == AUTHORITY);
        all[25] = Fact(endOf(strangerRecord()), actor == RIVAL || actor == AUTHORITY);
    }

    function factsOf(bytes32 issuerId, address actor) private view returns (Fact[6] memory) {
        IIssuers.Issuer memory issuer = registry.issuerOf(issuerId);
        bool isAccount = actor == registry.accountOf(issuerId);
        bool isAbove = actor == AUTHORITY || actor == issuer.sponsor;
        bool isOperator = statuses.isOperator(issuerId, actor);
        return
            [
                Fact(bindingsOf(issuerId, issuer), isAbove),
                Fact(bytes32(uint256(uint160(issuer.custodian))), isAbove),
                Fact(keysOf(issuerId, false), isAccount),
                Fact(keysOf(issuerId, true), isAccount || isAbove),
                Fact(statusesOf(issuerId), isAccount || isOperator || actor == issuer.custodian),
                Fact(operatorsOf(issuerId), isAccount)
            ];
    }

    function bindingsOf(bytes32 issuerId, IIssuers.Issuer memory issuer) private view returns (bytes32 hash) {
        hash = keccak256(abi.encode(issuer.sponsor, issuer.bindings));
        for (uint32 i = 0; i < issuer.bindings; ++i)
            hash = keccak256(abi.encode(hash, registry.bindingOf(issuerId, i)));
    }

    function keysOf(bytes32 issuerId, bool compromise) private view returns (bytes32 hash) {
        for (uint256 i = 0; i < KEYS; ++i) {
            uint40 since = registry.keyOf(issuerId, bytes32(i)).compromisedSince;
            uint40 registeredAt = registry.keyOf(issuerId, bytes32(i)).registeredAt;
            uint40 retiredAt = registry.keyOf(issuerId, bytes32(i)).retiredAt;
            hash = keccak256(compromise ? abi.encode(hash, since) : abi.encode(hash, registeredAt, retiredAt));
        }
    }

    function statusesOf(bytes32 issuerId) private view returns (bytes32) {
        return keccak256(abi.encode(statuses.statusOf(issuerId, LIST, new uint16[](1))));
    }

    function operatorsOf(bytes32 issuerId) private view returns (bytes32 hash) {
        for (uint256 i = 0; i < 6; ++i) hash = keccak256(abi.encode(hash, statuses.isOperator(issuerId, _actors[i])));
    }

    /// @dev Which first records `accreditor` has written for any of the accounts.
    function recordsBy(address accreditor) private view returns (bytes32 hash) {
        bytes32 scope = scopeOf(labelsOf(accreditor));
        for (uint256 i = 0; i < 6; ++i) {
            uint40 from = registry.accreditationOf(_actors[i], ATTEST, scope, accreditor, 0).validFrom;
            hash = keccak256(abi.encode(hash, from));
        }
    }

    function anchorsBy(address operator) private view returns (bytes32 hash) {
        for (uint8 i = 0; i < 3; ++i) hash = keccak256(abi.encode(hash, anchors.anchorOf(operator, rootOf(i))));
    }

    function endOf(IAccreditations.RecordId memory record) private view returns (bytes32) {
        bytes32 scope = scopeOf(record.labels);
        return
            keccak256(abi.encode(registry.accreditationOf(record.subject, record.right, scope, record.accreditor, 0)));
    }

    function strangerRecord() internal pure returns (IAccreditations.RecordId memory) {
        return IAccreditations.RecordId(STRANGER, ATTEST, references(), RIVAL, 0);
    }

    /// @dev A scope over which `actor` may accredit, if it may at all.
    function labelsOf(address actor) internal pure returns (bytes32[] memory) {
        return actor == RIVAL ? references() : training();
    }

    function rootOf(uint8 which) internal pure returns (bytes32) {
        return bytes32(uint256(1 + (which % 3)));
    }
}
