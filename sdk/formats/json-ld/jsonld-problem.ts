import * as z from 'zod/mini'

const Details = z.looseObject({
  code: z.optional(z.string()),
  event: z.optional(
    z.looseObject({ code: z.string(), details: z.optional(z.record(z.string(), z.unknown())) }),
  ),
  term: z.optional(z.string()),
})

/** What jsonld says, in short: the rule, and the term or value that breaks it. */
export function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const details = Details.safeParse('details' in error ? error.details : undefined)
  if (!details.success) return error.message
  const { code, event, term } = details.data
  const { property, type, id, value } = event?.details ?? {}
  const culprit = [property, type, id, term, value].find((each) => typeof each === 'string')
  const rule = event?.code ?? code ?? error.message
  return typeof culprit === 'string' ? `${rule}: ${culprit.slice(0, 100)}` : rule
}
