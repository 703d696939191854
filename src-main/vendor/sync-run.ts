import type { Lake } from '#main/lake/lake.ts'
import type { Ledger } from '#main/ledger/ledger.ts'
import { sessionClose, sessionDate, sessionOfDate } from '#shared/calendar/sessions.ts'
import type { VendorClient } from './vendor-client.ts'

/** Source of everything that comes from the vendor. */
export const vendorSource = 'polygon'

export type SyncKind = 'bars' | 'actions' | 'index' | 'options' | 'chain'

export interface SyncRequest {
  /** As the vendor calls them: SPY, I:SPX. */
  tickers: string[]
  cadence: '5m' | 'daily'
  /** YYYY-MM-DD, both included. */
  start: string
  end: string
  kinds: SyncKind[]
  /** Whole dollars around the previous close in which same-day options are fetched. */
  distance: number
  /** Take the place of series from other sources. */
  replace: boolean
}

/** What the steps of one sync share. */
export interface SyncRun {
  client: VendorClient
  lake: Lake
  store: Ledger['sync']
  signal: AbortSignal
  /** Epoch ms UTC. */
  now: number
  request: SyncRequest
  warnings: string[]
  meter: SyncMeter
}

/** Requests planned and done, for the progress of the job. */
export interface SyncMeter {
  plan: (requests: number) => void
  done: () => void
  phase: (note: string) => void
}

const dayMs = 86_400_000
/** The vendor goes on mending a session for a while after its close. */
const settlingMs = 3_600_000
/** A session without rows is asked for again until it is this old: its data may only be late. */
const lateMs = 5 * dayMs

/** The lake has no colons in its names: the index I:SPX is SPX there. */
export const lakeTicker = (ticker: string): string => ticker.replace(/^I:/, '')

const indices = new Set(['SPX', 'XSP', 'NDX', 'RUT', 'DJI', 'VIX'])
/** What the vendor calls a ticker of the lake. */
export const vendorTicker = (ticker: string): string => (indices.has(ticker) ? `I:${ticker}` : ticker)

export const isSettled = (session: number, now: number): boolean => sessionClose[session]! + settlingMs <= now
export const mayBeLate = (session: number, now: number): boolean => sessionClose[session]! + lateMs > now

/** Session numbers of a series that were fetched. */
export function fetchedSessions(run: SyncRun, ticker: string, series: string): Set<number> {
  return new Set(run.store.sessions(ticker, series).map(({ date }) => sessionOfDate(date)))
}

/** Runs of neighbouring sessions of one calendar month or year: each is one request. */
export function requestRuns(
  sessions: readonly number[],
  unit: 'month' | 'year',
): { from: string; to: string; sessions: number[] }[] {
  const runs: { from: string; to: string; sessions: number[] }[] = []
  const letters = unit === 'month' ? 7 : 4
  for (const session of sessions) {
    const date = sessionDate(session)
    const last = runs.at(-1)
    const isNext = last?.sessions.at(-1) === session - 1
    if (last !== undefined && isNext && last.to.slice(0, letters) === date.slice(0, letters)) {
      last.to = date
      last.sessions.push(session)
    } else runs.push({ from: date, to: date, sessions: [session] })
  }
  return runs
}

/** A reply that is kept until its rows are in the lake: after a crash it is not asked for again. */
export async function fetchOnce<T>(
  run: SyncRun,
  place: { ticker: string; series: string; request: string },
  fetch: () => Promise<T>,
): Promise<T> {
  const { ticker, series, request } = place
  const kept = run.store.reply(ticker, series, request)
  const value = kept === undefined ? await fetch() : (JSON.parse(kept) as T)
  if (kept === undefined) run.store.keepReply(ticker, series, request, JSON.stringify(value))
  run.meter.done()
  return value
}
