import { adjustmentOf } from '#main/lake/adjustment.ts'
import type { Lake } from '#main/lake/lake.ts'
import { barsWithin } from '#main/lake/resample-bars.ts'
import { barsPerSession } from '#shared/calendar/bar-times.ts'
import { sessionClose, sessionCount, sessionOpen } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import type { BarSeries, BuildMatrixInput } from '#shared/jobs/build-matrix.ts'
import type { OptionMinutes } from '#shared/jobs/market-types.ts'
import { indicatorNeeds } from './indicator-needs.ts'
import type { MatrixPlan } from './matrix-plan.ts'
import { shaOfSeries } from './sha.ts'

/** A year and a half: enough to warm a 252-day window. Indicators that remember all of the past get all of it. */
const HISTORY_SESSIONS = 400
const MINUTE_MS = 60_000
/** Minutes after a decision in which its contract must trade to count as filled. */
const FILL_MINUTES = 5
/** close_to_open models decide on the last 5-minute bar before the close they enter at. */
const DECISION_LEAD_MINUTES = 5

export interface SeriesSource {
  id: string
  simulated: boolean
  content_sha: string
}

export interface LoadedSeries {
  input: BuildMatrixInput
  /** Option minutes just after each clock hour, where the plan's contracts may be filled; null where there are none. */
  fillMinutes: OptionMinutes | null
  sources: SeriesSource[]
  warnings: string[]
}

/** Loads what a plan needs from the lake, history included. Throws NO_DATA saying what is missing. */
export async function loadSeries(lake: Lake, plan: MatrixPlan): Promise<LoadedSeries> {
  const { needs, warmupSessions, isRecursive } = indicatorNeeds(plan)
  const historyFirst = Math.max(0, plan.sessions.first - Math.max(HISTORY_SESSIONS, warmupSessions))
  const recent = { startTs: sessionOpen[historyFirst]!, endTs: sessionClose[plan.sessions.end - 1]! }
  // A running sum or an exponential average has the value of its origin: were that to move with the window, a row scored today
  // would not have the values that the same row has in training.
  const range = isRecursive ? { ...recent, startTs: sessionOpen[0]! } : recent
  const catalog = await lake.catalog()
  const has = (kind: string, cadence?: string) =>
    catalog.some(
      (s) =>
        s.kind === kind &&
        (kind === 'index' || s.ticker === plan.ticker) &&
        (!cadence || s.cadence === cadence),
    )

  let trueBars = await lake.bars(plan.ticker, plan.cadence, range)
  if (countFrom(trueBars.session, plan.sessions.first) === 0) throw missingBars(plan, catalog)

  const warnings: string[] = []
  const decidesEarly = plan.label.id === 'close_to_open' && plan.cadence === 'daily'
  const hasFiveMinutes = has('bars', '5m')
  let bars = trueBars
  if (decidesEarly && hasFiveMinutes) {
    bars = await lake.bars(plan.ticker, 'daily', { ...range, cutMinutes: DECISION_LEAD_MINUTES })
    // Daily bars often reach further back than 5-minute bars: history begins where both are known.
    const first = Math.max(bars.session[0] ?? Number.POSITIVE_INFINITY, trueBars.session[0]!)
    bars = barsWithin(bars, sessionOpen[first] ?? Number.POSITIVE_INFINITY, range.endTs)
    trueBars = barsWithin(trueBars, sessionOpen[first] ?? Number.POSITIVE_INFINITY, range.endTs)
    requireSameSessions(bars, trueBars)
  } else if (decidesEarly) {
    warnings.push(`${plan.ticker} has no 5-minute bars: the decision uses the same close at which it enters`)
  }
  const chainHistory = needs.has('chain') ? historyFirst : plan.sessions.first
  const wantsChain = (needs.has('chain') || plan.contractColumns) && has('chain')
  if (plan.contractColumns && !wantsChain) {
    warnings.push(
      `${plan.ticker} has no option chains in the lake: spread, open interest and volume are unknown`,
    )
  }
  const daily = await lake.bars(plan.ticker, 'daily', range)
  const intraday =
    needs.has('intraday') || decidesEarly
      ? hasFiveMinutes
        ? await lake.bars(plan.ticker, '5m', range)
        : null
      : null
  const index = needs.has('index') && has('index') ? await lake.indexLevels(range) : null
  const isHourlyOrDaily = plan.cadence === 'hourly' || plan.cadence === 'daily'
  const wantsFlow = (plan.flow !== null || needs.has('flow')) && isHourlyOrDaily && has('option_minutes')
  if (plan.flow !== null && !wantsFlow) {
    warnings.push(`${plan.ticker} has no option minute aggregates in the lake: there are no flow columns`)
  }
  const flow = wantsFlow ? await lake.flow(plan.ticker, recent, plan.flow?.distance_max ?? 7) : null
  const chain = wantsChain
    ? await lake.chain(plan.ticker, { startTs: sessionOpen[chainHistory]!, endTs: range.endTs })
    : null
  const fillRange = { startTs: sessionOpen[plan.sessions.first]!, endTs: range.endTs }
  const fillMinutes =
    plan.contractColumns && wantsChain && plan.cadence === 'hourly' && has('option_minutes')
      ? await lake.optionMinutes(plan.ticker, fillRange, FILL_MINUTES)
      : null

  const sources: SeriesSource[] = []
  const addSource = (kind: string, cadence: string | null, ...series: object[]) => {
    const entry = catalog.find(
      (s) =>
        s.kind === kind &&
        (kind === 'index' || s.ticker === plan.ticker) &&
        (cadence === null || s.cadence === cadence),
    )
    if (!entry) return
    const adjustment = adjustmentOf(entry.source, kind)
    sources.push({
      id: [entry.source, kind, cadence, entry.ticker, adjustment].filter(Boolean).join('/'),
      simulated: entry.simulated,
      content_sha: shaOfSeries(...series),
    })
  }
  addSource('bars', plan.cadence, trueBars, ...(bars === trueBars ? [] : [bars]))
  if (plan.cadence !== 'daily') addSource('bars', 'daily', daily)
  if (intraday) addSource('bars', '5m', intraday)
  if (index) addSource('index', null, index)
  const minutes = [flow, fillMinutes].filter((each) => each !== null)
  if (minutes.length > 0) addSource('option_minutes', null, ...minutes)
  if (chain) addSource('chain', null, chain)

  const firstRow = trueBars.length - countFrom(trueBars.session, plan.sessions.first)
  return {
    sources,
    warnings,
    fillMinutes,
    input: {
      cadence: plan.cadence,
      barsPerSession: barsPerSession[plan.cadence],
      bars,
      hourEt: hoursOf(trueBars, plan.cadence),
      trueBars,
      sessionClose: Float64Array.from(trueBars.session, (s) => sessionClose[s]!),
      nextSessionOpen: Float64Array.from(trueBars.session, (s) =>
        s + 1 < sessionCount ? sessionOpen[s + 1]! : Number.NaN,
      ),
      firstRow,
      endRow: trueBars.length,
      daily,
      intraday,
      index,
      flow,
      chain,
      flowBlock: flow ? plan.flow : null,
      contractColumns: plan.contractColumns && chain !== null,
      indicators: plan.indicators,
      label: plan.label,
      hoursFilter: plan.hours,
    },
  }
}

