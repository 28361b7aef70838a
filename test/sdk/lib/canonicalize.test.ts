import { describe, expect, test } from 'vitest'
import { canonicalize } from '../../../sdk/lib/canonicalize.ts'
import { readJson } from '../../../sdk/lib/json.ts'

const double = (bits: string) => {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(`0x${bits}`))
  return view.getFloat64(0)
}
const bytesOf = (text: string) => Buffer.from(text).toString('hex')

describe('canonicalize', () => {
  // RFC 8785 section 3.2.2 and 3.2.3
  test('writes the literals, numbers and strings of the example', () => {
    const { value } = readJson(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`)
    expect(canonicalize(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  // RFC 8785 section 3.2.4
  test('sorts members by their UTF-16 code units', () => {
    const { value } = readJson(
      String.raw`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`,
    )
    expect(bytesOf(canonicalize(value))).toBe(
      bytesOf(
        `{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","\u{1f600}":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}`,
      ),
    )
  })

  // RFC 8785 appendix B
  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s as %s', (bits, text) => {
    expect(canonicalize(double(bits))).toBe(text)
  })

  test('leaves blanks and absent members out, and keeps the order of lists', () => {
    expect(canonicalize({ b: [3, 1, [], {}], a: undefined })).toBe('{"b":[3,1,[],{}]}')
  })

  test.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['infinity', { a: Infinity }],
    ['half of a surrogate pair', '\ud800'],
    ['half of a pair as a name', { '\udead': 1 }],
    ['a bigint', [1n]],
    ['nothing', undefined],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalize(value)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
  })
})
