import type { RunDetail } from '#main/services/run-detail.ts'
import type { EvaluateInput } from '#shared/jobs/evaluate-types.ts'
import type { PricePath } from '#shared/jobs/matrix-types.ts'
import * as naive from '#test/naive-statistics.ts'
import { type BruteResult, evaluateByBruteForce } from '../../../workers/backtest/brute-force.ts'
import { barsOf } from './second-histogram.ts'
import { groupsOf } from './second-reliability.ts'

/** All that a figure of a tear sheet may be computed from. */
export interface SheetView {
  input: EvaluateInput
  path: PricePath
  detail: RunDetail
  run: BruteResult
  dear: BruteResult
  delayed: BruteResult
}

/** A number, a label, or null, one for each place that the path names. */
type Values = (number | string | null)[]

const annual = Math.sqrt(252)
const known = (value: number) => (Number.isFinite(value) ? value : null)
const indices = (x: { length: number }) => [...Array(x.length).keys()]
const compounded = (returns: readonly number[]) => Math.expm1(naive.sum(returns.map((r) => Math.log1p(r))))

const newYork = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' })
const weekdayName = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', weekday: 'short' })
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']

/** New York date of each session of the run, from the clock of its last bar. */
const datesOf = ({ path, detail }: SheetView) =>
  detail.session.map((session) => newYork.format(path.ts[path.session.lastIndexOf(session)]))

interface Fall {
  from: number
  to: number
  peak: number
  low: number
  isOver: boolean
}

/** Neighbouring sessions below the highest equity before them, which starts at 1; the ten deepest. */
function falls({ detail: { equity } }: SheetView): Fall[] {
  const peaks = equity.map((_, i) => Math.max(1, ...equity.slice(0, i + 1)))
  const isBelow = (i: number) => i >= 0 && i < equity.length && equity[i]! < peaks[i]!
  const all = indices(equity)
    .filter((i) => isBelow(i) && !isBelow(i - 1))
    .map((from) => {
      const length = equity.slice(from).findIndex((_, k) => !isBelow(from + k))
      const to = length < 0 ? equity.length : from + length
      return { from, to, peak: peaks[from]!, low: Math.min(...equity.slice(from, to)), isOver: length >= 0 }
    })
  return all.sort((a, b) => a.low / a.peak - b.low / b.peak).slice(0, 10)
}
const troughOf = ({ detail }: SheetView, { from, low }: Fall) => detail.equity.indexOf(low, from)

/** Sessions whose date begins alike, by so many letters of it. */
function calendar(view: SheetView, letters: 4 | 7) {
  const dates = datesOf(view)
  return [...new Set(dates.map((date) => date.slice(0, letters)))].map((key) => ({
    key,
    at: indices(dates).filter((i) => dates[i]!.startsWith(key)),
  }))
}
const daysAt = ({ detail }: SheetView, at: readonly number[]) => at.map((i) => detail.dailyReturn[i]!)

/** Last price of each session, and the price at which the underlying was bought. */
function held({ path, detail }: SheetView) {
  const closes = detail.session.map((session) => path.close[path.session.lastIndexOf(session)]!)
  const bought = path.open[path.session.indexOf(detail.session[0]!)]!
  return { closes, bought, daily: closes.map((close, i) => close / (closes[i - 1] ?? bought) - 1) }
}

const moved = ({ detail }: SheetView) => detail.dailyReturn.filter((r) => r !== 0)
const bars = (view: SheetView) => barsOf(moved(view))

