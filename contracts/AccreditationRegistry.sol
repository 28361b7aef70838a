// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccreditationPaths} from "./AccreditationPaths.sol";
import {IssuerKeys} from "./IssuerKeys.sol";
import {IAccreditationRegistry} from "./interfaces/IAccreditationRegistry.sol";

/// @title AccreditationRegistry
/// @notice See {IAccreditationRegistry}.
contract AccreditationRegistry is IAccreditationRegistry, IssuerKeys {
    constructor(address authority_) AccreditationPaths(authority_) {}
}
