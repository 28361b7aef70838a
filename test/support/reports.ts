import type { Report } from '../../sdk/model/report.ts'

/** The codes of what failed, in order. */
export const failures = ({ checks }: Report) =>
  checks.filter(({ status }) => status === 'failed').map(({ code }) => code)

/** The codes of what is undecided, in order. */
export const openQuestions = ({ checks }: Report) =>
  checks.filter(({ status }) => status === 'undecided').map(({ code }) => code)

/** The token with its payload changed, its signature as it was. */
export function forgedFrom(token: string, change: (payload: string) => string): string {
  const [header, payload = '', signature] = token.split('.')
  const json = change(Buffer.from(payload, 'base64url').toString())
  return [header, Buffer.from(json).toString('base64url'), signature].join('.')
}
