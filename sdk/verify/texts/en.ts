import type { CheckCode } from '../codes.ts'

/**
 * What each answer means, for a recruiter. `{fact}` stands for a fact of the check, `{fact:time}` for
 * one in Unix seconds.
 */
export const en: Readonly<Record<CheckCode, string>> = {
  NOT_REACHED: 'Not asked: an earlier step gave nothing to build on.',
  INTERNAL: 'This step could not be carried out because of an unexpected error.',
  CHAIN_UNREACHABLE: 'No answer from {chains} right now. Try again later.',
  CHAIN_MISMATCH:
    'The node asked for {chains} serves another chain than the one trusted here. Its answers were not used.',
  EVIDENCE_MISSING:
    'The bundle does not prove what has to be known about {chains}, or not to somebody whom you trust. Ask for a new one, or verify online.',
  CHAIN_NOT_ASKED: 'Not asked: no public register is trusted here.',

  DECODED: 'The credential is readable.',
  MALFORMED: 'This is not a readable credential: it is damaged, incomplete, or something else.',
  RECEIPT_MALFORMED: 'The receipt that came with the credential is damaged or incomplete.',
  TOO_LARGE: 'The credential is larger than anything this verification accepts.',
  HEADER_REFUSED: 'It tells the reader to check its signature in an unsafe way, as forgeries do.',
  KID_MALFORMED: 'It does not say properly with which key it was signed.',
  ISSUER_MISMATCH: 'It names one issuer, but was signed in the name of another.',
  CREDENTIAL_MALFORMED:
    'The credential lacks something every credential must have, or states it wrongly.',
  BUNDLE_MALFORMED:
    'The offline bundle is damaged, incomplete, or holds something that does not belong in it.',
  PRESENTATION_MALFORMED:
    'This is not a presentation of credentials, or it lacks something every presentation must have.',
  PROOF_MISSING: 'Nobody signed it: it carries no proof.',
  PROOF_UNSUPPORTED: 'Its proof is of a kind that this verification does not know ({reason}).',
  PROOF_AMBIGUOUS: 'It carries several proofs, and does not say which of them counts.',
  PROOF_MALFORMED: 'The proof that it carries is damaged or incomplete ({reason}).',
  PROOF_PURPOSE_MISMATCH: 'The proof that it carries was made for another purpose.',
  CONTEXT_UNAVAILABLE:
    'What it says depends on a vocabulary that this verification does not hold ({reason}).',
  DISCLOSURE_MALFORMED: 'Something that was disclosed with it is damaged, or not where it belongs.',
  DISCLOSURE_HASH_UNKNOWN: 'It hides what is not disclosed in a way that is not known here.',
  DISCLOSURE_UNREFERENCED: 'Something was added that its issuer never signed.',
  DISCLOSURE_REPEATED: 'The same thing is disclosed twice.',
  DISCLOSURE_COLLISION: 'What is disclosed contradicts what stands there already.',
  DISCLOSURE_FORBIDDEN: 'It leaves to its holder to hide what every reader must see.',
  KEY_BINDING_MALFORMED: 'The holder’s signature that came with it is damaged or incomplete.',
  KEY_BINDING_UNNAMED: 'It was presented with a key, but was issued to none.',
  KEY_BINDING_MISMATCH: 'The holder’s signature is one for something else than what was presented.',

  FORMAT_ACCEPTED: 'It has a format that is accepted here ({format}).',
  FORMAT_UNKNOWN: 'It is secured in a way that this verification does not know.',
  ALGORITHM_NOT_ALLOWED: 'It is signed by a method that is not accepted here.',
  TERMS_UNDEFINED: 'It uses a term that its contexts give no meaning, or a second one ({reason}).',

  SIGNATURE_VALID: 'The signature is genuine: nothing was changed since {issuer} signed.',
  SIGNATURE_INVALID:
    'The signature is not that of {issuer}: the credential was changed, or somebody else made it.',
  KEY_UNRESOLVED: 'The key of {issuer} could not be obtained right now. Try again later.',
  KEY_INVALID: 'The address of {issuer} leads to no key with which it may sign credentials.',
  DID_METHOD_UNSUPPORTED:
    'The key of {issuer} cannot be looked up here: nobody here knows addresses of its kind (did:{method}).',
  KEY_UNBOUND:
    'The signature fits a key on the host of {issuer}, but nothing shows that this key is its own: others may have theirs there, too.',

  IN_PERIOD: 'It is within its period of validity.',
  NOT_YET_VALID: 'It is not valid before {validFrom:time}.',
  EXPIRED: 'It expired on {validUntil:time}.',

  ANCHORED:
    'It existed on {anchoredAt:time} at the latest: a public register ({chains}) proves it. It may be older.',
  RECEIPT_MISMATCH:
    'The receipt does not belong to this credential, or one of the two was changed.',
  ANCHOR_PENDING:
    'Its public registration is still under way ({anchored} of {needed}). Ask again later, until {until:time} at most.',
  ANCHOR_MISSING:
    'It was never publicly registered ({anchored} of {needed}), so nothing proves when it was made.',
  ANCHOR_NOT_REQUIRED: 'It is not publicly registered, which is not demanded here.',
  ANCHOR_FOREIGN:
    'Not asked: it comes from another platform, which does not register credentials where this is recognised.',
  NO_CHAINS:
    'No public register is trusted here, so nothing can be said about when it was made and who was allowed to.',

  KEY_REGISTERED: 'On {judgedAt:time} the issuer signed with this very key, as {chains} shows.',
  ISSUER_UNKNOWN: '{issuer} does not appear in the public register ({chains}).',
  ISSUER_FOREIGN:
    '{issuer} does not stand in any public register recognised here ({chains}): whether it may be relied on, nobody here can say.',
  ISSUER_ANNULLED:
    'The entry of {issuer} in the public register ({chains}) was annulled: it is deemed never to have been made.',
  ISSUER_RELEASED:
    'On {judgedAt:time} nobody spoke for {issuer} in the public register any longer ({chains}).',
  ISSUER_NOT_YET_CONFIRMED:
    'On {judgedAt:time} {issuer} was not in the public register yet ({chains}).',
  KEY_NOT_REGISTERED: 'The issuer never registered the key that signed this credential ({chains}).',
  KEY_ANNULLED:
    'The key that signed it was registered by somebody who never spoke for the issuer ({chains}).',
  KEY_NOT_YET_REGISTERED:
    'The key that signed it was registered only on {registeredAt:time}; the credential counts from {judgedAt:time}.',
  KEY_RETIRED:
    'The issuer stopped using the key that signed it on {retiredAt:time}; the credential counts from {judgedAt:time}.',
  KEY_COMPROMISED:
    'The key that signed it was reported as stolen or abused before {judgedAt:time}, so anybody may have signed.',

  ACCREDITED:
    'On {judgedAt:time} the issuer was accredited for this kind of credential ({scopes}).',
  NOT_ACCREDITED: 'Nobody that is trusted here ever accredited the issuer ({scopes}).',
  ACCREDITATION_FOREIGN:
    'Not asked: it comes from another platform, whose issuers are not accredited by an authority recognised here.',
  SCOPE_NOT_COVERED: 'The issuer is accredited, but not for this kind of credential ({scopes}).',
  SCOPE_UNKNOWN:
    'It does not say for which kind of credential its issuer would have to be accredited.',
  ACCREDITATION_WITHDRAWN:
    'The accreditation ({scopes}) was withdrawn from {withdrawnFrom:time} on; the credential counts from {judgedAt:time}.',
  ACCREDITATION_ANNULLED:
    'The accreditation ({scopes}) was annulled: it is deemed never to have been given.',
  ACCREDITATION_EXPIRED:
    'The accreditation ({scopes}) ended on {validUntil:time}; the credential counts from {judgedAt:time}.',
  ACCREDITATION_NOT_YET:
    'The accreditation ({scopes}) began only on {validFrom:time}; the credential counts from {judgedAt:time}.',

  NOT_REVOKED: 'On {readAt:time} it was neither revoked nor suspended ({chains}).',
  LIST_NOT_REVOKED: 'Its issuer’s status list shows it neither revoked nor suspended.',
  REVOKED: 'Its issuer has revoked it ({source}).',
  SUSPENDED: 'Its issuer has suspended it for the time being ({source}).',
  STATUS_NONE: 'It names no place where a revocation would be shown.',
  STATUS_MISSING:
    'It names no place in the public register where a revocation would be shown, although it must.',
  STATUS_MALFORMED: 'What it says about where a revocation would be shown makes no sense.',
  STATUS_INDEX_MISMATCH:
    'It names two different places for its own status ({listIndex} in the list, {index} in the register).',
  STATUS_STALE:
    'The newest known state of {chains} is from {readAt:time}, too old to exclude a revocation since.',
  STATUS_UNSUPPORTED: 'Its revocation would be shown in a way that cannot be read here ({types}).',
  STATUS_LIST_FOREIGN: 'It refers to the status list of somebody else than its issuer ({url}).',
  STATUS_LIST_CONTRADICTS_CHAIN:
    'Its issuer’s status list ({url}) says something else than the public register ({chains}).',
  STATUS_LIST_UNREACHABLE:
    'Its issuer’s status list ({url}) could not be read right now. Try again later.',
  STATUS_LIST_INVALID: 'The status list at {url} is not genuine, damaged or out of date.',

  HOLDER_PROVEN: 'The person who presented it proved to be the one it was issued to.',
  REQUEST_ANSWERED: 'It was signed by {holder} in answer to this very request.',
  HOLDER_NOT_PRESENTED:
    'Not asked: the credential was handed over by itself, so who handed it over is not proven.',
  HOLDER_UNCHALLENGED:
    'Presented with the signature of {holder}, but not in answer to a request made here: it may be a copy.',
  HOLDER_UNNAMED: 'It does not name the person it was issued to in a way that can be proven.',
  HOLDER_MISMATCH: 'It was presented by {holder}, but issued to somebody else ({subject}).',
  CHALLENGE_MISMATCH: 'It was not presented in answer to this request; it may be a copy.',
  DOMAIN_MISMATCH: 'It was presented to somebody else than {expected}.',
  PRESENTATION_INVALID: 'The presentation it came in is not genuine.',
  PRESENTATION_UNDECIDED: 'Whether the presentation it came in is genuine could not be found out.',

  SCHEMA_MATCHED: 'Its content is complete and well formed ({schema}).',
  SCHEMA_VIOLATED: 'Its content breaks the rules of its kind: {problems}.',
  RESULTS_INCONSISTENT: 'Its results contradict their own description: {problems}.',
  EMBEDDED_INVALID:
    'An endorsement or credential inside it is not genuine, or not valid ({place}: {reason}).',
  EMBEDDED_UNDECIDED:
    'Whether an endorsement or credential inside it is genuine could not be found out ({place}: {reason}).',
  SCHEMA_NOT_CHECKED:
    'Its content was not compared with a model, for want of one known here ({types}).',
  CONTEXT_UNKNOWN:
    'Its content uses terms that are not known here ({contexts}), so it was not compared with a model.',
}
