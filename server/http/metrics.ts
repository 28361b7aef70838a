import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import { alarmCounts } from '../anchoring/alarm.ts'
import type { Context } from '../context.ts'

/** What is counted, for Prometheus. No label ever holds what identifies a person or a credential. */
export interface Metrics {
  /** A request was answered; `route` is the pattern of its path. */
  answered(labels: { method: string; route: string; status: number }, seconds: number): void
  issued(format: string): void
  /** The page, in Prometheus' text format. */
  page(): Promise<{ mediaType: string; text: string }>
}

/** Counts by itself, and asks the store for what waits whenever somebody looks. */
export function createMetrics({
  store,
  chains,
  log,
}: Pick<Context, 'store' | 'chains' | 'log'>): Metrics {
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
  new Gauge({
    name: 'livret_anchors_open',
    help: 'Roots that are not final yet.',
    labelNames: ['chain'],
    registers,
    async collect() {
      for (const { pin } of chains) {
        this.set({ chain: pin.name }, await store.anchors.countOpen(pin.chainId))
      }
    },
  })
  new Gauge({
    name: 'livret_status_changes_open',
    help: 'Revocations, suspensions and reinstatements that are not final yet.',
    labelNames: ['chain'],
    registers,
    async collect() {
      for (const { pin } of chains) {
        this.set({ chain: pin.name }, await store.statuses.countPending(pin.chainId))
      }
    },
  })

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