const weekdayOf = (ts: number) => weekdays.indexOf(weekdayName.format(ts)) + 1
function byWeekday({ detail: { trades } }: SheetView) {
  return [1, 2, 3, 4, 5]
    .map((weekday) => ({
      weekday,
      ret: trades.ret.filter((_, t) => weekdayOf(trades.entryTs[t]!) === weekday),
    }))
    .filter(({ ret }) => ret.length > 0)
}
function bySide({ detail: { trades } }: SheetView) {
  return ['long', 'short']
    .map((side) => ({ side, ret: trades.ret.filter((_, t) => trades.side[t]! > 0 === (side === 'long')) }))
    .filter(({ ret }) => ret.length > 0)
}
const winRate = ({ ret }: { ret: number[] }) => ret.filter((r) => r > 0).length / ret.length
const meanOf = ({ ret }: { ret: number[] }) => naive.mean(ret)
const sumOf = ({ ret }: { ret: number[] }) => naive.sum(ret)
const countOf = ({ ret }: { ret: number[] }) => ret.length
const profitFactor = ({ ret }: { ret: number[] }) =>
  known(naive.sum(ret.filter((r) => r > 0)) / -naive.sum(ret.filter((r) => r < 0)))

const days = ({ detail }: SheetView) => detail.dailyReturn
const slope = (x: readonly number[], y: readonly number[]) =>
  naive.sum(x.map((each, i) => (each - naive.mean(x)) * y[i]!)) /
  naive.sum(x.map((each) => (each - naive.mean(x)) ** 2))
const annualSharpe = (returns: readonly number[]) => known(naive.sharpe(returns) * annual)

