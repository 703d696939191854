import type { StrategyConfig, ThresholdResult } from '#shared/jobs/evaluate-types.ts'
import { orderOf } from '#shared/kernels/order-of.ts'
import { ROUNDING_SHARE } from '#shared/kernels/statistics.ts'
import { createDrawdownTree } from './drawdown-tree.ts'
import { netReturn } from './list-trades.ts'
import type { Evaluation } from './prepare-evaluation.ts'
import { settle, type Window } from './simulate.ts'
import { known, sharpePerYear } from './summarise.ts'
import { takePositions } from './take-positions.ts'

/** Rows that begin to trade as the threshold falls, by falling confidence. */
interface Flips {
  confidence: Float64Array
  row: Int32Array
  /** Part of the row's position, signed. */
  size: Float64Array
}

/**
 * Each threshold held through all test parts. Positions are nested: a lower threshold trades all that a higher one does and more. So
 * the rows are sorted by confidence once, each is taken up when the threshold has fallen to it, and only the bars that it is exposed
 * on and their days are figured anew: O(log days) a row, whatever the number of thresholds.
 * @param values 0.5 or more each
 */
export function sweepThresholds(
  evaluation: Evaluation,
  config: StrategyConfig,
  values: readonly number[],
): ThresholdResult[] {
  const { window, input } = evaluation
  if (window === null) return []
  const flips = listFlips(evaluation, config)
  const record = openRecord(evaluation, window)
  const results = new Map<number, ThresholdResult>()
  let next = 0
  for (const thr of Float64Array.from(values).sort().reverse()) {
    for (; next < flips.row.length && flips.confidence[next]! >= thr; next++) {
      record.add(flips.row[next]!, flips.size[next]!)
    }
    results.set(thr, { thr, ...record.figures(input.barsPerSession) })
  }
  return values.map((thr) => results.get(thr)!)
}

function listFlips({ input, folds, testedBy }: Evaluation, config: StrategyConfig): Flips {
  const position = new Float64Array(input.rows.rows)
  const tested = folds.reduce((sum, { testRows }) => sum + testRows.length, 0)
  // Negated, since they are wanted in falling order, equal ones in their own.
  const falling = new Float64Array(tested)
  const row = new Int32Array(tested)
  const size = new Float64Array(tested)
  let n = 0
  for (const { testRows, testP } of folds) {
    takePositions(input.rows, testRows, testP, { threshold: 0.5, thresholdByHour: null }, config, position)
    for (let k = 0; k < testRows.length; k++) {
      const i = testRows[k]!
      if (position[i] === 0) continue
      falling[n] = -Math.max(testP[k]!, 1 - testP[k]!)
      row[n] = i
      size[n++] = position[i]! / testedBy[i]!
    }
  }
  const order = orderOf(falling.slice(0, n))
  const flips: Flips = { confidence: new Float64Array(n), row: new Int32Array(n), size: new Float64Array(n) }
  for (let k = 0; k < n; k++) {
    const from = order[k]!
    flips.confidence[k] = -falling[from]!
    flips.row[k] = row[from]!
    flips.size[k] = size[from]!
  }
  return flips
}

