import { requireOwnSeries, runSync, type SyncResult } from '#main/vendor/sync.ts'
import type { SyncRequest } from '#main/vendor/sync-run.ts'
import { createVendorClient, type VendorClient, type VendorOptions } from '#main/vendor/vendor-client.ts'
import { readPerMinute, readVendorOrigin, readVendorSettings } from '#main/vendor/vendor-settings.ts'
import { sessionsBetween } from '#shared/calendar/sessions.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import type { SyncService } from './index.ts'

const jobKind = 'sync_data'

type Dependencies = Pick<ServiceContext, 'ledger' | 'lake' | 'runner' | 'clock' | 'announce'>

interface Vendor {
  /** Where the settings come from; the key stays there and in the client. */
  env: Readonly<Record<string, string | undefined>>
  options?: VendorOptions
}

/** Market data from the vendor, fetched by a job. */
export function createSyncService(
  { ledger, lake, runner, clock, announce }: Dependencies,
  { env, options }: Vendor,
): SyncService {
  let made: { settings: string; client: VendorClient } | undefined

  /** One client for as long as the settings stay: its queue is what keeps all jobs together within the plan. */
  function currentClient(): VendorClient {
    const settings = readVendorSettings(env)
    const text = JSON.stringify([settings.key, settings.origin, settings.perMinute])
    if (made?.settings !== text) made = { settings: text, client: createVendorClient(settings, options) }
    return made.client
  }

  runner.define<SyncRequest, SyncResult>(jobKind, {
    title: ({ tickers, start, end }) => `Market data of ${tickers.join(', ')} from ${start} to ${end}`,
    // Two at once would only wait for one another, and might ask for the same.
    maxConcurrent: 1,
    run: async (request, job) => {
      try {
        return await runSync(
          { client: currentClient(), lake, store: ledger.sync },
          request,
          Date.parse(clock()),
          job,
        )
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
      currentClient()
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
    const has_key = Boolean(env['POLYGON_API_KEY'])
    const idle = { per_minute: null, used_last_minute: 0, in_flight: 0, queued: 0, wait_ms: 0 }
    try {
      const vendor = readVendorOrigin(env)
      const perMinute = readPerMinute(env)
      const own = { ...idle, per_minute: Number.isFinite(perMinute) ? perMinute : null }
      const rate = has_key ? currentClient().rate() : own
      return { has_key, problem: null, vendor, rate }
    } catch (error) {
      return { has_key, problem: (error as Error).message, vendor: null, rate: idle }
    }
  }
}
