import { describe, expect, test } from 'vitest'
import { livret } from '../../support/terminal.ts'

const { out } = await livret(['--help'])
const commands = [...out.matchAll(/^ {2}([a-z-]+) /gm)].flatMap(([, name]) => name ?? [])

/** Everything in a usage text that is typed as it stands. */
const typed = (text: string) =>
  [...new Set(text.match(/--[a-z-]+|\$LIVRET_\w+/g))].filter((each) => each !== '--help').sort()

test('every command is listed, in both languages', async () => {
  expect(commands).toContain('verify')
  const french = await livret(['--help', '--lang', 'fr'])
  expect(french.out).toMatch(/^Usage : livret COMMANDE/)
  for (const name of commands) expect(french.out).toContain(`  ${name} `)
  expect(french.out).not.toContain('verify credentials')
})

describe.each(commands)('livret %s --help', (name) => {
  test('says what each exit code means', async () => {
    const english = await livret([name, '--help'])
    expect([english.code, english.err]).toEqual([0, ''])
    expect(english.out).toMatch(/^Usage: livret/)
    expect(english.out).toMatch(/Exit code: 0 .*1 .*64 usage/)
  })

  test('says the same in French', async () => {
    const english = await livret([name, '--help'])
    for (const args of [
      [name, '--help', '--lang', 'fr'],
      [name, '--lang=fr', '--help'],
    ]) {
      const french = await livret(args)
      expect(french.out).toMatch(/^Usage : livret/)
      expect(french.out).toMatch(/Code de sortie : 0 .*1 .*64 mauvais usage/)
      expect(typed(french.out)).toEqual(typed(english.out))
    }
  })

  test('speaks the language of the environment', async () => {
    const { out: help } = await livret([name, '-h'], { env: { LANG: 'fr_FR.UTF-8' } })
    expect(help).toMatch(/^Usage : /)
  })

  test('is shown after an option that does not exist, which is named', async () => {
    const { code, err } = await livret([name, '--polcy'], { env: { LC_ALL: 'fr' } })
    expect(code).toBe(64)
    expect(err).toMatch(/^livret: .*--polcy[^]*Usage : livret/)
  })
})
