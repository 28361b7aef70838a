/**
 * Reading many JSON texts of the same make, strictly.
 *
 * @module
 */
import { latin1 } from './bytes.ts'
import { differingLeaves, makeMould, readByMould, sampleOf, type JsonMould } from './json-mould.ts'
import { isJsonObject, readJsonBytes, type JsonResult } from './json.ts'
import { unslice } from './unslice.ts'

/** The longest text that a mould is made of, in bytes. */
const longestText = 16_384
/** Most moulds of one make: a training body has many trainings, and each its words. */
const mouldsOfAMake = 32
/** In how many strings texts of one mould may differ; with more, they are different trainings. */
const mostHoles = 24
/** Most strings in a text that a mould is made of: those that do not fit are compared one by one. */
const mostLeaves = 512
/** What moulds may weigh before all are forgotten: strangers send what they like. */
const capacity = 16_000_000
/** Bytes that a string of a sample takes beside its text: where it stands, and where it goes. */
const bytesOfALeaf = 96

const moulds = new Map<string, JsonMould[]>()
let held = 0

/**
 * `readJsonBytes`, several times as fast for what fits a mould. Parts that are the same in all texts of a
 * mould come as the same frozen objects.
 *
 * @param make - Who makes texts that are alike: the header of a token, which names its issuer.
 * @returns The same as `readJsonBytes`.
 */
export function readAlike(make: string, bytes: Uint8Array): JsonResult {
  if (bytes.length > longestText) return readJsonBytes(bytes)
  const text = latin1(bytes)
  const own = moulds.get(make) ?? []
  for (const [i, mould] of own.entries()) {
    const value = readByMould(mould, text)
    if (value === undefined) continue
    // The next one is likely to be of the same mould.
    if (i > 0) own.unshift(...own.splice(i, 1))
    return { value }
  }
  const result = readJsonBytes(bytes)
  if (isJsonObject(result.value)) learn(make, own, text, result.value)
  return result
}

function learn(
  make: string,
  own: JsonMould[],
  text: string,
  value: Parameters<typeof sampleOf>[1],
): void {
  const sample = sampleOf(text, value)
  if (sample === undefined || sample.leaves.length > mostLeaves) return
  const weight = make.length + text.length + bytesOfALeaf * (1 + sample.leaves.length)
  held += weight
  if (held > capacity) {
    moulds.clear()
    held = weight
  }
  for (const [i, mould] of own.entries()) {
    const differing = differingLeaves(mould.sample, sample, mostHoles)
    const holes = differing && new Set([...mould.holes, ...differing])
    if (holes === undefined || holes.size > mostHoles) continue
    own.splice(i, 1)
    own.unshift(makeMould(sample, holes))
    return
  }
  own.unshift(makeMould(sample, new Set()))
  moulds.set(unslice(make), own.slice(0, mouldsOfAMake))
}
