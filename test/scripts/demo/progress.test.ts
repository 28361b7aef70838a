import { expect, test } from 'vitest'
import { createProgress } from '../../../scripts/demo/progress.ts'
import { texts } from '../../../scripts/demo/texts.ts'

const screen = (isTTY: boolean) => {
  const written: string[] = []
  return { isTTY, written, write: (text: string) => written.push(text) }
}

test('draws a bar on a terminal, and wipes it away', () => {
  const terminal = screen(true)
  const progress = createProgress(terminal, texts.en.stages)
  progress.show('verify', 14, 28)
  progress.finish()
  expect(terminal.written).toEqual([
    `\r\u001B[2K  ${'█'.repeat(14)}${'░'.repeat(14)} verifying 14/28`,
    '\r\u001B[2K',
  ])
})

test('writes nothing into a log', () => {
  const log = screen(false)
  const progress = createProgress(log, texts.fr.stages)
  progress.show('verify', 14, 28)
  progress.finish()
  expect(log.written).toEqual([])
})
