import { describe, expect, test } from 'vitest'
import { groupCommit } from '../../../server/store/group-commit.ts'

/** Collects what is written; refuses groups that hold `bad`, and fails for it alone. */
function recorder() {
  const written: (readonly string[])[] = []
  const add = groupCommit<string>(async (items, isAlone) => {
    await new Promise((resolve) => setImmediate(resolve))
    if (items.includes('down')) throw new Error('the database is down')
    if (items.includes('bad') && isAlone) throw new Error('bad')
    if (items.includes('bad')) return false
    written.push(items)
    return true
  }, 4)
  return { written, add }
}

describe('groupCommit', () => {
  test('writes a call that is alone at once', async () => {
    const { written, add } = recorder()
    await add(['a'])
    expect(written).toEqual([['a']])
  })

  test('writes together what came while it was writing', async () => {
    const { written, add } = recorder()
    await Promise.all([add(['a']), add(['b']), add(['c', 'd'])])
    expect(written).toEqual([['a'], ['b', 'c', 'd']])
  })

  test('never makes a group larger than the limit of several calls', async () => {
    const { written, add } = recorder()
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((item) => add([item])))
    expect(written).toEqual([['a'], ['b', 'c', 'd', 'e'], ['f']])
  })

  test('writes a call that is larger than the limit by itself, and whole', async () => {
    const { written, add } = recorder()
    const many = ['1', '2', '3', '4', '5']
    await Promise.all([add(['a']), add(many), add(['b'])])
    expect(written).toEqual([['a'], many, ['b']])
  })

  test('fails the one call that cannot be written, not its neighbours', async () => {
    const { written, add } = recorder()
    const outcomes = await Promise.allSettled([add(['a']), add(['b']), add(['bad']), add(['c'])])
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect(written).toEqual([['a'], ['b'], ['c']])
  })

  test('fails a whole group when nothing can be written, and goes on after it', async () => {
    const { written, add } = recorder()
    const outcomes = await Promise.allSettled([add(['a']), add(['down']), add(['b'])])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    await add(['c'])
    expect(written).toEqual([['a'], ['c']])
  })
})
