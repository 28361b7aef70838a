// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

// The sum adds nothing to its parts.
// solhint-disable no-empty-blocks

import {IAccreditations} from "./IAccreditations.sol";
import {IIssuerKeys} from "./IIssuerKeys.sol";
import {IIssuers} from "./IIssuers.sol";

/// @title IAccreditationRegistry
/// @notice Who is accredited for what ({IAccreditations}), who speaks for which issuer ({IIssuers}), and with which
/// keys ({IIssuerKeys}): the three questions whose answers at an anchored time make a credential good.
interface IAccreditationRegistry is IAccreditations, IIssuers, IIssuerKeys {}
