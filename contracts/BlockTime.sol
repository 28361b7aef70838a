// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @dev The second of this block, in the registries' type for times, which lasts until the year 36812.
function blockTime() view returns (uint40) {
    return uint40(block.timestamp);
}
