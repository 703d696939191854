import type { StoredSignal } from '#main/ledger/signals.ts'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { Cadence } from '#shared/catalog/indicators/define.ts'
import type { LiveMetrics } from '#shared/contract/signals.ts'
import { drawdownOf, sortinoOf, tradeFigures } from '#shared/kernels/performance.ts'
import { momentsOf, sharpeOf } from '#shared/kernels/statistics.ts'

const minuteMs = 60_000
const annual = Math.sqrt(252)

/** Statuses of a signal whose order was filled; a closed trade was. */
const filledStatuses = new Set(['filled', 'closed'])
const missedStatuses = new Set(['canceled', 'timed_out'])

type Figures = Omit<LiveMetrics, 'capacity' | 'capacity_label'>
type LiveSignal = Pick<
  StoredSignal,
  'ts' | 'date' | 'status' | 'entry_ref_px' | 'fill_px' | 'slippage' | 'pnl'
>

/**
 * Live figures of the signals of one model and profile. Returns are the daily sums of pnl over all sessions from the first signal to
 * the last, zeros where nothing closed, so that they compare with a backtest's.
 * @param now epoch ms
 */
export function measureLive(
  signals: readonly LiveSignal[],
  { cadence, assetType }: { cadence: Cadence; assetType: 'eq' | 'opt' },
  now: number,
): Figures {
  const closed = signals.filter(({ pnl }) => pnl !== null)
  const daily = closed.length === 0 ? new Float64Array(0) : sumByDay(signals)
  const { depth, equity } = drawdownOf(daily)
  const { winRate, expectancy } = tradeFigures(Float64Array.from(closed, ({ pnl }) => pnl!))
  const filled = signals.filter(({ status }) => filledStatuses.has(status))
  const missed = signals.filter(({ status }) => missedStatuses.has(status))
  const slips = filled.flatMap((signal) => slippageOf(signal, assetType) ?? [])
  const newest = signals.reduce(
    (latest, { ts }) => Math.max(latest, Date.parse(ts)),
    Number.NEGATIVE_INFINITY,
  )
  return {
    sharpe: known(sharpeOf(momentsOf(daily)) * annual),
    sortino: known(sortinoOf(daily) * annual),
    cum_return: closed.length === 0 ? null : equity - 1,
    win_rate: known(winRate),
    expectancy: known(expectancy),
    trades: closed.length,
    fill_rate: known(filled.length / (filled.length + missed.length)),
    avg_slippage: known(slips.reduce((sum, each) => sum + each, 0) / slips.length),
    max_dd: closed.length === 0 ? null : depth,
    coverage_pct: coverageOf(signals, cadence),
    freshness_sec: signals.length === 0 ? null : Math.max(0, Math.round((now - newest) / 1000)),
  }
}

/** Sessions of the calendar from the first signal to the last; null without a signal on one. */
function spanOf(signals: readonly Pick<LiveSignal, 'date'>[]): { first: number; last: number } | null {
  const sessions = signals.map(({ date }) => sessionOfDate(date)).filter((session) => session >= 0)
  if (sessions.length === 0) return null
  return sessions.reduce(
    ({ first, last }, session) => ({ first: Math.min(first, session), last: Math.max(last, session) }),
    { first: Number.POSITIVE_INFINITY, last: -1 },
  )
}

function sumByDay(signals: readonly LiveSignal[]): Float64Array {
  const span = spanOf(signals)
  if (span === null) return new Float64Array(0)
  const sums = new Float64Array(span.last - span.first + 1)
  for (const { date, pnl } of signals) {
    const session = sessionOfDate(date)
    if (session >= 0 && pnl !== null) sums[session - span.first]! += pnl
  }
  return sums
}

/** |fill − reference| in basis points of the reference for equities, in dollars for options; null where it is not known. */
function slippageOf({ entry_ref_px, slippage }: LiveSignal, assetType: 'eq' | 'opt'): number | null {
  if (slippage === null) return null
  if (assetType === 'opt') return Math.abs(slippage)
  return entry_ref_px > 0 ? (Math.abs(slippage) / entry_ref_px) * 1e4 : null
}

function coverageOf(signals: readonly LiveSignal[], cadence: Cadence): number | null {
  const span = spanOf(signals)
  if (span === null) return null
  let bars = 0
  for (let session = span.first; session <= span.last; session++) bars += barsOf(session, cadence)
  return new Set(signals.map(({ ts }) => ts)).size / bars
}

/** Bars of a session; the first clock hour is the half hour after the open. */
function barsOf(session: number, cadence: Cadence): number {
  const minutes = (sessionClose[session]! - sessionOpen[session]!) / minuteMs
  if (cadence === 'daily') return 1
  if (cadence === 'hourly') return Math.ceil(minutes / 60)
  return minutes / (cadence === '5m' ? 5 : 15)
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
