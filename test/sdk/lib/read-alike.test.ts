import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { utf8 } from '../../../sdk/lib/bytes.ts'
import { readJsonBytes } from '../../../sdk/lib/json.ts'
import { readAlike } from '../../../sdk/lib/read-alike.ts'

let makes = 0
/** A make that nobody has read before. */
const newMake = () => `make ${String(makes++)}`
const certificate = (name: unknown, more: object = {}) =>
  JSON.stringify({
    id: `urn:uuid:${String(name)}`,
    holder: { name, born: { town: 'Besançon', year: 1987 } },
    skills: ['accueillir', 'vendre'],
    ...more,
  })
const read = (make: string, text: string) => readAlike(make, utf8(text))
const strictly = (text: string) => readJsonBytes(utf8(text))

/** A make whose mould has been learned, with a hole for each name. */
function learned(): string {
  const make = newMake()
  read(make, certificate('Ada'))
  read(make, certificate('Zoé'.replace('é', 'e')))
  return make
}

/** What is held after everything else was collected. */
function heapInMegabytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed / 1e6
}

describe('readAlike', () => {
  test('gives what strict reading gives, whatever texts of a make come one after the other', () => {
    const texts = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }).map((name) => certificate(name)),
        fc.json(),
        fc.tuple(fc.string(), fc.json()).map(([name, more]) => `{"name":"${name}","more":${more}}`),
        fc.json().map((text) => text.replace('"', '\\u0022')),
      ),
      { minLength: 2, maxLength: 8 },
    )
    fc.assert(
      fc.property(texts, (all) => {
        const make = newMake()
        for (const text of all) expect(read(make, text)).toEqual(strictly(text))
      }),
      { numRuns: 30 },
    )
  })

  test('shares what is the same in all of them, and nothing else', () => {
    const make = learned()
    const [a, b] = ['Grace', 'Linus'].map((name) => read(make, certificate(name)).value)
    expect(a).toEqual(JSON.parse(certificate('Grace')))
    expect(b).toEqual(JSON.parse(certificate('Linus')))
    expect(a).toHaveProperty(
      'skills',
      expect.toSatisfy((skills) => Object.isFrozen(skills)),
    )
    expect(a).not.toBe(b)
  })

  test.each([
    ['a second member of the same name', certificate('"x","name":"y').replace('\\"', '"')],
    ['a quote in a string', certificate('A"B')],
    ['a backslash', certificate('A\\B')],
    ['an escaped name', certificate('Ada').replace('"name"', '"n\\u0061me"')],
    ['a line break in a string', certificate('Ada').replace('Ada', 'A\nda')],
    ['more behind the end', `${certificate('Ada')}{}`],
    ['half of it', certificate('Ada').slice(0, -4)],
    ['half of a surrogate pair', certificate('Ada').replace('Ada', '\\ud800')],
    ['a letter outside ASCII', certificate('Zoé')],
  ])('is as strict as before with %s', (_, text) => {
    expect(read(learned(), text)).toEqual(strictly(text))
  })

  test('refuses bytes that are not UTF-8 where a string may differ', () => {
    const make = learned()
    const bytes = utf8(certificate('Ada'))
    const broken = Uint8Array.from(bytes)
    broken[bytes.indexOf('d'.charCodeAt(0), bytes.indexOf('A'.charCodeAt(0)))] = 0xff
    expect(readAlike(make, broken)).toEqual({ problem: 'not UTF-8' })
  })

  test('gives what was signed though somebody changed what was read before', () => {
    const make = newMake()
    read(make, certificate('Ada'))
    Object.assign(read(make, certificate('Eva')).value ?? {}, { id: 'changed', more: 'added' })
    expect(read(make, certificate('Grace'))).toEqual(strictly(certificate('Grace')))
  })

  test('holds little, however long the tokens of strangers are', () => {
    const before = heapInMegabytes()
    for (let i = 0; i < 100; i++) {
      const token = `${String(i).padStart(100, '0')}.${'A'.repeat(1_000_000)}`
      read(Buffer.from(token).toString().slice(0, 100), '{}')
    }
    expect(heapInMegabytes() - before).toBeLessThan(50)
  })

  test('is not kept busy by texts that never fit', () => {
    const odd = (count: number) => Array.from({ length: count }, () => Math.random().toString(36))
    const texts = Array.from({ length: 80 }, () =>
      utf8(JSON.stringify({ a: [...Array.from({ length: 2_400 }, () => 'a'), ...odd(30)] })),
    )
    // The processor's time: whatever else the machine does is left out.
    const effortOf = (readOne: (bytes: Uint8Array) => unknown) => {
      const begun = process.cpuUsage()
      for (const each of texts) readOne(each)
      const { user, system } = process.cpuUsage(begun)
      return user + system
    }
    const make = newMake()
    const strict = effortOf(readJsonBytes)
    expect(effortOf((bytes) => readAlike(make, bytes))).toBeLessThan(10 * strict)
  })

  test('forgets makes whose texts are short', () => {
    const before = heapInMegabytes()
    for (let i = 0; i < 6_000; i++) read(Buffer.from(`${i}`.padStart(8_000)).toString(), '{}')
    expect(heapInMegabytes() - before).toBeLessThan(30)
  })

  test('reads names that are numbers, and texts that are too long for a mould', () => {
    const make = newMake()
    for (const text of [
      '{"2":"a","1":"b"}',
      '{"2":"c","1":"d"}',
      JSON.stringify({ a: 'b'.repeat(20_000) }),
    ]) {
      expect(read(make, text)).toEqual(strictly(text))
    }
  })
})
