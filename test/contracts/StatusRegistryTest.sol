// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IStatusRegistry} from "../../contracts/interfaces/IStatusRegistry.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

/// @title StatusRegistryTest
/// @notice COLLEGE speaks for the issuer; one of its lists.
abstract contract StatusRegistryTest is RegistryTest {
    uint64 internal constant LIST = 7;

    function setUp() public override {
        super.setUp();
        confirmCollege();
    }

    function one(uint16 word, uint256 mask) internal pure returns (IStatusRegistry.Update[] memory updates) {
        updates = new IStatusRegistry.Update[](1);
        updates[0] = IStatusRegistry.Update(word, mask);
    }

    function two(
        uint16 word,
        uint256 mask,
        uint16 word2,
        uint256 mask2
    ) internal pure returns (IStatusRegistry.Update[] memory updates) {
        updates = new IStatusRegistry.Update[](2);
        updates[0] = IStatusRegistry.Update(word, mask);
        updates[1] = IStatusRegistry.Update(word2, mask2);
    }

    function revoke(address actor, uint16 word, uint256 mask) internal {
        vm.prank(actor);
        statuses.revoke(ISSUER_ID, LIST, one(word, mask));
    }

    function suspend(uint64 counter, uint16 word, uint256 mask) internal {
        vm.prank(COLLEGE);
        statuses.suspend(ISSUER_ID, LIST, counter, one(word, mask));
    }

    function reinstate(uint64 counter, uint16 word, uint256 mask) internal {
        vm.prank(COLLEGE);
        statuses.reinstate(ISSUER_ID, LIST, counter, one(word, mask));
    }

    function statusOf(uint16 word) internal view returns (IStatusRegistry.Status memory) {
        uint16[] memory words = new uint16[](1);
        words[0] = word;
        return statuses.statusOf(ISSUER_ID, LIST, words)[0];
    }

    function setOperator(address operator, bool allowed) internal {
        vm.prank(COLLEGE);
        statuses.setOperator(ISSUER_ID, operator, allowed);
    }

    function expectNotAllowed(address caller) internal {
        vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.StatusRegistryNotAllowed.selector, caller, ISSUER_ID));
    }

    function expectMalformed(uint16 word, uint256 mask) internal {
        vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.StatusRegistryMalformed.selector, word, mask));
    }

    function expectStale(uint64 expected, uint64 actual) internal {
        vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.StatusRegistryStale.selector, expected, actual));
    }
}
