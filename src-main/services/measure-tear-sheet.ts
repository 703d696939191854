import { civilOfDay, weekdayOfDay } from '#shared/calendar/civil-date.ts'
import { newYorkDay } from '#shared/calendar/new-york.ts'
import { sessionDate, sessionDay } from '#shared/calendar/sessions.ts'
import type { RunMetrics } from '#shared/contract/metrics.ts'
import type { TearSheet } from '#shared/contract/tear-sheet.ts'
import type { PricePath } from '#shared/jobs/matrix-types.ts'
import { drawdownEpisodes } from '#shared/kernels/drawdown-episodes.ts'
import { drawdownOf, tradeFigures } from '#shared/kernels/performance.ts'
import { returnHistogram } from '#shared/kernels/return-histogram.ts'
import { correlationOf, momentsOf, sharpeOf } from '#shared/kernels/statistics.ts'
import type { LoadedMatrix } from './matrix-store.ts'
import type { RunDetail } from './run-detail.ts'

const SESSIONS_A_YEAR = 252
const annual = Math.sqrt(SESSIONS_A_YEAR)
/** A quarter: long enough to mean something, short enough to move. */
const ROLLING = 63
const DEEPEST = 10

/** Everything on the page of a run that follows from its daily returns, its trades and the prices beneath. */
export function measureTearSheet(
  metrics: Partial<RunMetrics>,
  detail: RunDetail,
  loaded: LoadedMatrix | null,
): Omit<TearSheet, 'backtest_run_id' | 'importance'> {
  const daily = Float64Array.from(detail.dailyReturn)
  const held = loaded === null ? null : heldEquity(loaded.path, detail.session)
  const heldDaily = held && dailyOf(held)
  const byMonth = compoundBy(detail.session, daily, ({ year, month }) => year * 12 + month - 1)
  const ofYear = ({ year }: { year: number }) => year
  const heldYears =
    heldDaily && new Map(compoundBy(detail.session, heldDaily, ofYear).map((y) => [y.key, y.ret]))
  return {
    drawdowns: deepestOf(detail),
    months: byMonth.map(({ key, ret, sessions }) => ({
      ...{ year: Math.floor(key / 12), month: (key % 12) + 1, ret, sessions },
    })),
    years: compoundBy(detail.session, daily, ofYear).map(({ key, ret, sessions }) => ({
      ...{ year: key, ret, held: heldYears?.get(key) ?? null, sessions },
    })),
    histogram: describeDays(daily),
    rolling: { window: ROLLING, sharpe: rollingSharpe(daily) },
    weekdays: byWeekday(detail),
    sides: bySide(detail),
    costs: {
      slippage_bps: detail.plan.trading.slippageBps,
      fill: loaded?.meta.fill ?? null,
      paid: metrics.cost_paid ?? null,
      gross: grossOf(metrics, daily.length),
      breakeven_bps: metrics.breakeven_cost_bps ?? null,
    },
    // Runs of earlier versions kept neither.
    sensitivity: detail.sensitivity ?? null,
    reliability: detail.reliability ?? null,
    repeat: repeatOf(detail),
    benchmark:
      held && heldDaily
        ? {
            ticker: detail.plan.ticker,
            equity: held,
            cum_return: known((held.at(-1) ?? Number.NaN) - 1),
            sharpe: known(sharpeOf(momentsOf(heldDaily)) * annual),
            max_dd: known(drawdownOf(heldDaily).depth),
            correlation: known(correlationOf(daily, heldDaily)),
            beta: known((correlationOf(daily, heldDaily) * momentsOf(daily).std) / momentsOf(heldDaily).std),
          }
        : null,
  }
}

/** What the break-even cost takes of all that was traded; a run that never traded has none, and earned 0. */
function grossOf(
  { breakeven_cost_bps: breakeven = null, turnover = null }: Partial<RunMetrics>,
  sessions: number,
): number | null {
  if (turnover === 0) return 0
  if (breakeven === null || turnover === null) return null
  return ((breakeven / 1e4) * turnover * sessions) / SESSIONS_A_YEAR
}

