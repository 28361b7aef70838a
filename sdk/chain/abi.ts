/**
 * The three registries as ethers reads them: every function, event and error of `contracts/`, which
 * says in `interfaces/` what each does. A test holds these lists and the compiled contracts equal.
 *
 * @module
 */

const link = 'tuple(address accreditor, uint32 number, uint8 depth)'
const recordId =
  'tuple(address subject, uint8 right, bytes32[] labels, address accreditor, uint32 number)'
const update = 'tuple(uint16 word, uint256 mask)'

/** What all three have from OpenZeppelin's EIP712 and Nonces, and from `ISignedMessages`. */
const signedMessages = [
  'function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)',
  'function nonces(address owner) view returns (uint256)',
  'event EIP712DomainChanged()',
  'error InvalidAccountNonce(address account, uint256 currentNonce)',
  'error InvalidShortString()',
  'error SignedMessagesExpired(uint256 deadline)',
  'error SignedMessagesNotSigned(address signer)',
  'error StringTooLong(string str)',
] as const

/** Of the AccreditationRegistry: accreditations, issuers and their keys. */
export const accreditationRegistryAbi = [
  ...signedMessages,
  'function ISSUER_REACH() view returns (uint40)',
  'function MAX_LINKS() view returns (uint256)',
  'function accountOf(bytes32 issuerId) view returns (address)',
  `function accredit(address subject, uint8 right, bytes32[] labels, uint40 validUntil, ${link}[] path) returns (uint32 number)`,
  `function accreditFor(address accreditor, address subject, uint8 right, bytes32[] labels, uint40 validUntil, ${link}[] path, uint256 deadline, bytes signature) returns (uint32 number)`,
  `function accreditationAt(address subject, uint8 right, bytes32[] labels, ${link}[] path, uint40 time) view returns (bool)`,
  'function accreditationOf(address subject, uint8 right, bytes32 scope, address accreditor, uint32 number) view returns ((uint40 validFrom, uint40 validUntil, uint40 withdrawnFrom, uint8 annulment, bytes16 parent))',
  `function annul(${recordId} record, uint8 reason, ${link}[] path)`,
  'function annulBinding(bytes32 issuerId, uint32 number)',
  `function annulFor(address actor, ${recordId} record, uint8 reason, ${link}[] path, uint256 deadline, bytes signature)`,
  'function authority() view returns (address)',
  'function bindingOf(bytes32 issuerId, uint32 number) view returns ((address account, uint40 from, uint40 until, bool annulled))',
  `function confirmIssuer(bytes32 issuerId, address account, uint8 right, bytes32[] labels, ${link}[] path)`,
  `function confirmIssuerFor(address sponsor, bytes32 issuerId, address account, uint8 right, bytes32[] labels, ${link}[] path, uint256 deadline, bytes signature)`,
  'function issuerOf(bytes32 issuerId) view returns ((address sponsor, uint32 bindings, address custodian))',
  'function keyOf(bytes32 issuerId, bytes32 thumbprint) view returns ((uint40 registeredAt, uint40 retiredAt, uint40 compromisedSince, uint32 binding))',
  `function nameCustodian(bytes32 issuerId, address custodian, bytes32[] labels, ${link}[] path)`,
  'function registerKey(bytes32 issuerId, bytes32 thumbprint)',
  'function registerKeyFor(address account, bytes32 issuerId, bytes32 thumbprint, uint256 deadline, bytes signature)',
  `function releaseIssuer(bytes32 issuerId, bytes32[] labels, ${link}[] path)`,
  `function reportCompromise(bytes32 issuerId, bytes32 thumbprint, uint40 since, bytes32[] labels, ${link}[] path)`,
  `function reportCompromiseFor(address reporter, bytes32 issuerId, bytes32 thumbprint, uint40 since, bytes32[] labels, ${link}[] path, bytes signature)`,
  'function retireKey(bytes32 issuerId, bytes32 thumbprint, uint40 at_)',
  'function retireKeyFor(address account, bytes32 issuerId, bytes32 thumbprint, uint40 at_, uint256 deadline, bytes signature)',
  `function withdraw(${recordId} record, uint40 at_, ${link}[] path)`,
  `function withdrawFor(address actor, ${recordId} record, uint40 at_, ${link}[] path, uint256 deadline, bytes signature)`,
  'event Accredited(address indexed subject, bytes32 indexed scope, address indexed accreditor, uint8 right, uint32 number, uint40 validUntil)',
  'event Annulled(address indexed subject, bytes32 indexed scope, address indexed accreditor, uint8 right, uint32 number, uint8 reason, address actor)',
  'event BindingAnnulled(bytes32 indexed issuerId, address indexed account, uint32 number)',
  'event CustodianNamed(bytes32 indexed issuerId, address indexed custodian)',
  'event IssuerConfirmed(bytes32 indexed issuerId, address indexed account, address indexed sponsor, uint32 number)',
  'event IssuerReleased(bytes32 indexed issuerId, address indexed account, uint32 number)',
  'event KeyCompromised(bytes32 indexed issuerId, bytes32 indexed thumbprint, uint40 since, address reporter)',
  'event KeyRegistered(bytes32 indexed issuerId, bytes32 indexed thumbprint)',
  'event KeyRetired(bytes32 indexed issuerId, bytes32 indexed thumbprint, uint40 at_)',
  'event Withdrawn(address indexed subject, bytes32 indexed scope, address indexed accreditor, uint8 right, uint32 number, uint40 at_, address actor)',
  'error AccreditationsAnchorScope(uint256 depth)',
  'error AccreditationsNoAuthority()',
  'error AccreditationsNoReason()',
  'error AccreditationsNoRecord(address subject, uint8 right, bytes32 scope, address accreditor, uint32 number)',
  'error AccreditationsNotAbove(address account, address accreditor)',
  'error AccreditationsNotAccredited(address account, uint256 link)',
  'error AccreditationsPast(uint40 time, uint40 now_)',
  'error IssuerKeysEnded(bytes32 issuerId, bytes32 thumbprint)',
  'error IssuerKeysTime(uint40 time, uint40 now_)',
  'error IssuerKeysUnknown(bytes32 issuerId, bytes32 thumbprint)',
  'error IssuersNoBinding(bytes32 issuerId, uint32 number)',
  'error IssuersNotAccount(address caller, bytes32 issuerId)',
  'error IssuersNotSponsor(address caller, bytes32 issuerId)',
  'error IssuersZero()',
] as const

