import { unknownContexts } from '../../model/contexts.ts'

/** Reading a context takes about so many times as long as finding that it was read before. */
const reading = 8

/** What one document may make a processor do, see {@link contextWork}: sixteen contexts, or a hundred envelopes. */
export const mostContextWork = 128

/**
 * How much JSON-LD processing has to do with the contexts of a document: 8 for each that is read, once
 * for each way that leads to it (what is in force before decides what comes of it), and 1 for each place
 * where one stands again. A list of five thousand, or a context within a context within a context, keeps
 * a processor busy for many seconds.
 *
 * @returns The work, in units of some 0.2 ms; what lies far beyond `most` is not counted to its end.
 */
export function contextWork(document: unknown, most: number): number {
  const ways = new Map<string, number>()
  let work = 0

  function visit(value: unknown, way: number): void {
    if (work > most || typeof value !== 'object' || value === null || isOwn(value)) return
    const context = '@context' in value ? value['@context'] : undefined
    const inner = context === undefined ? way : enter(context, way)
    for (const each of Object.values(value)) visit(each, inner)
  }

  /** The way that goes on from `way` through a context. */
  function enter(context: unknown, way: number): number {
    work += 1
    const contexts: readonly unknown[] = [context].flat()
    const key = `${way} ${contexts.map(keyOf).join(' ')}`
    const known = ways.get(key)
    if (known !== undefined) return known
    work += reading * contexts.length
    ways.set(key, ways.size + 1)
    return ways.size
  }

  /** One name for what is one context: an address, or our own; any other object is one by itself. */
  function keyOf(context: unknown): string {
    if (typeof context === 'string') return context
    return isOwn(context) ? 'own' : `#${work}.${ways.size}`
  }

  visit(document, 0)
  return work
}

/** What stands in our own context is not looked at again. */
function isOwn(context: unknown): boolean {
  return unknownContexts([context]).length === 0
}
