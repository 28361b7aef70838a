// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IAccreditations} from "../../contracts/interfaces/IAccreditations.sol";
import {IStatusRegistry} from "../../contracts/interfaces/IStatusRegistry.sol";
import {ActorFacts} from "./ActorFacts.sol";
import {vm} from "./Vm.sol";

/// @title ActorHandler
/// @notice Lets six accounts try everything on two issuers, for themselves and in the name of others, and counts what
/// changed though it was not theirs to change.
contract ActorHandler is ActorFacts {
    /// @dev Who tries something: on which issuer, with whom, and with what number.
    struct Try {
        address actor;
        bytes32 issuerId;
        address other;
        uint16 number;
    }

    uint256 private constant FORGERS_KEY = 0xF0261;

    uint256 public trespasses;

    constructor() {
        super.setUp();
        confirmCollege();
        accreditByAuthority(RIVAL, ACCREDIT, references());
        accreditByAuthority(OPERATOR, ANCHOR, anywhere());
        accreditByAuthority(RIVAL, ANCHOR, anywhere());
        vm.prank(RIVAL);
        registry.accredit(STRANGER, ATTEST, references(), OPEN, regionPath());
        vm.prank(RIVAL);
        registry.confirmIssuer(_issuers[1], STRANGER, ATTEST, references(), pathOf(RIVAL));
        vm.prank(COLLEGE);
        statuses.setOperator(ISSUER_ID, OPERATOR, true);
    }

    /// @dev Done by then; the fuzzer calls it, too.
    function setUp() public override {}

    function wait(uint24 seconds_) external {
        vm.warp(block.timestamp + seconds_);
    }

    function govern(uint8 who, uint8 what, uint8 whose, uint8 whom, uint16 number) external {
        Try memory it = newTry(who, whose, whom, number);
        bytes32[] memory labels = labelsOf(it.actor);
        bytes memory move;
        if (what % 5 == 0) {
            (bytes32[] memory scope, address sponsor) = number % 2 == 0 ? (welding(), REGION) : (references(), RIVAL);
            move = abi.encodeCall(registry.confirmIssuer, (it.issuerId, it.other, ATTEST, scope, pathOf(sponsor)));
        } else if (what % 5 == 1) move = abi.encodeCall(registry.releaseIssuer, (it.issuerId, labels, regionPath()));
        else if (what % 5 == 2) {
            move = abi.encodeCall(registry.nameCustodian, (it.issuerId, it.other, labels, regionPath()));
        } else if (what % 5 == 3) move = abi.encodeCall(registry.annulBinding, (it.issuerId, number % 4));
        else move = abi.encodeCall(registry.accredit, (it.other, ATTEST, labels, until(number), regionPath()));
        act(it.actor, address(registry), move);
    }

    function end(uint8 who, uint8 what, uint16 number) external {
        IAccreditations.RecordId memory record = number % 2 == 0 ? collegeRecord() : strangerRecord();
        IAccreditationPaths.Annulment reason = IAccreditationPaths.Annulment.Fraud;
        bytes memory move =
            what % 4 == 0
                ? abi.encodeCall(registry.annul, (record, reason, regionPath()))
                : abi.encodeCall(registry.withdraw, (record, until(number), regionPath()));
        act(_actors[who % 6], address(registry), move);
    }

    function issue(uint8 who, uint8 what, uint8 whose, uint8 whom, uint16 number) external {
        Try memory it = newTry(who, whose, whom, number);
        (bytes32 key, uint40 before) = (bytes32(number % KEYS), uint40(block.timestamp) - number);
        bytes memory move;
        if (what % 3 == 0) move = abi.encodeCall(registry.registerKey, (it.issuerId, key));
        else if (what % 3 == 1) move = abi.encodeCall(registry.retireKey, (it.issuerId, key, until(number)));
        else {
            bytes32[] memory labels = labelsOf(it.actor);
            move = abi.encodeCall(registry.reportCompromise, (it.issuerId, key, before, labels, regionPath()));
        }
        act(it.actor, address(registry), move);
        move = abi.encodeCall(statuses.setOperator, (it.issuerId, it.other, what % 2 == 0));
        act(it.actor, address(statuses), move);
    }

    function operate(uint8 who, uint8 what, uint8 whose, uint16 number) external {
        Try memory it = newTry(who, whose, who, number);
        uint64 counter = statuses.suspensionsOf(it.issuerId, LIST);
        bytes memory move;
        if (what % 3 == 0) move = abi.encodeCall(statuses.revoke, (it.issuerId, LIST, updates(number)));
        else if (what % 3 == 1) move = abi.encodeCall(statuses.suspend, (it.issuerId, LIST, counter, updates(number)));
        else move = abi.encodeCall(statuses.reinstate, (it.issuerId, LIST, counter, updates(number)));
        act(it.actor, address(statuses), move);
        act(it.actor, address(anchors), abi.encodeCall(anchors.anchor, (rootOf(what), 8, anchoring())));
    }

    /// @dev Brings a message to the AccreditationRegistry as if `whom` had signed it.
    function forge(uint8 what, uint8 whose, uint8 whom, uint16 number) external {
        Try memory it = newTry(0, whose, whom, number);
        (bytes memory move, bytes32 key) = ("", bytes32(number % KEYS));
        IAccreditations.RecordId memory record = it.other == RIVAL ? strangerRecord() : collegeRecord();
        bytes32[] memory labels = labelsOf(it.other);
        if (what % 7 == 0) {
            move = abi.encodeCall(registry.registerKeyFor, (it.other, it.issuerId, key, OPEN, forged()));
        } else if (what % 7 == 1) {
            move = abi.encodeCall(registry.retireKeyFor, (it.other, it.issuerId, key, until(number), OPEN, forged()));
        } else if (what % 7 == 2) {
            move = abi.encodeCall(
                registry.reportCompromiseFor,
                (it.other, it.issuerId, key, START, labels, regionPath(), forged())
            );
        } else if (what % 7 == 3) {
            move = abi.encodeCall(
                registry.confirmIssuerFor,
                (it.other, it.issuerId, OPERATOR, ATTEST, labels, pathOf(it.other), OPEN, forged())
            );
        } else if (what % 7 == 4) {
            move = abi.encodeCall(
                registry.accreditFor,
                (it.other, OPERATOR, ATTEST, labels, OPEN, regionPath(), OPEN, forged())
            );
        } else if (what % 7 == 5) {
            move = abi.encodeCall(registry.withdrawFor, (it.other, record, until(9), regionPath(), OPEN, forged()));
        } else {
            move = abi.encodeCall(
                registry.annulFor,
                (it.other, record, IAccreditationPaths.Annulment.Error, regionPath(), OPEN, forged())
            );
        }
        act(address(1), address(registry), move);
    }

    /// @dev Brings messages to the other two registries as if `whom` had signed them.
    function forgeOperating(uint8 what, uint8 whose, uint8 whom, uint16 number) external {
        Try memory it = newTry(0, whose, whom, number);
        uint64 counter = statuses.suspensionsOf(it.issuerId, LIST);
        bytes memory move = abi.encodeCall(anchors.anchorFor, (it.other, rootOf(what), 8, anchoring(), OPEN, forged()));
        act(address(1), address(anchors), move);
        if (what % 3 == 0) {
            move = abi.encodeCall(statuses.revokeFor, (it.other, it.issuerId, LIST, updates(number), forged()));
        } else if (what % 3 == 1) {
            move = abi.encodeCall(statuses.setOperatorFor, (it.other, it.issuerId, RIVAL, true, OPEN, forged()));
        } else {
            move = abi.encodeCall(
                number % 2 == 0 ? statuses.suspendFor : statuses.reinstateFor,
                (it.other, it.issuerId, LIST, counter, updates(number), OPEN, forged())
            );
        }
        act(address(1), address(statuses), move);
    }

    /// @dev Nobody need be allowed to; but nothing may change that is not the actor's to change.
    function act(address actor, address target, bytes memory move) private {
        Fact[] memory before = facts(actor);
        vm.prank(actor);
        (bool isDone, ) = target.call(move);
        Fact[] memory now_ = facts(actor);
        for (uint256 i = 0; i < before.length; ++i) {
            bool hasChanged = before[i].value != now_[i].value;
            if (hasChanged && !(isDone && before[i].isTheirs)) ++trespasses;
        }
    }

    function newTry(uint8 who, uint8 whose, uint8 whom, uint16 number) private view returns (Try memory) {
        return Try(_actors[who % 6], _issuers[whose % 2], _actors[whom % 6], number);
    }

    /// @dev From a record that `accreditor` has written up to the authority.
    function pathOf(address accreditor) private pure returns (IAccreditationPaths.Link[] memory) {
        return path(link(accreditor, 0, accreditor == RIVAL ? 1 : 2), link(AUTHORITY, 0, 1));
    }

    function anchoring() private pure returns (IAccreditationPaths.Link[] memory) {
        return path(link(AUTHORITY, 0, 0));
    }

    function until(uint16 seconds_) private view returns (uint40) {
        return uint40(block.timestamp) + seconds_;
    }

    function updates(uint256 mask) private pure returns (IStatusRegistry.Update[] memory one) {
        one = new IStatusRegistry.Update[](1);
        one[0] = IStatusRegistry.Update(0, mask | 1);
    }

    function forged() private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(FORGERS_KEY, keccak256("what nobody else saw"));
        return abi.encodePacked(r, s, v);
    }
}

/// @title ActorInvariants
/// @notice What stays true whoever calls what, in whose name, in any order.
contract ActorInvariants {
    ActorHandler private _handler;

    function setUp() public {
        _handler = new ActorHandler();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    /// hardhat-config: default.invariant.runs = 16
    /// hardhat-config: ci.invariant.runs = 128
    function invariant_nobody_acts_for_another() public view {
        vm.assertEq(_handler.trespasses(), 0, "trespasses");
    }
}
