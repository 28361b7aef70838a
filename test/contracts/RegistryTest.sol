// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccreditationRegistry} from "../../contracts/AccreditationRegistry.sol";
import {AnchorRegistry} from "../../contracts/AnchorRegistry.sol";
import {StatusRegistry} from "../../contracts/StatusRegistry.sol";
import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IAccreditations} from "../../contracts/interfaces/IAccreditations.sol";
import {vm} from "./Vm.sol";

/// @title RegistryTest
/// @notice The three registries and the people around them: the authority accredits REGION to accredit for training
/// certificates, and REGION accredits COLLEGE to attest one of them.
abstract contract RegistryTest {
    uint40 internal constant START = 1_750_000_000;
    uint40 internal constant OPEN = type(uint40).max;

    IAccreditationPaths.Right internal constant ATTEST = IAccreditationPaths.Right.Attest;
    IAccreditationPaths.Right internal constant ACCREDIT = IAccreditationPaths.Right.Accredit;
    IAccreditationPaths.Right internal constant ANCHOR = IAccreditationPaths.Right.Anchor;

    address internal constant AUTHORITY = address(uint160(uint256(keccak256("authority"))));
    address internal constant REGION = address(uint160(uint256(keccak256("region"))));
    address internal constant COLLEGE = address(uint160(uint256(keccak256("college"))));
    address internal constant RIVAL = address(uint160(uint256(keccak256("rival"))));
    address internal constant OPERATOR = address(uint160(uint256(keccak256("operator"))));
    address internal constant STRANGER = address(uint160(uint256(keccak256("stranger"))));

    bytes32 internal constant ISSUER_ID = keccak256("did:web:college.example");
    bytes32 internal constant THUMBPRINT = keccak256("a JWK");

    AccreditationRegistry internal registry;
    AnchorRegistry internal anchors;
    StatusRegistry internal statuses;

    function setUp() public virtual {
        vm.warp(START);
        registry = new AccreditationRegistry(AUTHORITY);
        anchors = new AnchorRegistry(registry);
        statuses = new StatusRegistry(registry);

        accreditByAuthority(REGION, ACCREDIT, training());
        vm.prank(REGION);
        registry.accredit(COLLEGE, ATTEST, welding(), OPEN, regionPath());
    }

    function accreditByAuthority(address subject, IAccreditationPaths.Right right, bytes32[] memory labels) internal {
        vm.prank(AUTHORITY);
        registry.accredit(subject, right, labels, OPEN, noPath());
    }

    function confirmCollege() internal {
        vm.prank(REGION);
        registry.confirmIssuer(ISSUER_ID, COLLEGE, ATTEST, welding(), collegePath());
    }

    /// @dev Accounts 1 to `depth`, each accredited by the one before to accredit for training certificates.
    function accreditDownTo(uint256 depth) internal returns (address last) {
        accreditByAuthority(chained(1), ACCREDIT, training());
        for (uint256 i = 2; i <= depth; ++i) {
            vm.prank(chained(i - 1));
            registry.accredit(chained(i), ACCREDIT, training(), OPEN, chainPath(i - 1));
        }
        return chained(depth);
    }

    function chained(uint256 depth) internal pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode("chained", depth)))));
    }

    /// @dev From a record that account `depth - 1` wrote up to the authority: `depth` links.
    function chainPath(uint256 depth) internal pure returns (IAccreditationPaths.Link[] memory links) {
        links = new IAccreditationPaths.Link[](depth);
        for (uint256 i = 0; i + 1 < depth; ++i) links[i] = link(chained(depth - 1 - i), 0, 1);
        links[depth - 1] = link(AUTHORITY, 0, 1);
    }

    /// @dev From COLLEGE's record up.
    function collegePath() internal pure returns (IAccreditationPaths.Link[] memory) {
        return path(link(REGION, 0, 2), link(AUTHORITY, 0, 1));
    }

    /// @dev From REGION's record up.
    function regionPath() internal pure returns (IAccreditationPaths.Link[] memory) {
        return path(link(AUTHORITY, 0, 1));
    }

    function collegeRecord() internal pure returns (IAccreditations.RecordId memory) {
        return IAccreditations.RecordId(COLLEGE, ATTEST, welding(), REGION, 0);
    }

    function regionRecord() internal pure returns (IAccreditations.RecordId memory) {
        return IAccreditations.RecordId(REGION, ACCREDIT, training(), AUTHORITY, 0);
    }

    function collegeHolds(uint40 time) internal view returns (bool) {
        return registry.accreditationAt(COLLEGE, ATTEST, welding(), collegePath(), time);
    }

    function anywhere() internal pure returns (bytes32[] memory) {
        return new bytes32[](0);
    }

    function training() internal pure returns (bytes32[] memory labels) {
        labels = new bytes32[](1);
        labels[0] = keccak256("TrainingCertificate");
    }

    function welding() internal pure returns (bytes32[] memory labels) {
        labels = new bytes32[](2);
        labels[0] = keccak256("TrainingCertificate");
        labels[1] = keccak256("RNCP34079");
    }

    function references() internal pure returns (bytes32[] memory labels) {
        labels = new bytes32[](1);
        labels[0] = keccak256("Reference");
    }

    function scopeOf(bytes32[] memory labels) internal pure returns (bytes32 scope) {
        for (uint256 i = 0; i < labels.length; ++i) scope = keccak256(abi.encode(scope, labels[i]));
    }

    function noPath() internal pure returns (IAccreditationPaths.Link[] memory) {
        return new IAccreditationPaths.Link[](0);
    }

    function path(
        IAccreditationPaths.Link memory only
    ) internal pure returns (IAccreditationPaths.Link[] memory links) {
        links = new IAccreditationPaths.Link[](1);
        links[0] = only;
    }

    function path(
        IAccreditationPaths.Link memory first,
        IAccreditationPaths.Link memory second
    ) internal pure returns (IAccreditationPaths.Link[] memory links) {
        links = new IAccreditationPaths.Link[](2);
        links[0] = first;
        links[1] = second;
    }

    function path(
        IAccreditationPaths.Link memory first,
        IAccreditationPaths.Link memory second,
        IAccreditationPaths.Link memory third
    ) internal pure returns (IAccreditationPaths.Link[] memory links) {
        links = new IAccreditationPaths.Link[](3);
        (links[0], links[1], links[2]) = (first, second, third);
    }

    function link(
        address accreditor,
        uint32 number,
        uint8 depth
    ) internal pure returns (IAccreditationPaths.Link memory) {
        return IAccreditationPaths.Link(accreditor, number, depth);
    }

    function logCount() internal returns (uint256) {
        return vm.getRecordedLogs().length;
    }
}
