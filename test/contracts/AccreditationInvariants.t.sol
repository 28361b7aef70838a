// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IAccreditations} from "../../contracts/interfaces/IAccreditations.sol";
import {IIssuerKeys} from "../../contracts/interfaces/IIssuerKeys.sol";
import {IIssuers} from "../../contracts/interfaces/IIssuers.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

/// @title AccreditationHandler
/// @notice Accredits, confirms and registers at random, later and later, and keeps its own books.
contract AccreditationHandler is RegistryTest {
    uint256 public constant KEYS = 4;

    uint32 public records = 1;
    mapping(uint32 number => uint40) public validFrom;
    mapping(uint32 number => uint40) public earliestEnd;
    mapping(uint32 number => IAccreditationPaths.Annulment) public firstAnnulment;
    mapping(uint256 key => uint40) public earliestRetirement;
    mapping(uint256 key => uint40) public earliestCompromise;

    constructor() {
        super.setUp();
        confirmCollege();
        (validFrom[0], earliestEnd[0]) = (START, OPEN);
    }

    /// @dev Done by then; the fuzzer calls it, too.
    function setUp() public override {}

    function wait(uint24 seconds_) external {
        vm.warp(block.timestamp + seconds_);
    }

    function accredit() external {
        vm.prank(REGION);
        uint32 number = registry.accredit(COLLEGE, ATTEST, welding(), OPEN, regionPath());
        if (number < records) return;
        (validFrom[number], earliestEnd[number]) = (uint40(block.timestamp), OPEN);
        records = number + 1;
    }

    function withdraw(uint32 number, uint24 later) external {
        number %= records;
        uint40 at_ = uint40(block.timestamp + later);
        vm.prank(REGION);
        registry.withdraw(record(number), at_, regionPath());
        bool isAnnulled = firstAnnulment[number] != IAccreditationPaths.Annulment.None;
        if (!isAnnulled && at_ < earliestEnd[number]) earliestEnd[number] = at_;
    }

    function annul(uint32 number, uint8 reason) external {
        number %= records;
        IAccreditationPaths.Annulment annulment = IAccreditationPaths.Annulment(1 + (reason % 3));
        vm.prank(REGION);
        registry.annul(record(number), annulment, regionPath());
        if (firstAnnulment[number] == IAccreditationPaths.Annulment.None) firstAnnulment[number] = annulment;
    }

    function rotate(uint8 account) external {
        vm.prank(AUTHORITY);
        registry.confirmIssuer(ISSUER_ID, address(uint160(1 + (account % 3))), ATTEST, anywhere(), noPath());
    }

    function release() external {
        vm.prank(AUTHORITY);
        registry.releaseIssuer(ISSUER_ID, anywhere(), noPath());
    }

    function registerKey(uint256 key) external {
        vm.prank(registry.accountOf(ISSUER_ID));
        try registry.registerKey(ISSUER_ID, bytes32(key % KEYS)) {} catch {}
    }

    function retireKey(uint256 key, uint24 later) external {
        key %= KEYS;
        uint40 at_ = uint40(block.timestamp + later);
        bool isCompromised = earliestCompromise[key] != 0;
        vm.prank(registry.accountOf(ISSUER_ID));
        try registry.retireKey(ISSUER_ID, bytes32(key), at_) {
            bool isEarlier = earliestRetirement[key] == 0 || at_ < earliestRetirement[key];
            if (isEarlier && !isCompromised) earliestRetirement[key] = at_;
        } catch {}
    }

    function reportCompromise(uint256 key, uint24 earlier) external {
        key %= KEYS;
        uint40 since = uint40(block.timestamp - earlier);
        vm.prank(AUTHORITY);
        registry.reportCompromise(ISSUER_ID, bytes32(key), since, anywhere(), noPath());
        if (earliestCompromise[key] == 0 || since < earliestCompromise[key]) earliestCompromise[key] = since;
    }

    function recordNow(uint32 number) external view returns (IAccreditationPaths.Accreditation memory) {
        return registry.accreditationOf(COLLEGE, ATTEST, scopeOf(welding()), REGION, number);
    }

    function issuerNow() external view returns (IIssuers.Issuer memory) {
        return registry.issuerOf(ISSUER_ID);
    }

    function bindingNow(uint32 number) external view returns (IIssuers.Binding memory) {
        return registry.bindingOf(ISSUER_ID, number);
    }

    function keyNow(uint256 key) external view returns (IIssuerKeys.Key memory) {
        return registry.keyOf(ISSUER_ID, bytes32(key));
    }

    function record(uint32 number) private pure returns (IAccreditations.RecordId memory) {
        return IAccreditations.RecordId(COLLEGE, ATTEST, welding(), REGION, number);
    }
}

/// @title AccreditationInvariants
/// @notice What stays true whatever the authority, an accreditor and an issuer do, in any order.
contract AccreditationInvariants {
    AccreditationHandler private _handler;

    function setUp() public {
        _handler = new AccreditationHandler();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function invariant_an_accreditation_begins_once_and_ends_only_earlier() public view {
        for (uint32 number = 0; number < _handler.records(); ++number) {
            IAccreditationPaths.Accreditation memory record = _handler.recordNow(number);
            vm.assertEq(record.validFrom, _handler.validFrom(number), "validFrom");
            uint40 end = record.withdrawnFrom == 0 ? type(uint40).max : record.withdrawnFrom;
            vm.assertEq(end, _handler.earliestEnd(number), "end");
            vm.assertEq(uint256(record.annulment), uint256(_handler.firstAnnulment(number)), "annulment");
        }
    }

    function invariant_bindings_follow_each_other_without_overlap() public view {
        IIssuers.Issuer memory issuer = _handler.issuerNow();
        for (uint32 number = 1; number < issuer.bindings; ++number) {
            IIssuers.Binding memory before = _handler.bindingNow(number - 1);
            vm.assertLe(before.from, before.until, "period");
            vm.assertLe(before.until, _handler.bindingNow(number).from, "order");
        }
    }

    function invariant_the_end_of_a_key_only_moves_earlier() public view {
        for (uint256 i = 0; i < _handler.KEYS(); ++i) {
            IIssuerKeys.Key memory key = _handler.keyNow(i);
            vm.assertEq(key.retiredAt, _handler.earliestRetirement(i), "retiredAt");
            vm.assertEq(key.compromisedSince, _handler.earliestCompromise(i), "compromisedSince");
        }
    }
}
