// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IAccreditations} from "../../contracts/interfaces/IAccreditations.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

/// @title PathHandler
/// @notice Lets the authority and three accounts accredit each other at random, by good paths and by bad ones, and
/// works out from its own books who could hand on what.
contract PathHandler is RegistryTest {
    /// @dev What was written, as the books have it.
    struct Entry {
        address subject;
        IAccreditationPaths.Right right;
        uint8 depth; // How many labels of welding() make up the scope.
        address accreditor;
        uint32 number;
        uint40 from;
        uint40 end;
        bool annulled;
    }

    uint256 private constant MAX_ENTRIES = 12;

    /// @dev How many records were written by somebody who could not hand on that much.
    uint256 public unfounded;
    /// @dev How many times the registry said that a right holds which the books do not know.
    uint256 public unknown;
    Entry[] private _entries;

    constructor() {
        super.setUp();
    }

    /// @dev Done by then; the fuzzer calls it, too.
    function setUp() public override {}

    function wait(uint8 seconds_) external {
        vm.warp(block.timestamp + seconds_);
    }

    function accredit(uint8 who, uint8 whom, bool toHandOn, uint8 depth, uint16 period, uint64 seed) external {
        if (_entries.length == MAX_ENTRIES) return;
        (address accreditor, address subject) = (account(who), account(1 + (whom % 3)));
        IAccreditationPaths.Right right = toHandOn ? ACCREDIT : ATTEST;
        depth %= 3;
        uint40 until = uint40(block.timestamp) + 1 + period;
        vm.prank(accreditor);
        try registry.accredit(subject, right, labelsOf(depth), until, guess(accreditor, seed)) returns (uint32 number) {
            if (isKnown(subject, right, depth, accreditor, number)) return;
            if (!mayHandOn(accreditor, depth, uint40(block.timestamp))) ++unfounded;
            _entries.push(Entry(subject, right, depth, accreditor, number, uint40(block.timestamp), until, false));
        } catch {}
    }

    function withdraw(uint256 which, uint8 later) external {
        if (_entries.length == 0) return;
        Entry storage entry = _entries[which % _entries.length];
        uint40 at_ = uint40(block.timestamp) + later;
        vm.prank(AUTHORITY);
        registry.withdraw(idOf(entry), at_, noPath());
        if (at_ < entry.end) entry.end = at_;
    }

    function annul(uint256 which) external {
        if (_entries.length == 0) return;
        Entry storage entry = _entries[which % _entries.length];
        vm.prank(AUTHORITY);
        registry.annul(idOf(entry), IAccreditationPaths.Annulment.Fraud, noPath());
        entry.annulled = true;
    }

    function look(uint8 who, bool toHandOn, uint8 depth, uint64 seed, uint8 earlier) external {
        address subject = account(1 + (who % 3));
        IAccreditationPaths.Right right = toHandOn ? ACCREDIT : ATTEST;
        depth %= 3;
        uint40 time = uint40(block.timestamp) - earlier;
        bool holds = registry.accreditationAt(subject, right, labelsOf(depth), guess(subject, seed), time);
        if (holds && !isFounded(subject, right, depth, time, 6)) ++unknown;
    }

    /// @dev A path that climbs from account to account by records in the books: not asked whether they hold, cover
    /// the scope or, once in eight, belong to the account at all.
    function guess(address from, uint256 seed) private view returns (IAccreditationPaths.Link[] memory) {
        IAccreditationPaths.Link[] memory links = new IAccreditationPaths.Link[](6);
        for (uint256 i = 0; i < 6; ++i) {
            (bool found, Entry memory entry) = pick(from, seed >> (i * 8));
            if (!found) return shorten(links, i);
            links[i] = link(entry.accreditor, entry.number, entry.depth);
            from = entry.accreditor;
            if (from == AUTHORITY) return shorten(links, i + 1);
        }
        return links;
    }

    function pick(address subject, uint256 seed) private view returns (bool, Entry memory entry) {
        bool isForged = seed % 8 == 0;
        for (uint256 i = 0; i < _entries.length; ++i) {
            entry = _entries[(seed + i) % _entries.length];
            if (isForged || (entry.subject == subject && entry.right == ACCREDIT)) return (true, entry);
        }
        return (false, entry);
    }

    /// @dev The plainest way to put it: some record holds, and who wrote it could hand on as much.
    function isFounded(
        address subject,
        IAccreditationPaths.Right right,
        uint8 depth,
        uint40 time,
        uint256 links
    ) private view returns (bool) {
        for (uint256 i = 0; links != 0 && i < _entries.length; ++i) {
            Entry storage entry = _entries[i];
            bool isAsked = entry.subject == subject && entry.right == right && entry.depth <= depth;
            if (!isAsked || entry.annulled || time < entry.from || entry.end <= time) continue;
            if (entry.accreditor == AUTHORITY) return true;
            if (isFounded(entry.accreditor, ACCREDIT, entry.depth, time, links - 1)) return true;
        }
        return false;
    }

    function mayHandOn(address accreditor, uint8 depth, uint40 time) private view returns (bool) {
        return accreditor == AUTHORITY || isFounded(accreditor, ACCREDIT, depth, time, 5);
    }

    function isKnown(
        address subject,
        IAccreditationPaths.Right right,
        uint8 depth,
        address accreditor,
        uint32 number
    ) private view returns (bool) {
        for (uint256 i = 0; i < _entries.length; ++i) {
            Entry storage entry = _entries[i];
            bool isSame = entry.subject == subject && entry.right == right && entry.depth == depth;
            if (isSame && entry.accreditor == accreditor && entry.number == number) return true;
        }
        return false;
    }

    function idOf(Entry storage entry) private view returns (IAccreditations.RecordId memory) {
        return
            IAccreditations.RecordId(entry.subject, entry.right, labelsOf(entry.depth), entry.accreditor, entry.number);
    }

    function account(uint8 which) private pure returns (address) {
        return which % 4 == 0 ? AUTHORITY : chained(which % 4);
    }

    function labelsOf(uint8 depth) private pure returns (bytes32[] memory labels) {
        return
            depth == 0
                ? anywhere()
                : depth == 1
                    ? training()
                    : welding();
    }

    function shorten(
        IAccreditationPaths.Link[] memory links,
        uint256 length
    ) private pure returns (IAccreditationPaths.Link[] memory shorter) {
        shorter = new IAccreditationPaths.Link[](length);
        for (uint256 i = 0; i < length; ++i) shorter[i] = links[i];
    }
}

/// @title PathInvariants
/// @notice What stays true whoever accredits whom, in any order and by whatever path.
contract PathInvariants {
    PathHandler private _handler;

    function setUp() public {
        _handler = new PathHandler();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    /// hardhat-config: default.invariant.runs = 16
    /// hardhat-config: ci.invariant.runs = 128
    function invariant_nobody_accredits_without_a_path_to_the_authority() public view {
        vm.assertEq(_handler.unfounded(), 0, "unfounded");
    }

    /// hardhat-config: default.invariant.runs = 16
    /// hardhat-config: ci.invariant.runs = 128
    function invariant_no_right_ever_held_without_a_path_to_the_authority() public view {
        vm.assertEq(_handler.unknown(), 0, "unknown");
    }
}
