// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAnchorMirror} from "../../contracts/interfaces/IAnchorMirror.sol";
import {AnchorMirrorTest} from "./AnchorMirrorTest.sol";
import {vm} from "./Vm.sol";

/// @title MirrorGasTest
/// @notice What mirroring costs as a whole transaction, in a snapshot and within the budget of DESIGN.md, section 2.
contract MirrorGasTest is AnchorMirrorTest {
    function test_a_checkpoint_costs_at_most_48_000() public {
        checkpoint(HEIGHT, prove(world()).header);
        vm.assertLe(vm.snapshotGasLastCall("gas", "checkpoint"), 48_000, "checkpoint");
    }

    /// @dev As deep as in a state of 300 million accounts and a registry of a million anchors.
    function test_a_mirrored_anchor_costs_at_most_950_000() public {
        IAnchorMirror.Proof memory proof = prove(world(), 8, 6);
        checkpoint(HEIGHT, proof.header);
        mirror.mirror(OPERATOR, ROOT, proof);
        vm.assertLe(vm.snapshotGasLastCall("gas", "mirror an anchor"), 950_000, "mirror");
    }
}
