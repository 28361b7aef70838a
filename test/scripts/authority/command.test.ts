import { describe, expect, test } from 'vitest'
import { planOf, type Options } from '../../../scripts/authority/command.ts'

const did = 'did:web:example.test:issuers:greta'
const account = `0x${'Ab'.repeat(20)}`
const now = new Date('2026-03-01T09:00:00Z')
const plan = async (options: Options) =>
  (await planOf(options, 'http://localhost:9', now)).map(({ words }) => words)

describe('a command line of npm run accredit', () => {
  test.each([
    [
      'accredits for each scope, then confirms',
      { issuer: did, account, scope: ['OpenBadge', 'Reference'], until: '2027-12-31' },
      [
        `${account.toLowerCase()} has the right to attest OpenBadge until 2027-12-31`,
        `${account.toLowerCase()} has the right to attest Reference until 2027-12-31`,
        `${account.toLowerCase()} speaks for ${did}`,
      ],
    ],
    [
      'lets an operator anchor',
      { operator: account },
      [`${account.toLowerCase()} has the right to anchor`],
    ],
    [
      'withdraws, and leaves the issuer confirmed',
      { issuer: did, account, scope: ['OpenBadge'], withdraw: true },
      [
        `the right of ${account.toLowerCase()} to attest OpenBadge ends at 2026-03-01T09:00:30.000Z`,
      ],
    ],
    [
      'withdraws from a day on',
      { operator: account, withdraw: true, at: '2026-06-01' },
      [`the right of ${account.toLowerCase()} to anchor ends at 2026-06-01T00:00:00.000Z`],
    ],
    [
      'annuls',
      { operator: account, annul: 'fraud' },
      [`the right of ${account.toLowerCase()} to anchor never was valid`],
    ],
  ])('%s', async (_, options, words) => {
    expect(await plan(options)).toEqual(words)
  })

  test.each([
    ['nobody', {}, '--issuer or --operator'],
    ['an issuer and an operator', { issuer: did, operator: account }, '--issuer or --operator'],
    ['no scope', { issuer: did, account }, '--scope'],
    ['a scope for an operator', { operator: account, scope: ['OpenBadge'] }, '--scope'],
    ['a scope that is none', { issuer: did, account, scope: ['a b'] }, '--scope'],
    [
      'an account that is none',
      { issuer: did, account: '0x12', scope: ['OpenBadge'] },
      '--account',
    ],
    ['an account of a slug', { issuer: 'greta', account, scope: ['OpenBadge'] }, 'DID'],
    ['a day that is none', { operator: account, until: '2027-02-30' }, '--until'],
    ['a reason that is none', { operator: account, annul: 'boredom' }, '--annul'],
    ['two ends', { operator: account, withdraw: true, annul: 'error' }, '--withdraw or --annul'],
    ['a server that is away', { issuer: 'greta', scope: ['OpenBadge'] }, 'does not answer'],
  ])('is refused with %s', async (_, options, word) => {
    const error: unknown = await plan(options).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'INPUT_INVALID' })
    expect((error as Error).message).toContain(word)
  })
})
