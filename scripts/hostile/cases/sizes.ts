import type { Attacks } from '../case.ts'

/** Most of everything: what costs more than it weighs. All signed by the issuer. */
export async function sizeCases(attacks: Attacks) {
  const { credential, byIssuer, header, claims, lists, issuerDocument, contexts, stand } = attacks
  const { policies } = stand
  const tooLarge = async (name: string, change: object) =>
    credential(name, 'TOO_LARGE', await byIssuer(header, { ...claims, ...change }))
  const malformed = async (name: string, change: object) =>
    credential(name, 'CREDENTIAL_MALFORMED', await byIssuer(header, { ...claims, ...change }))
  const judged = async (name: string, code: string, change: object, policy = policies.chain) =>
    credential(name, code, await byIssuer(header, { ...claims, ...change }), {
      policy,
      mayAsk: [issuerDocument, ...lists],
    })
  const terms = (name: string, change: object) => judged(name, 'TERMS_UNDEFINED', change)
  const nested = (levels: number): object =>
    levels === 0 ? {} : { '@context': contexts, a: nested(levels - 1) }
  // A combining mark of class 1 after one of class 230: to bring n of them in order takes n² steps.
  const marks = '\u0300\u0334'

  return Promise.all([
    tooLarge('a payload of 1 MB', { a: 'a'.repeat(750_000) }),
    tooLarge('150,000 numbers', { a: many(150_000, () => 1) }),
    tooLarge('100,000 empty lists', { a: many(100_000, () => []) }),
    tooLarge('60,000 members', members(60_000)),
    tooLarge('100,000 types', { type: many(100_000, (i) => `A${i}`) }),
    tooLarge('100,000 types that are none', { type: many(100_000, () => 1) }),
    tooLarge('100,000 contexts that are none', { '@context': many(100_000, () => 1) }),
    tooLarge('100,000 empty subjects', { credentialSubject: many(100_000, () => ({})) }),
    tooLarge('20,000 status entries', { credentialStatus: many(20_000, () => ({ type: 'A' })) }),
    tooLarge('5,000 results with descriptions', results(5_000)),
    malformed('4,500 types', { type: many(4_500, (i) => `A${i}`) }),
    malformed('4,500 types that are none', { type: many(4_500, () => 1) }),
    malformed('4,500 contexts that are none', { '@context': many(4_500, () => 1) }),
    malformed('2,000 empty subjects', { credentialSubject: many(2_000, () => ({})) }),
    malformed('4,500 status entries that are none', { credentialStatus: many(4_500, () => 1) }),
    malformed('2,000 names that are none', { name: many(2_000, () => ({})) }),
    malformed('a DID of 700 kB', { issuer: `did:web:${'a'.repeat(700_000)}` }),
    malformed('a DID of 700,000 colons', { issuer: `did:web:${':'.repeat(700_000)}` }),
    malformed('an address of punycode', { id: `https://xn--${'a'.repeat(700_000)}` }),
    malformed('an address of combining marks', { id: `https://${marks.repeat(100_000)}` }),
    malformed('an address of brackets', { id: `https://${'['.repeat(700_000)}` }),
    malformed('an address of blanks', { id: ' '.repeat(700_000) }),
    terms('4,500 contexts in a list', { a: { '@context': many(4_500, (i) => contexts[i % 2]) } }),
    terms('contexts within contexts', { a: nested(20) }),
    terms('800 objects with a context of their own', {
      a: many(800, (i) => ({ '@context': { [`a${i}`]: 'urn:x:a' }, [`a${i}`]: 1 })),
    }),
    terms('a context that defines each term by the next', {
      a: [{ '@context': members(4_000, (i) => `a${i + 1}:x`), a0: 1 }],
    }),
    judged(
      'more certifications than are judged',
      'SCOPE_UNKNOWN',
      alignedTo(...many(99, (i) => `RNCP${i + 1}`)),
    ),
    judged('a code of 100,000 combining marks', 'SCOPE_UNKNOWN', alignedTo(marks.repeat(50_000))),
    judged(
      'a code that grows when it is made comparable',
      'SCOPE_UNKNOWN',
      alignedTo('\ufdfa'.repeat(200_000)),
    ),
    judged('a list number of 700,000 digits', 'STATUS_MALFORMED', {
      credentialStatus: status({ statusList: '1'.repeat(700_000) }),
    }),
    judged('a list number that is none', 'STATUS_MALFORMED', {
      credentialStatus: status({ statusList: 'abc' }),
    }),
    judged(
      'a status entry of 4,500 members',
      'STATUS_MALFORMED',
      { credentialStatus: status(members(4_500, () => 1, 'urn:x:')) },
      policies.lists,
    ),
    judged('a status index beyond its list', 'STATUS_MALFORMED', {
      credentialStatus: status({ statusListIndex: '131072' }),
    }),
    judged('a status index in hex', 'STATUS_MALFORMED', {
      credentialStatus: status({ statusListIndex: '0x10' }),
    }),
  ])
}

function many<T>(length: number, item: (i: number) => T): T[] {
  return Array.from({ length }, (_, i) => item(i))
}

function members(count: number, value: (i: number) => unknown = () => 1, prefix = 'a') {
  return Object.fromEntries(many(count, (i) => [`${prefix}${i}`, value(i)]))
}

function status(change: object) {
  const entry = { id: 'urn:x:1', type: 'OnChainStatusEntry', statusList: '7', statusListIndex: '1' }
  return [{ ...entry, ...change }]
}

/** An Open Badge that is aligned to these codes. */
function alignedTo(...codes: readonly string[]) {
  const alignment = codes.map((targetCode) => ({
    type: ['Alignment'],
    targetName: 'a',
    targetUrl: 'https://skills.example/',
    targetCode,
  }))
  return {
    credentialSubject: { type: ['AchievementSubject'], achievement: { ...achievement, alignment } },
  }
}

const achievement = {
  id: 'urn:a:1',
  type: ['Achievement'],
  name: '',
  description: '',
  criteria: {},
}

/** An Open Badge in which each of many results looks for its description among as many. */
function results(count: number) {
  const resultDescription = many(count, (i) => ({
    id: `urn:d:${i}`,
    type: ['ResultDescription'],
    name: '',
    resultType: '',
  }))
  const result = many(count, () => ({ type: ['Result'], resultDescription: `urn:d:${count - 1}` }))
  return {
    credentialSubject: {
      type: ['AchievementSubject'],
      achievement: { ...achievement, resultDescription },
      result,
    },
  }
}
