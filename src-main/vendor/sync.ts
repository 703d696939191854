import type { JobRunContext } from '#main/jobs/job-types.ts'
import type { CatalogRow } from '#main/lake/catalog-rows.ts'
import type { Lake } from '#main/lake/lake.ts'
import type { Ledger } from '#main/ledger/ledger.ts'
import { sessionsBetween } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import type { RateState } from './rate-limiter.ts'
import { syncActions } from './sync-actions.ts'
import { syncBars } from './sync-bars.ts'
import { syncChain } from './sync-chain.ts'
import { syncIndex } from './sync-index.ts'
import { syncOptions } from './sync-options.ts'
import {
  isSettled,
  lakeTicker,
  type SyncMeter,
  type SyncRequest,
  type SyncRun,
  vendorSource,
} from './sync-run.ts'
import type { VendorClient } from './vendor-client.ts'

export interface SyncResult {
  /** Pages fetched. */
  requests: number
  warnings: string[]
}

type Job = Pick<JobRunContext, 'signal' | 'report' | 'checkpoint'>

const tellEveryMs = 1000

/**
 * Fetches what a request asks for and the lake does not have yet. What has arrived stays, whatever comes after it; parts that
 * fail do not keep the others away, and are named in the NO_DATA that it then throws.
 */
export async function runSync(
  { client, lake, store }: { client: VendorClient; lake: Lake; store: Ledger['sync'] },
  request: SyncRequest,
  now: number,
  job: Job,
): Promise<SyncResult> {
  const before = client.requests()
  const { meter, stop } = createMeter(client, job)
  const run: SyncRun = { client, lake, store, signal: job.signal, now, request, warnings: [], meter }
  const { first, end } = sessionsBetween(request.start, request.end)
  const wanted = settledSessions(first, end, now)
  if (wanted.length < end - first) {
    run.warnings.push('sessions that closed less than an hour ago, or are still to come, were left out')
  }
  const failures: SigmaError[] = []
  const parts = partsOf(run, wanted)
  try {
    for (const part of parts) {
      job.checkpoint()
      try {
        await part()
      } catch (error) {
        if (!(error instanceof SigmaError) || error.code !== 'NO_DATA') throw error
        failures.push(error)
      }
    }
  } finally {
    stop()
  }
  if (failures.length > 0) {
    const others = parts.length - failures.length
    const kept = others > 0 ? `; the other ${others} parts of the sync are stored` : ''
    throw new SigmaError('NO_DATA', `${failures.map(({ message }) => message).join('; ')}${kept}`, {
      details: { warnings: run.warnings },
    })
  }
  return { requests: client.requests() - before, warnings: run.warnings }
}

/** Throws CONFLICT where the sync would mix with, or silently replace, a series from another source. */
export async function requireOwnSeries(
  lake: Lake,
  { tickers, kinds, cadence, replace }: SyncRequest,
): Promise<void> {
  if (replace) return
  const own = new Set(tickers.map(lakeTicker))
  // Simulated bars of another cadence would stand beside real ones of the same name.
  const wants = ({ kind, ticker, cadence: at, simulated: isSimulated }: CatalogRow) =>
    (kind === 'bars' && kinds.includes('bars') && own.has(ticker) && (at === cadence || isSimulated)) ||
    (kind === 'index' && kinds.includes('index')) ||
    (kind === 'option_minutes' && kinds.includes('options') && own.has(ticker)) ||
    (kind === 'chain' && (kinds.includes('options') || kinds.includes('chain')) && own.has(ticker))
  for (const row of await lake.catalog()) {
    const { kind, ticker, cadence: at, source } = row
    if (source === vendorSource || !wants(row)) continue
    throw new SigmaError(
      'CONFLICT',
      `${[ticker, at, kind].filter(Boolean).join(' ')} in the lake comes from ${source}: set replace to take ${vendorSource} instead`,
    )
  }
}

function partsOf(run: SyncRun, wanted: readonly number[]): (() => Promise<void>)[] {
  const { tickers, kinds, cadence } = run.request
  const has = (kind: (typeof kinds)[number]) => kinds.includes(kind)
  const parts: (() => Promise<void>)[] = []
  // Options need the close of the session before the first.
  const withPrevious =
    has('options') && wanted.length > 0 && wanted[0]! > 0 ? [wanted[0]! - 1, ...wanted] : wanted
  for (const ticker of tickers) {
    // Splits come first: bars from before one must be fetched anew, options from before one not at all.
    if (has('actions') || has('bars') || has('options')) parts.push(() => syncActions(run, ticker))
    if (has('bars')) parts.push(() => syncBars(run, ticker, cadence, withPrevious))
  }
  if (has('index')) parts.push(() => syncIndex(run, wanted))
  for (const ticker of tickers) {
    if (has('options')) parts.push(() => syncOptions(run, ticker, wanted))
    if (has('chain')) parts.push(() => syncChain(run, ticker))
  }
  return parts
}

function settledSessions(first: number, end: number, now: number): number[] {
  const sessions: number[] = []
  for (let session = first; session < end && isSettled(session, now); session++) sessions.push(session)
  return sessions
}

/** Requests done of those known to be needed, with the state of the vendor's queue, told anew while nothing moves. */
function createMeter(client: VendorClient, job: Job): { meter: SyncMeter; stop: () => void } {
  let done = 0
  let total = 0
  let phase = 'starting'
  const tell = () =>
    job.report({ done, total: Math.max(total, done), note: `${phase} · ${queueText(client.rate())}` })
  const timer = setInterval(tell, tellEveryMs)
  return {
    meter: {
      plan: (requests) => {
        total += requests
        tell()
      },
      done: () => {
        done++
        tell()
      },
      phase: (note) => {
        phase = note
        tell()
      },
    },
    stop: () => clearInterval(timer),
  }
}

function queueText({ per_minute, used_last_minute, queued, wait_ms }: RateState): string {
  const limit = per_minute === null ? 'no limit' : `${used_last_minute} of ${per_minute} requests this minute`
  const wait = wait_ms > 0 && queued > 0 ? `, next in ${Math.ceil(wait_ms / 1000)} s` : ''
  return `${limit}, ${queued} waiting${wait}`
}