/** The simulation of no position at all, ready to be changed row by row. */
function openRecord(evaluation: Evaluation, { from, to }: Window) {
  const { timeline, fills, tranche, costRate, input } = evaluation
  const { session, gapReturn, barReturn, joined, isBooked, countsEmptySessions } = timeline
  const bars = to - from + 1
  const days = countsEmptySessions ? session[to]! - session[from]! + 1 : countDays(session, from, to)
  const position = new Float64Array(input.rows.rows)
  // From here on by bar of the window, with one more on either side.
  const held = new Float64Array(bars + 2)
  const gap = new Float64Array(bars + 2)
  const booked = new Float64Array(bars + 2)
  const factor = new Float64Array(bars).fill(1)
  const dayOf = new Int32Array(bars)
  const firstOfDay = new Int32Array(days + 1)
  for (let b = 0, day = 0; b < bars; b++) {
    if (b > 0 && session[from + b]! !== session[from + b - 1]!) {
      day += countsEmptySessions ? session[from + b]! - session[from + b - 1]! : 1
    }
    dayOf[b] = day
    firstOfDay[day + 1] = b + 1
  }
  for (let day = 1; day <= days; day++) firstOfDay[day] = Math.max(firstOfDay[day]!, firstOfDay[day - 1]!)
  const dayReturn = new Float64Array(days)
  const tree = createDrawdownTree(days)
  const byBar = createSums()
  const byDay = createSums()
  let trades = 0
  let wins = 0

  function weigh(b: number): void {
    const bar = from + b
    const now = settle(held[b + 1]!)
    const before = b === 0 ? 0 : settle(gap[b]!)
    const after = settle(gap[b + 1]!)
    const next = b + 1 < bars ? settle(held[b + 2]!) : 0
    const carried = 1 + before * gapReturn[bar]!
    const earned = 1 + (isBooked ? booked[b + 1]! : now * barReturn[bar]!)
    const opening = joined[bar] === 1 ? 0 : Math.abs(now - before)
    const closing = b + 1 < bars && joined[bar + 1] === 1 ? Math.abs(next - now) : Math.abs(after - now)
    const value = Math.max(0, carried * (1 - opening * costRate) * earned * (1 - closing * costRate))
    if (value === factor[b]) return
    byBar.change(factor[b]! - 1, value - 1)
    factor[b] = value
  }

  function closeDay(day: number): void {
    let growth = 1
    for (let b = firstOfDay[day]!; b < firstOfDay[day + 1]!; b++) growth *= factor[b]!
    if (growth - 1 === dayReturn[day]) return
    byDay.change(dayReturn[day]!, growth - 1)
    dayReturn[day] = growth - 1
    tree.set(day, growth - 1)
  }

  const isWon = (row: number) => (netReturn(position[row]!, fills.ret[row]!, costRate) > 0 ? 1 : 0)

  return {
    /** Lets a row trade with so much more of its size. */
    add(row: number, size: number): void {
      const first = fills.first[row]!
      if (first < 0) return
      const had = position[row]!
      if (had !== 0) wins -= isWon(row)
      position[row] = had + size
      const isTrade = position[row] !== 0
      trades += Number(isTrade) - Number(had !== 0)
      if (isTrade) wins += isWon(row)
      const weight = size * tranche
      const last = fills.last[row]!
      if (fills.isOverGap) gap[first - from]! += weight
      else {
        for (let b = first; b <= last; b++) held[b - from + 1]! += weight
        for (let b = first; b < last; b++) gap[b - from + 1]! += weight
        if (isBooked) booked[last - from + 1]! += weight * fills.ret[row]!
      }
      const begin = Math.max(0, first - from - 1)
      const end = Math.min(bars - 1, last - from + 1)
      for (let b = begin; b <= end; b++) weigh(b)
      for (let day = dayOf[begin]!; day <= dayOf[end]!; day++) closeDay(day)
    },
    figures(barsPerSession: number): Omit<ThresholdResult, 'thr'> {
      return {
        cum_ret: tree.total(),
        sharpe_hourly: known(sharpePerYear(byBar.sharpe(bars), barsPerSession)),
        sharpe: known(sharpePerYear(byDay.sharpe(days), 1)),
        trades,
        win_rate: known(wins / trades),
        max_dd: known(tree.depth()),
      }
    },
  }
}

function countDays(session: Int32Array, from: number, to: number): number {
  let days = 1
  for (let b = from + 1; b <= to; b++) if (session[b]! !== session[b - 1]!) days++
  return days
}

/** Sum and sum of squares of returns that change one at a time; what each addition rounds away is kept (Neumaier 1974). */
function createSums() {
  const sum = { value: 0, lost: 0 }
  const squares = { value: 0, lost: 0 }
  let known = 0
  return {
    change(before: number, after: number): void {
      known += Number(after !== 0) - Number(before !== 0)
      accumulate(sum, after - before)
      accumulate(squares, (after - before) * (after + before))
    },
    /** Mean over standard deviation (ddof 1) of so many returns; NaN where all are 0. */
    sharpe(count: number): number {
      if (known === 0 || count < 2) return Number.NaN
      const mean = (sum.value + sum.lost) / count
      const variance = (squares.value + squares.lost - count * mean * mean) / (count - 1)
      return variance > (ROUNDING_SHARE * mean) ** 2 ? mean / Math.sqrt(variance) : Number.NaN
    },
  }
}

function accumulate(total: { value: number; lost: number }, term: number): void {
  const next = total.value + term
  total.lost +=
    Math.abs(total.value) >= Math.abs(term) ? total.value - next + term : term - next + total.value
  total.value = next
}