function countFrom(session: Int32Array, first: number): number {
  let from = session.length
  while (from > 0 && session[from - 1]! >= first) from--
  return session.length - from
}

/** Clock hour in which each bar starts: 9 for the half hour after the open. */
function hoursOf(bars: BarSeries, cadence: MatrixPlan['cadence']): Int32Array {
  if (cadence === 'daily') return new Int32Array(bars.length).fill(-1)
  return Int32Array.from(bars.openTs, (ts, i) => {
    const minutesFromOpen = (ts - sessionOpen[bars.session[i]!]!) / MINUTE_MS
    return Math.floor((9 * 60 + 30 + minutesFromOpen) / 60)
  })
}

function requireSameSessions(cut: BarSeries, whole: BarSeries): void {
  const isSame =
    whole.length > 0 &&
    cut.length === whole.length &&
    cut.session.every((session, i) => session === whole.session[i])
  if (!isSame) {
    throw new SigmaError(
      'NO_DATA',
      `5-minute and daily bars cover different sessions (${cut.length} and ${whole.length})`,
    )
  }
}

function missingBars(plan: MatrixPlan, catalog: Awaited<ReturnType<Lake['catalog']>>): SigmaError {
  const own = catalog.filter((s) => s.kind === 'bars' && s.ticker === plan.ticker)
  const { start, end } = plan.window
  if (own.length === 0) {
    const tickers = [...new Set(catalog.filter((s) => s.kind === 'bars').map((s) => s.ticker))].sort()
    return new SigmaError(
      'NO_DATA',
      `the lake has no bars of ${plan.ticker}; it has ${tickers.join(', ') || 'none'}`,
    )
  }
  const spans = own.map((s) => `${s.cadence} from ${s.first} to ${s.last}`).join(', ')
  return new SigmaError(
    'NO_DATA',
    `no ${plan.cadence} bars of ${plan.ticker} from ${start} to ${end}; the lake has ${spans}`,
  )
}
