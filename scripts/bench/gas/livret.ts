/**
 * What Livret's calls cost: the ones that DESIGN section 2 sets a budget for.
 *
 * @module
 */
import { MaxUint256, id, type Signer } from 'ethers'
import type { Deployed, Meter } from './meter.ts'
import { freshHashes, nth } from './rows.ts'

const attest = 0
const accredit = 1
const anchor = 2
const forever = 2n ** 40n - 1n
const labels = [id('TrainingCertificate'), id('RNCP34079')]

interface Link {
  accreditor: string
  number: number
  depth: number
}

/** Gas of each call, by its name in DESIGN section 2. */
export interface LivretGas {
  accreditFirst: number
  accreditDepth5: number
  accreditationAtDepth6: number
  anchor: number
  anchorFurther: number
  revokeWord: number
  revoke100: number
}

export async function measureLivret(meter: Meter): Promise<LivretGas> {
  const authority = nth(meter.accounts, 0)
  const accreditations = await meter.deploy('AccreditationRegistry', [await authority.getAddress()])
  return {
    ...(await measureAccreditations(meter, accreditations)),
    ...(await measureAnchors(meter, accreditations)),
    ...(await measureStatuses(meter, accreditations)),
  }
}

/** A chain of accreditors below the authority, each over all scopes, the last one five links down. */
async function measureAccreditations(meter: Meter, accreditations: Deployed) {
  const [authority, ...others] = meter.accounts
  if (authority === undefined) throw new Error('gas: no accounts')
  const give = (
    from: Signer,
    subject: string,
    right: number,
    path: readonly Link[],
    scope = labels,
  ) => meter.gasOf(from, accreditations, 'accredit', [subject, right, scope, forever, path])

  const accreditFirst = await give(authority, await nth(others, 5).getAddress(), attest, [])
  let giver = authority
  let path: readonly Link[] = []
  for (const receiver of others.slice(0, 5)) {
    await give(giver, await receiver.getAddress(), accredit, path, [])
    path = [{ accreditor: await giver.getAddress(), number: 0, depth: 0 }, ...path]
    giver = receiver
  }
  const subject = await nth(others, 6).getAddress()
  const accreditDepth5 = await give(giver, subject, attest, path)

  const own = { accreditor: await giver.getAddress(), number: 0, depth: labels.length }
  const time = Math.floor(Date.now() / 1000) + 60
  const accreditationAtDepth6 = await meter.gasOf(authority, accreditations, 'accreditationAt', [
    subject,
    attest,
    labels,
    [own, ...path],
    time,
  ])
  return { accreditFirst, accreditDepth5, accreditationAtDepth6 }
}

async function measureAnchors(meter: Meter, accreditations: Deployed) {
  const authority = nth(meter.accounts, 0)
  const operator = nth(meter.accounts, 8)
  const anchors = await meter.deploy('AnchorRegistry', [accreditations.address])
  const account = await operator.getAddress()
  await meter.gasOf(authority, accreditations, 'accredit', [account, anchor, [], forever, []])
  const path = [{ accreditor: await authority.getAddress(), number: 0, depth: 0 }]

  const anchorMany = (count: number) => {
    const batches = freshHashes(count).map((root) => ({ root, leafCount: 128 }))
    return meter.gasOf(operator, anchors, 'anchorMany', [batches, path])
  }
  return {
    anchor: await meter.gasOf(operator, anchors, 'anchor', [nth(freshHashes(1), 0), 128, path]),
    anchorFurther: ((await anchorMany(11)) - (await anchorMany(1))) / 10,
  }
}

async function measureStatuses(meter: Meter, accreditations: Deployed) {
  const authority = nth(meter.accounts, 0)
  const issuer = nth(meter.accounts, 9)
  const statuses = await meter.deploy('StatusRegistry', [accreditations.address])
  const issuerId = id('did:web:college.example')
  const account = await issuer.getAddress()
  await meter.gasOf(authority, accreditations, 'confirmIssuer', [issuerId, account, 0, [], []])

  // As on a server: the operator that the issuer has named.
  const operator = nth(meter.accounts, 8)
  const named = [issuerId, await operator.getAddress(), true]
  await meter.gasOf(issuer, statuses, 'setOperator', named)
  const revoke = (list: number, masks: readonly bigint[]) => {
    const updates = masks.map((mask, word) => ({ word, mask }))
    return meter.gasOf(operator, statuses, 'revoke', [issuerId, list, updates])
  }
  const thirteen = BigInt('0b1010000100100001000100001000010010000100000010000001')
  const twelve = thirteen & ~1n
  return {
    revokeWord: await revoke(0, [MaxUint256]),
    revoke100: await revoke(1, [
      ...Array<bigint>(4).fill(thirteen),
      ...Array<bigint>(4).fill(twelve),
    ]),
  }
}
