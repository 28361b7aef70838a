// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAnchorRegistry} from "../../contracts/interfaces/IAnchorRegistry.sol";
import {IStatusRegistry} from "../../contracts/interfaces/IStatusRegistry.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

/// @title GasTest
/// @notice What each thing costs as a whole transaction, in a snapshot and within the budget of DESIGN.md, section 2.
contract GasTest is RegistryTest {
    uint256 private constant FIRST_ROOT = uint256(keccak256("roots"));

    function setUp() public override {
        super.setUp();
        confirmCollege();
        accreditByAuthority(OPERATOR, ANCHOR, anywhere());
        vm.prank(COLLEGE);
        statuses.setOperator(ISSUER_ID, OPERATOR, true);
    }

    function test_accredit_by_the_authority_costs_at_most_60_000() public {
        vm.prank(AUTHORITY);
        registry.accredit(STRANGER, ATTEST, welding(), OPEN, noPath());
        expectAtMost(60_000, "accredit by the authority");
    }

    function test_accredit_at_depth_5_costs_at_most_75_000() public {
        address fifth = accreditDownTo(5);
        vm.prank(fifth);
        registry.accredit(STRANGER, ATTEST, welding(), OPEN, chainPath(5));
        expectAtMost(75_000, "accredit at depth 5");
    }

    function test_accreditationAt_at_depth_6_costs_at_most_50_000() public {
        address fifth = accreditDownTo(5);
        vm.prank(fifth);
        registry.accredit(STRANGER, ATTEST, training(), OPEN, chainPath(5));
        (, bytes memory holds) = address(registry).call(
            abi.encodeCall(registry.accreditationAt, (STRANGER, ATTEST, training(), chainPath(6), START))
        );
        expectAtMost(50_000, "accreditationAt at depth 6");
        vm.assertTrue(abi.decode(holds, (bool)), "holds");
    }

    function test_anchor_costs_at_most_58_000() public {
        vm.prank(OPERATOR);
        anchors.anchor(bytes32(FIRST_ROOT), 1 << 16, path(link(AUTHORITY, 0, 0)));
        expectAtMost(58_000, "anchor");
    }

    function test_anchorMany_costs_at_most_27_000_for_each_further_root() public {
        uint256 one = anchorMany(0, 1, "anchorMany of 1 root");
        uint256 eleven = anchorMany(1, 11, "anchorMany of 11 roots");
        vm.assertLe((eleven - one) / 10, 27_000, "each further root");
    }

    function test_revoke_of_256_in_one_word_costs_at_most_52_000() public {
        vm.prank(OPERATOR);
        statuses.revoke(ISSUER_ID, 0, updates(1, type(uint256).max));
        expectAtMost(52_000, "revoke 256 in one word");
    }

    function test_revoke_of_100_over_8_words_costs_at_most_240_000() public {
        vm.prank(OPERATOR);
        statuses.revoke(ISSUER_ID, 0, updates(8, oneOfTwenty()));
        expectAtMost(240_000, "revoke 100 over 8 words");
    }

    function test_the_rest_is_in_the_snapshot() public {
        vm.prank(COLLEGE);
        statuses.revoke(ISSUER_ID, 0, updates(1, 1));
        vm.snapshotGasLastCall("gas", "revoke 1 by the issuer's account");

        vm.prank(COLLEGE);
        registry.registerKey(ISSUER_ID, THUMBPRINT);
        vm.snapshotGasLastCall("gas", "registerKey");

        vm.prank(AUTHORITY);
        registry.confirmIssuer("issuer", STRANGER, ATTEST, anywhere(), noPath());
        vm.snapshotGasLastCall("gas", "confirmIssuer by the authority");

        vm.prank(REGION);
        registry.withdraw(collegeRecord(), START, regionPath());
        vm.snapshotGasLastCall("gas", "withdraw at depth 1");
    }

    function anchorMany(uint256 from, uint256 count, string memory name) private returns (uint256) {
        IAnchorRegistry.Batch[] memory batches = new IAnchorRegistry.Batch[](count);
        for (uint256 i = 0; i < count; ++i) {
            batches[i] = IAnchorRegistry.Batch(keccak256(abi.encode(FIRST_ROOT, from + i)), 1 << 16);
        }
        vm.prank(OPERATOR);
        anchors.anchorMany(batches, path(link(AUTHORITY, 0, 0)));
        return vm.snapshotGasLastCall("gas", name);
    }

    function updates(uint16 words, uint256 mask) private pure returns (IStatusRegistry.Update[] memory many) {
        many = new IStatusRegistry.Update[](words);
        for (uint16 i = 0; i < words; ++i) many[i] = IStatusRegistry.Update(i, mask);
    }

    /// @dev Thirteen bits, far apart: eight such words are 104 entries.
    function oneOfTwenty() private pure returns (uint256 mask) {
        for (uint256 i = 0; i < 13; ++i) mask |= 1 << (i * 19 + 5);
    }

    function expectAtMost(uint256 budget, string memory name) private {
        vm.assertLe(vm.snapshotGasLastCall("gas", name), budget, name);
    }
}
