import { pino, type DestinationStream, type LevelWithSilent } from 'pino'
import type { Log } from './context.ts'

/** JSON lines on standard error (or `destination`): one for each event, with its facts. */
export function createLog(level: LevelWithSilent, destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  const log = pino(options, destination ?? pino.destination({ dest: 2, sync: true }))
  return {
    info: (event, facts) => {
      log.info(facts, event)
    },
    warn: (event, facts) => {
      log.warn(facts, event)
    },
    error: (event, facts) => {
      log.error(facts, event)
    },
  }
}