/** Of the AnchorRegistry: which batches were anchored, when. */
export const anchorRegistryAbi = [
  ...signedMessages,
  'function accreditations() view returns (address)',
  `function anchor(bytes32 root, uint32 leafCount, ${link}[] path)`,
  `function anchorFor(address operator, bytes32 root, uint32 leafCount, ${link}[] path, uint256 deadline, bytes signature)`,
  `function anchorMany((bytes32 root, uint32 leafCount)[] batches, ${link}[] path)`,
  'function anchorOf(address operator, bytes32 root) view returns ((uint40 anchoredAt, uint32 leafCount))',
  'function isIncluded(address operator, bytes32 root, bytes32 leaf, bytes32[] proof) view returns (bool)',
  'event Anchored(address indexed operator, bytes32 indexed root, uint32 leafCount)',
  'error AnchorRegistryConflict(address operator, bytes32 root, uint32 leafCount)',
  'error AnchorRegistryMalformed(bytes32 root, uint32 leafCount)',
  'error AnchorRegistryNotAccredited(address account)',
] as const

/** Of the StatusRegistry: which credentials are revoked or suspended. */
export const statusRegistryAbi = [
  ...signedMessages,
  'function accreditations() view returns (address)',
  'function isOperator(bytes32 issuerId, address operator) view returns (bool)',
  `function reinstate(bytes32 issuerId, uint64 list, uint64 counter, ${update}[] updates)`,
  `function reinstateFor(address actor, bytes32 issuerId, uint64 list, uint64 counter, ${update}[] updates, uint256 deadline, bytes signature)`,
  `function revoke(bytes32 issuerId, uint64 list, ${update}[] updates)`,
  `function revokeFor(address actor, bytes32 issuerId, uint64 list, ${update}[] updates, bytes signature)`,
  'function setOperator(bytes32 issuerId, address operator, bool allowed)',
  'function setOperatorFor(address account, bytes32 issuerId, address operator, bool allowed, uint256 deadline, bytes signature)',
  'function statusOf(bytes32 issuerId, uint64 list, uint16[] words) view returns ((uint256 revoked, uint256 suspended)[] statuses)',
  `function suspend(bytes32 issuerId, uint64 list, uint64 counter, ${update}[] updates)`,
  `function suspendFor(address actor, bytes32 issuerId, uint64 list, uint64 counter, ${update}[] updates, uint256 deadline, bytes signature)`,
  'function suspensionsOf(bytes32 issuerId, uint64 list) view returns (uint64)',
  'event OperatorSet(bytes32 indexed issuerId, address indexed operator, bool allowed)',
  'event Reinstated(bytes32 indexed issuerId, uint64 indexed list, uint16 word, uint256 mask)',
  'event Revoked(bytes32 indexed issuerId, uint64 indexed list, uint16 word, uint256 mask)',
  'event Suspended(bytes32 indexed issuerId, uint64 indexed list, uint16 word, uint256 mask)',
  'error StatusRegistryMalformed(uint16 word, uint256 mask)',
  'error StatusRegistryNotAllowed(address caller, bytes32 issuerId)',
  'error StatusRegistryStale(uint64 expected, uint64 actual)',
] as const
