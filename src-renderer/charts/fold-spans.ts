import type { FoldReport } from '#shared/contract/metrics.ts'

export type FoldBand = 'train' | 'cut' | 'test'

export interface FoldSpan {
  band: FoldBand
  /** Start and length as fractions of the whole axis. */
  left: number
  width: number
}

export interface FoldLane {
  fold: FoldReport
  spans: FoldSpan[]
}

export interface FoldAxis {
  /** Epoch ms. */
  start: number
  end: number
  lanes: FoldLane[]
}

/** Tests of one split never overlap; each combinatorial fold tests groups apart, with the tests of others between them. */
export function areTestsApart(folds: readonly FoldReport[]): boolean {
  const tests = folds
    .flatMap(({ test_start, test_end }) => (test_start && test_end ? [[test_start, test_end] as const] : []))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return tests.every(([start], i) => i === 0 || tests[i - 1]![1] < start)
}

/**
 * Bands of each fold along time. Where rows were purged or embargoed, the cut lies between training and test; a fold that
 * learns on both sides of its test has a cut of no width at each border, as a report does not say how long it is. Undefined
 * without a fold that was used.
 */
export function foldSpans(folds: readonly FoldReport[]): FoldAxis | undefined {
  const used = folds.filter((fold) => fold.test_start !== null && fold.test_end !== null)
  const times = used.flatMap((fold) =>
    [fold.train_start, fold.train_end, fold.test_start, fold.test_end].flatMap((text) =>
      text === null ? [] : [Date.parse(text)],
    ),
  )
  if (times.length === 0) return undefined
  const start = Math.min(...times)
  const end = Math.max(...times)
  const whole = end - start || 1
  const bandAt = (band: FoldBand, from: number, to: number): FoldSpan => ({
    band,
    left: (from - start) / whole,
    width: (to - from) / whole,
  })
  const span = (band: FoldBand, from: number, to: number) => (to > from ? [bandAt(band, from, to)] : [])
  const lanes = used.map((fold) => {
    const testStart = Date.parse(fold.test_start ?? '')
    const testEnd = Date.parse(fold.test_end ?? '')
    const trainStart = fold.train_start === null ? testStart : Date.parse(fold.train_start)
    const trainEnd = fold.train_end === null ? testStart : Date.parse(fold.train_end)
    const before = Math.min(trainEnd, testStart)
    const after = Math.max(testEnd, trainStart)
    const isCut = fold.purged_rows + fold.embargoed_rows > 0
    return {
      fold,
      spans: [
        ...span('train', trainStart, before),
        ...span('test', testStart, testEnd),
        ...span('train', after, trainEnd),
        ...(isCut && trainStart < testStart ? [bandAt('cut', before, testStart)] : []),
        ...(isCut && trainEnd > testEnd ? [bandAt('cut', testEnd, after)] : []),
      ],
    }
  })
  return { start, end, lanes }
}

/** Points of a price line over the same axis, as an SVG path in a box of 1000 by 100; empty with fewer than two closes. */
export function pricePath(
  axis: Pick<FoldAxis, 'start' | 'end'>,
  ts: readonly string[],
  close: readonly (number | null)[],
): string {
  const points = ts.flatMap((text, i) => {
    const value = close[i]
    const at = Date.parse(text)
    return value == null || at < axis.start || at > axis.end ? [] : [{ at, value }]
  })
  if (points.length < 2) return ''
  const low = Math.min(...points.map(({ value }) => value))
  const high = Math.max(...points.map(({ value }) => value))
  const x = (at: number) => ((at - axis.start) / (axis.end - axis.start || 1)) * 1000
  const y = (value: number) => 96 - ((value - low) / (high - low || 1)) * 92
  return points
    .map(({ at, value }, i) => `${i === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('')
}
