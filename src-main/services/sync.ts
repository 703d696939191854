import { requireOwnSeries, runSync, type SyncResult } from '#main/vendor/sync.ts'
import type { SyncRequest } from '#main/vendor/sync-run.ts'
import { readPerMinute, readVendorOrigin } from '#main/vendor/vendor-settings.ts'
import { sessionsBetween } from '#shared/calendar/sessions.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import type { SyncService } from './index.ts'
import type { VendorAccess } from './vendor-access.ts'

const jobKind = 'sync_data'

type Dependencies = Pick<ServiceContext, 'ledger' | 'lake' | 'runner' | 'clock' | 'announce'>

/** Market data from the vendor, fetched by a job. */
export function createSyncService(
  { ledger, lake, runner, clock, announce }: Dependencies,
  vendor: VendorAccess,
): SyncService {
  const { env, hasKey } = vendor

  runner.define<SyncRequest, SyncResult>(jobKind, {
    title: ({ tickers, start, end }) => `Market data of ${tickers.join(', ')} from ${start} to ${end}`,
    maxConcurrent: 1,
    run: async (request, job) => {
      try {
        return await vendor.alone(() => {
          job.checkpoint()
          const stores = { client: vendor.client(), lake, store: ledger.sync }
          return runSync(stores, request, Date.parse(clock()), job)
        })
      } finally {
        announce('data', { source: 'sync' })
      }
    },
  })

  return {
    async start({
      tickers,
      cadence = '5m',
      start,
      end,
      kinds = ['bars', 'actions'],
      distance = 7,
      replace = false,
    }) {
      vendor.client()
      if (start > end) throw new SigmaError('INVALID_PARAM', `end ${end} lies before start ${start}`)
      const { first, end: after } = sessionsBetween(start, end)
      if (first === after) throw new SigmaError('NO_DATA', `there is no NYSE session from ${start} to ${end}`)
      const names = [...new Set(tickers.map((each) => each.toUpperCase()))]
      const request: SyncRequest = {
        tickers: names,
        cadence,
        start,
        end,
        kinds: [...new Set(kinds)],
        distance,
        replace,
      }
      await requireOwnSeries(lake, request)
      const job = runner.submit(jobKind, request, { subject: { tickers: names } })
      return { job_id: job.job_id, job }
    },

    async state() {
      const [running] = runner.list({ kind: jobKind, status: 'running', limit: 1, offset: 0 }).rows
      const last = runner
        .list({ kind: jobKind, limit: 20, offset: 0 })
        .rows.find(({ status }) => status !== 'running' && status !== 'queued')
      const result = last?.status === 'completed' ? ledger.jobs.get(Number(last.job_id))?.result : null
      return {
        ...describeSettings(),
        running: running ?? null,
        last: last ?? null,
        last_result: (result ?? null) as SyncResult | null,
        fetched: ledger.sync.series(),
      }
    },
  }

  function describeSettings(): Pick<ReplyOf<'getSync'>, 'has_key' | 'problem' | 'vendor' | 'rate'> {
    const has_key = hasKey()
    const idle = { per_minute: null, used_last_minute: 0, in_flight: 0, queued: 0, wait_ms: 0 }
    try {
      const origin = readVendorOrigin(env)
      const perMinute = readPerMinute(env)
      const own = { ...idle, per_minute: Number.isFinite(perMinute) ? perMinute : null }
      const rate = has_key ? vendor.client().rate() : own
      return { has_key, problem: null, vendor: origin, rate }
    } catch (error) {
      return { has_key, problem: (error as Error).message, vendor: null, rate: idle }
    }
  }
}