/** Each figure of a tear sheet once more, by its definition; names are places in the reply. */
export const secondSheet: Record<string, (view: SheetView) => Values> = {
  'drawdowns[].depth': (view) => falls(view).map(({ low, peak }) => 1 - low / peak),
  'drawdowns[].start': (view) => falls(view).map(({ from }) => datesOf(view)[from]!),
  'drawdowns[].trough': (view) => falls(view).map((fall) => datesOf(view)[troughOf(view, fall)]!),
  'drawdowns[].recovery': (view) => falls(view).map(({ to, isOver }) => (isOver ? datesOf(view)[to]! : null)),
  'drawdowns[].sessions': (view) => falls(view).map(({ from, to }) => to - from),
  'drawdowns[].to_trough': (view) => falls(view).map((fall) => troughOf(view, fall) - fall.from + 1),
  'months[].year': (view) => calendar(view, 7).map(({ key }) => Number(key.slice(0, 4))),
  'months[].month': (view) => calendar(view, 7).map(({ key }) => Number(key.slice(5))),
  'months[].ret': (view) => calendar(view, 7).map(({ at }) => compounded(daysAt(view, at))),
  'months[].sessions': (view) => calendar(view, 7).map(({ at }) => at.length),
  'years[].year': (view) => calendar(view, 4).map(({ key }) => Number(key)),
  'years[].ret': (view) => calendar(view, 4).map(({ at }) => compounded(daysAt(view, at))),
  'years[].held': (view) => {
    const { closes, bought } = held(view)
    return calendar(view, 4).map(({ at }) => closes[at.at(-1)!]! / (closes[at[0]! - 1] ?? bought) - 1)
  },
  'years[].sessions': (view) => calendar(view, 4).map(({ at }) => at.length),
  'histogram.bins[].from': (view) => bars(view).map(({ from }) => from),
  'histogram.bins[].to': (view) => bars(view).map(({ to }) => to),
  'histogram.bins[].count': (view) => bars(view).map(({ count }) => count),
  'histogram.flat': (view) => [days(view).filter((r) => r === 0).length],
  'histogram.mean': (view) => [naive.mean(days(view))],
  'histogram.std': (view) => [naive.deviation(days(view))],
  'histogram.skewness': (view) => [known(naive.moment(days(view), 3) / naive.moment(days(view), 2) ** 1.5)],
  'histogram.kurtosis': (view) => [known(naive.moment(days(view), 4) / naive.moment(days(view), 2) ** 2)],
  'histogram.best': (view) => [days(view).toSorted((a, b) => b - a)[0]!],
  'histogram.worst': (view) => [days(view).toSorted((a, b) => a - b)[0]!],
  'rolling.window': () => [63],
  'rolling.sharpe[]': (view) =>
    indices(days(view)).map((i) => (i < 62 ? null : annualSharpe(days(view).slice(i - 62, i + 1)))),
  'weekdays[].weekday': (view) => byWeekday(view).map(({ weekday }) => weekday),
  'weekdays[].trades': (view) => byWeekday(view).map(countOf),
  'weekdays[].win_rate': (view) => byWeekday(view).map(winRate),
  'weekdays[].mean_ret': (view) => byWeekday(view).map(meanOf),
  'weekdays[].sum_ret': (view) => byWeekday(view).map(sumOf),
  'sides[].side': (view) => bySide(view).map(({ side }) => side),
  'sides[].trades': (view) => bySide(view).map(countOf),
  'sides[].win_rate': (view) => bySide(view).map(winRate),
  'sides[].mean_ret': (view) => bySide(view).map(meanOf),
  'sides[].sum_ret': (view) => bySide(view).map(sumOf),
  'sides[].profit_factor': (view) => bySide(view).map(profitFactor),
  'costs.slippage_bps': ({ input }) => [input.slippageBps],
  'costs.fill': ({ input }) => [input.fill],
  'costs.paid': ({ run }) => [run.paid],
  'costs.gross': ({ run }) => [run.gross],
  'costs.breakeven_bps': ({ run }) => [known((1e4 * run.gross) / run.traded)],
  'sensitivity.double_cost.sharpe': ({ dear }) => [annualSharpe(dear.daily)],
  'sensitivity.double_cost.cum_return': ({ dear }) => [compounded(dear.daily)],
  'sensitivity.double_cost.max_dd': ({ dear }) => [naive.drawdown(dear.daily).depth],
  'sensitivity.delay_1.sharpe': ({ delayed }) => [annualSharpe(delayed.daily)],
  'sensitivity.delay_1.cum_return': ({ delayed }) => [compounded(delayed.daily)],
  'sensitivity.delay_1.max_dd': ({ delayed }) => [naive.drawdown(delayed.daily).depth],
  'reliability.rows': ({ input }) => [naive.sum(groupsOf(input).map(({ rows }) => rows))],
  'reliability.error': ({ input }) => {
    const groups = groupsOf(input)
    // As many times as the group has rows, each misses by so much.
    return [
      naive.mean(groups.flatMap(({ rows, p, o }) => Array.from({ length: rows }, () => Math.abs(p - o)))),
    ]
  },
  'reliability.bins[].from': ({ input }) => groupsOf(input).map(({ from }) => from),
  'reliability.bins[].to': ({ input }) => groupsOf(input).map(({ to }) => to),
  'reliability.bins[].rows': ({ input }) => groupsOf(input).map(({ rows }) => rows),
  'reliability.bins[].predicted': ({ input }) => groupsOf(input).map(({ p }) => p),
  'reliability.bins[].observed': ({ input }) => groupsOf(input).map(({ o }) => o),
  'reliability.bins[].low': ({ input }) => groupsOf(input).map(({ low }) => low),
  'reliability.bins[].high': ({ input }) => groupsOf(input).map(({ high }) => high),
  'benchmark.ticker': ({ detail }) => [detail.plan.ticker],
  'benchmark.equity[]': (view) => held(view).closes.map((close) => close / held(view).bought),
  'benchmark.cum_return': (view) => [held(view).closes.at(-1)! / held(view).bought - 1],
  'benchmark.sharpe': (view) => [annualSharpe(held(view).daily)],
  'benchmark.max_dd': (view) => [naive.drawdown(held(view).daily).depth],
  'benchmark.correlation': (view) => [known(naive.correlation(days(view), held(view).daily))],
  'benchmark.beta': (view) => [
    // Days that never vary have no slope either: the product says null of both.
    naive.deviation(days(view)) > 0 ? slope(held(view).daily, days(view)) : null,
  ],
}

export function sheetViewOf(input: EvaluateInput, path: PricePath, detail: RunDetail): SheetView {
  const config = input.configs[0]!
  return {
    ...{ input, path, detail },
    run: evaluateByBruteForce(input, config),
    dear: evaluateByBruteForce(input, config, 0, 2),
    delayed: evaluateByBruteForce(input, config, 1),
  }
}