/** The configuration as a request, whether a backtest or a sweep asked for it. */
function repeatOf({ plan, point }: RunDetail): TearSheet['repeat'] {
  const { trading, cv, calibration, momentum_column } = plan
  return {
    model_id: plan.model_id,
    pack_id: plan.pack_id,
    ...(point.kind === 'top_pct' ? { top_pct: point.values[0]! } : { thresholds: point.values }),
    ...(point.hours === null ? {} : { allowed_hours: point.hours }),
    embargo: cv.embargo,
    calibration,
    slippage_bps: trading.slippageBps,
    size_by_conf: trading.sizeByConf,
    ...(trading.sizeByConf ? { conf_cap: trading.confCap } : {}),
    per_hour_thresholds: trading.perHourThresholds,
    per_hour_select_by: trading.selectBy,
    momentum_gate: trading.momentumGate,
    ...(trading.momentumGate ? { momentum_min: trading.momentumMin } : {}),
    ...(momentum_column === null ? {} : { momentum_column }),
  }
}

function deepestOf({ equity, session }: RunDetail): TearSheet['drawdowns'] {
  return drawdownEpisodes(Float64Array.from(equity))
    .sort((a, b) => b.depth - a.depth)
    .slice(0, DEEPEST)
    .map(({ depth, start, trough, recovery }) => ({
      depth,
      start: sessionDate(session[start]!),
      trough: sessionDate(session[trough]!),
      recovery: recovery < 0 ? null : sessionDate(session[recovery]!),
      sessions: (recovery < 0 ? equity.length : recovery) - start,
      to_trough: trough - start + 1,
    }))
}

/** Returns compounded over the sessions that share a key, in time order. */
function compoundBy(
  sessions: readonly number[],
  daily: Float64Array,
  keyOf: (date: { year: number; month: number }) => number,
) {
  const groups: { key: number; ret: number; sessions: number }[] = []
  sessions.forEach((session, i) => {
    const key = keyOf(civilOfDay(sessionDay[session]!))
    const last = groups.at(-1)
    if (last?.key === key) {
      last.ret = (1 + last.ret) * (1 + daily[i]!) - 1
      last.sessions++
    } else groups.push({ key, ret: daily[i]!, sessions: 1 })
  })
  return groups
}

function describeDays(daily: Float64Array): TearSheet['histogram'] {
  const moved = daily.filter((r) => r !== 0)
  const { mean, std, skewness, kurtosis } = momentsOf(daily)
  return {
    bins: returnHistogram(moved),
    flat: daily.length - moved.length,
    mean: known(mean),
    std: known(std),
    skewness: known(skewness),
    kurtosis: known(kurtosis),
    best: known(daily.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)),
    worst: known(daily.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)),
  }
}

function rollingSharpe(daily: Float64Array): (number | null)[] {
  return Array.from(daily, (_, i) =>
    i + 1 < ROLLING ? null : known(sharpeOf(momentsOf(daily, i + 1 - ROLLING, i + 1)) * annual),
  )
}

function groupOf(returns: readonly number[]) {
  const { winRate, expectancy } = tradeFigures(Float64Array.from(returns))
  return {
    trades: returns.length,
    win_rate: known(winRate),
    mean_ret: known(expectancy),
    sum_ret: returns.reduce((sum, r) => sum + r, 0),
  }
}

function byWeekday({ trades: { entryTs, ret } }: RunDetail): TearSheet['weekdays'] {
  const groups = Map.groupBy(ret.keys(), (t) => weekdayOfDay(newYorkDay(entryTs[t]!)) + 1)
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([weekday, members]) => ({ weekday, ...groupOf(members.map((t) => ret[t]!)) }))
}

function bySide({ trades: { side, ret } }: RunDetail): TearSheet['sides'] {
  return ([1, -1] as const).flatMap((sign) => {
    const returns = ret.filter((_, t) => Math.sign(side[t]!) === sign)
    if (returns.length === 0) return []
    const { profitFactor } = tradeFigures(Float64Array.from(returns))
    return [
      {
        side: sign > 0 ? ('long' as const) : ('short' as const),
        ...groupOf(returns),
        profit_factor: known(profitFactor),
      },
    ]
  })
}

/** The underlying bought at the first open of the run and held, at the close of each session; null where a price is missing. */
function heldEquity(path: PricePath, sessions: readonly number[]): number[] | null {
  const closeOf = new Map<number, number>()
  let bought = Number.NaN
  for (let bar = 0; bar < path.bars; bar++) {
    if (path.session[bar]! === sessions[0] && Number.isNaN(bought)) bought = path.open[bar]!
    if (!Number.isNaN(path.close[bar]!)) closeOf.set(path.session[bar]!, path.close[bar]!)
  }
  const equity = sessions.map((session) => (closeOf.get(session) ?? Number.NaN) / bought)
  return equity.length > 0 && equity.every(Number.isFinite) ? equity : null
}

function dailyOf(equity: readonly number[]): Float64Array {
  return Float64Array.from(equity, (value, i) => value / (equity[i - 1] ?? 1) - 1)
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
