import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import { alarmCounts } from '../anchoring/alarm.ts'
import { chainProgress, type ChainProgress } from '../anchoring/chain-progress.ts'
import type { Context } from '../context.ts'

/** What is counted, for Prometheus. No label ever holds what identifies a person or a credential. */
export interface Metrics {
  /** A request was answered; `route` is the pattern of its path. */
  answered(labels: { method: string; route: string; status: number }, seconds: number): void
  issued(format: string): void
  /** The page, in Prometheus' text format. */
  page(): Promise<{ mediaType: string; text: string }>
}

/** What is told of each chain; undefined: nothing is known now. */
const chainGauges: readonly {
  name: string
  help: string
  of: (chain: ChainProgress) => number | undefined
}[] = [
  {
    name: 'livret_chain_up',
    help: '1 if the chain answers and is the one it was, else 0.',
    of: ({ finalBlock }) => (finalBlock === undefined ? 0 : 1),
  },
  {
    name: 'livret_final_block',
    help: 'Number of the newest final block.',
    of: ({ finalBlock }) => finalBlock?.number,
  },
  {
    name: 'livret_final_block_age_seconds',
    help: 'Age of the newest final block.',
    of: ({ finalBlock }) => finalBlock?.ageSeconds,
  },
  {
    name: 'livret_imported_block',
    help: 'Last block up to which negative facts were taken over.',
    of: ({ importedBlock }) => importedBlock,
  },
  {
    name: 'livret_anchors_open',
    help: 'Roots that are not final yet.',
    of: ({ roots }) => roots.open,
  },
  {
    name: 'livret_anchors_lag_seconds',
    help: 'For how long the oldest root that is not final has waited.',
    of: ({ roots }) => roots.oldestSeconds,
  },
  {
    name: 'livret_transactions_open',
    help: 'Transactions that are not final yet.',
    of: ({ transactions }) => transactions.open,
  },
  {
    name: 'livret_transactions_lag_seconds',
    help: 'For how long the oldest transaction that is not final has waited.',
    of: ({ transactions }) => transactions.oldestSeconds,
  },
  {
    name: 'livret_status_changes_open',
    help: 'Revocations, suspensions and reinstatements that are not final yet.',
    of: ({ statuses }) => statuses.open,
  },
]

/** Counts by itself, and asks the store for what waits whenever somebody looks. */
export function createMetrics({
  store,
  chains,
  log,
  now,
}: Pick<Context, 'store' | 'chains' | 'log' | 'now'>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'livret_http_request_seconds',
    help: 'Time until a request was answered.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  })
  const issued = new Counter({
    name: 'livret_credentials_issued_total',
    help: 'Credentials signed by this process.',
    labelNames: ['format'],
    registers,
  })
  new Counter({
    name: 'livret_alarms_total',
    help: 'What a person should look at; the log has the facts.',
    labelNames: ['event'],
    registers,
    collect() {
      this.reset()
      for (const [event, count] of alarmCounts(log)) this.inc({ event }, count)
    },
  })
  new Gauge({
    name: 'livret_credentials_waiting',
    help: 'Credentials that are in no batch yet.',
    registers,
    async collect() {
      this.set((await store.credentials.waiting()).count)
    },
  })
  for (const { name, help, of } of chainGauges) {
    new Gauge({
      name,
      help,
      labelNames: ['chain'],
      registers,
      async collect() {
        this.reset()
        for (const chain of await chainProgress({ store, chains, now })) {
          const value = of(chain)
          if (value !== undefined) this.set({ chain: chain.name }, value)
        }
      },
    })
  }

  return {
    answered: (labels, seconds) => {
      requests.observe(labels, seconds)
    },
    issued: (format) => {
      issued.inc({ format })
    },
    page: async () => ({ mediaType: registry.contentType, text: await registry.metrics() }),
  }
}
