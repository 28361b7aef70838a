// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccreditationPaths} from "../../contracts/interfaces/IAccreditationPaths.sol";
import {IAccreditations} from "../../contracts/interfaces/IAccreditations.sol";
import {IStatusRegistry} from "../../contracts/interfaces/IStatusRegistry.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Vm.sol";

/// @title Messages
/// @notice A message of each kind that has a nonce, by a signer who may do all of it. None gets in another's way.
abstract contract Messages is RegistryTest {
    enum Kind {
        Accredit,
        Withdraw,
        Annul,
        ConfirmIssuer,
        RegisterKey,
        RetireKey,
        Anchor,
        Suspend,
        Reinstate,
        SetOperator
    }

    uint256 internal constant KINDS = 10;
    uint256 internal constant DEADLINE = START + 100;
    uint40 internal constant END = START + 200; // Of the record and the key that are to end.
    uint64 internal constant LIST = 7;

    address internal signer;

    /// @dev The account that signs.
    function newSigner() internal virtual returns (address);

    function setUp() public virtual override {
        super.setUp();
        signer = newSigner();
        accreditByAuthority(signer, ACCREDIT, training());
        accreditByAuthority(signer, ANCHOR, anywhere());
        vm.prank(AUTHORITY);
        registry.confirmIssuer(ISSUER_ID, signer, ATTEST, anywhere(), noPath());
        vm.prank(signer);
        registry.accredit(COLLEGE, ATTEST, training(), OPEN, regionPath());
        vm.prank(signer);
        registry.accredit(COLLEGE, ATTEST, welding(), OPEN, regionPath());
        vm.prank(signer);
        registry.registerKey(ISSUER_ID, "old key");
        vm.prank(signer);
        statuses.suspend(ISSUER_ID, LIST + 1, 0, updates());
    }

    function targetOf(Kind kind) internal view returns (address) {
        if (kind <= Kind.RetireKey) return address(registry);
        return kind == Kind.Anchor ? address(anchors) : address(statuses);
    }

    /// @dev As EIP-712 hashes the struct.
    function hashOf(Kind kind, uint256 nonce, uint256 deadline) internal view returns (bytes32) {
        (string memory typeOf, bytes memory fields) = described(kind);
        return keccak256(abi.encodePacked(keccak256(bytes(typeOf)), fields, nonce, deadline));
    }

    function described(Kind kind) private view returns (string memory typeOf, bytes memory fields) {
        if (kind == Kind.Accredit) {
            return (
                "Accredit(address subject,uint8 right,bytes32 scope,uint40 validUntil,Link by,uint256 nonce,uint256 deadline)Link(address accreditor,uint32 number,uint8 depth)",
                abi.encode(STRANGER, ATTEST, scopeOf(welding()), OPEN, hashOfLink(regionPath()[0]))
            );
        }
        if (kind == Kind.Withdraw) {
            return (
                "Withdraw(address subject,uint8 right,bytes32 scope,address accreditor,uint32 number,uint40 at,uint256 nonce,uint256 deadline)",
                abi.encode(COLLEGE, ATTEST, scopeOf(training()), signer, 0, END)
            );
        }
        if (kind == Kind.Annul) {
            return (
                "Annul(address subject,uint8 right,bytes32 scope,address accreditor,uint32 number,uint8 reason,uint256 nonce,uint256 deadline)",
                abi.encode(COLLEGE, ATTEST, scopeOf(welding()), signer, 0, IAccreditationPaths.Annulment.Error)
            );
        }
        if (kind == Kind.ConfirmIssuer) {
            return (
                "ConfirmIssuer(bytes32 issuerId,address account,uint256 nonce,uint256 deadline)",
                abi.encode(bytes32("new issuer"), COLLEGE)
            );
        }
        if (kind == Kind.RegisterKey) {
            return (
                "RegisterKey(bytes32 issuerId,bytes32 thumbprint,uint256 nonce,uint256 deadline)",
                abi.encode(ISSUER_ID, THUMBPRINT)
            );
        }
        if (kind == Kind.RetireKey) {
            return (
                "RetireKey(bytes32 issuerId,bytes32 thumbprint,uint40 at,uint256 nonce,uint256 deadline)",
                abi.encode(ISSUER_ID, bytes32("old key"), END)
            );
        }
        if (kind == Kind.Anchor) {
            return (
                "Anchor(bytes32 root,uint32 leafCount,uint256 nonce,uint256 deadline)",
                abi.encode(bytes32("root"), 8)
            );
        }
        if (kind == Kind.Suspend) {
            return (
                "Suspend(bytes32 issuerId,uint64 list,uint64 counter,Update[] updates,uint256 nonce,uint256 deadline)Update(uint16 word,uint256 mask)",
                abi.encode(ISSUER_ID, LIST, 0, hashOfUpdates())
            );
        }
        if (kind == Kind.Reinstate) {
            return (
                "Reinstate(bytes32 issuerId,uint64 list,uint64 counter,Update[] updates,uint256 nonce,uint256 deadline)Update(uint16 word,uint256 mask)",
                abi.encode(ISSUER_ID, LIST + 1, 1, hashOfUpdates())
            );
        }
        return (
            "SetOperator(bytes32 issuerId,address operator,bool allowed,uint256 nonce,uint256 deadline)",
            abi.encode(ISSUER_ID, OPERATOR, true)
        );
    }

    /// @dev Brings the message of that kind, as anybody may.
    function bring(Kind kind, uint256 deadline, bytes memory signature) internal {
        vm.prank(STRANGER);
        if (kind == Kind.Accredit) {
            registry.accreditFor(signer, STRANGER, ATTEST, welding(), OPEN, regionPath(), deadline, signature);
        } else if (kind == Kind.Withdraw) {
            registry.withdrawFor(signer, toWithdraw(), END, regionPath(), deadline, signature);
        } else if (kind == Kind.Annul) {
            registry.annulFor(
                signer,
                toAnnul(),
                IAccreditationPaths.Annulment.Error,
                regionPath(),
                deadline,
                signature
            );
        } else if (kind == Kind.ConfirmIssuer) {
            registry.confirmIssuerFor(
                signer,
                "new issuer",
                COLLEGE,
                ATTEST,
                training(),
                signersPath(),
                deadline,
                signature
            );
        } else if (kind == Kind.RegisterKey) {
            registry.registerKeyFor(signer, ISSUER_ID, THUMBPRINT, deadline, signature);
        } else if (kind == Kind.RetireKey) {
            registry.retireKeyFor(signer, ISSUER_ID, "old key", END, deadline, signature);
        } else if (kind == Kind.Anchor) {
            anchors.anchorFor(signer, "root", 8, path(link(AUTHORITY, 0, 0)), deadline, signature);
        } else if (kind == Kind.Suspend) {
            statuses.suspendFor(signer, ISSUER_ID, LIST, 0, updates(), deadline, signature);
        } else if (kind == Kind.Reinstate) {
            statuses.reinstateFor(signer, ISSUER_ID, LIST + 1, 1, updates(), deadline, signature);
        } else {
            statuses.setOperatorFor(signer, ISSUER_ID, OPERATOR, true, deadline, signature);
        }
    }

    /// @dev Does, by the signer's own call, what the message of that kind asks for.
    function doDirectly(Kind kind) internal {
        vm.prank(signer);
        if (kind == Kind.Accredit) registry.accredit(STRANGER, ATTEST, welding(), OPEN, regionPath());
        else if (kind == Kind.Withdraw) registry.withdraw(toWithdraw(), END, regionPath());
        else if (kind == Kind.Annul) registry.annul(toAnnul(), IAccreditationPaths.Annulment.Error, regionPath());
        else if (kind == Kind.ConfirmIssuer) {
            registry.confirmIssuer("new issuer", COLLEGE, ATTEST, training(), signersPath());
        } else if (kind == Kind.RegisterKey) registry.registerKey(ISSUER_ID, THUMBPRINT);
        else if (kind == Kind.RetireKey) registry.retireKey(ISSUER_ID, "old key", END);
        else if (kind == Kind.Anchor) anchors.anchor("root", 8, path(link(AUTHORITY, 0, 0)));
        else if (kind == Kind.Suspend) statuses.suspend(ISSUER_ID, LIST, 0, updates());
        else if (kind == Kind.Reinstate) statuses.reinstate(ISSUER_ID, LIST + 1, 1, updates());
        else statuses.setOperator(ISSUER_ID, OPERATOR, true);
    }

    function isDone(Kind kind) internal view returns (bool) {
        if (kind == Kind.Accredit) {
            return registry.accreditationOf(STRANGER, ATTEST, scopeOf(welding()), signer, 0).validFrom != 0;
        }
        if (kind == Kind.Withdraw) {
            return registry.accreditationOf(COLLEGE, ATTEST, scopeOf(training()), signer, 0).withdrawnFrom == END;
        }
        if (kind == Kind.Annul) {
            return
                registry.accreditationOf(COLLEGE, ATTEST, scopeOf(welding()), signer, 0).annulment ==
                IAccreditationPaths.Annulment.Error;
        }
        if (kind == Kind.ConfirmIssuer) return registry.accountOf("new issuer") == COLLEGE;
        if (kind == Kind.RegisterKey) return registry.keyOf(ISSUER_ID, THUMBPRINT).registeredAt != 0;
        if (kind == Kind.RetireKey) return registry.keyOf(ISSUER_ID, "old key").retiredAt == END;
        if (kind == Kind.Anchor) return anchors.anchorOf(signer, "root").leafCount == 8;
        if (kind == Kind.SetOperator) return statuses.isOperator(ISSUER_ID, OPERATOR);
        uint16[] memory words = new uint16[](2);
        (words[0], words[1]) = (3, 4);
        bool suspends = kind == Kind.Suspend;
        IStatusRegistry.Status[] memory status = statuses.statusOf(ISSUER_ID, suspends ? LIST : LIST + 1, words);
        return
            suspends
                ? status[0].suspended == 5 && status[1].suspended == 1
                : status[0].suspended == 0 && status[1].suspended == 0;
    }

    function updates() internal pure returns (IStatusRegistry.Update[] memory two) {
        two = new IStatusRegistry.Update[](2);
        two[0] = IStatusRegistry.Update(3, 5);
        two[1] = IStatusRegistry.Update(4, 1);
    }

    function hashOfLink(IAccreditationPaths.Link memory by) private pure returns (bytes32) {
        return keccak256(abi.encode(keccak256("Link(address accreditor,uint32 number,uint8 depth)"), by));
    }

    function hashOfUpdates() internal pure returns (bytes32) {
        bytes32 typeHash = keccak256("Update(uint16 word,uint256 mask)");
        bytes32 first = keccak256(abi.encode(typeHash, 3, 5));
        return keccak256(abi.encodePacked(first, keccak256(abi.encode(typeHash, 4, 1))));
    }

    function domainOf(address target, uint256 chain) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
        );
        return keccak256(abi.encode(typeHash, keccak256("Livret"), keccak256("1"), chain, target));
    }

    function everywhere() internal pure returns (bytes32) {
        bytes32 typeHash = keccak256("EIP712Domain(string name,string version)");
        return keccak256(abi.encode(typeHash, keccak256("Livret"), keccak256("1")));
    }

    function signWith(uint256 key, bytes32 domain, bytes32 structHash) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, keccak256(abi.encodePacked("\x19\x01", domain, structHash)));
        return abi.encodePacked(r, s, v);
    }

    function signersPath() private view returns (IAccreditationPaths.Link[] memory) {
        return path(link(signer, 0, 1), link(AUTHORITY, 0, 1));
    }

    function toWithdraw() private view returns (IAccreditations.RecordId memory) {
        return IAccreditations.RecordId(COLLEGE, ATTEST, training(), signer, 0);
    }

    function toAnnul() private view returns (IAccreditations.RecordId memory) {
        return IAccreditations.RecordId(COLLEGE, ATTEST, welding(), signer, 0);
    }
}
