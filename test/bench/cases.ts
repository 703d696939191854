import type { EvaluateInput } from '#shared/jobs/evaluate-types.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { makeSpec, makeTable } from '#test/learning-table.ts'
import { evaluateConfigs } from '#workers/jobs/evaluate-configs.ts'
import { scoreFold } from '#workers/jobs/score-fold.ts'
import { evaluateByBruteForce } from '../unit/workers/backtest/brute-force.ts'
import { plainConfig, randomCase } from '../unit/workers/backtest/random-case.ts'

/** Two ways to the same values; `work` counts what each call gets through. */
export interface BenchCase {
  name: string
  reference: string
  unit: string
  work: number
  ours: () => unknown
  plain: () => unknown
  /** Largest difference of the two results. */
  deviation: () => number
}

const quiet = { report: () => {}, cancelled: () => false }

/** The cases at full size, or small enough for a minute. */
export function benchCases(isQuick: boolean): BenchCase[] {
  return [windowMean(isQuick ? 100_000 : 1_000_000), sharedScores(isQuick ? 240 : 443), evaluation()]
}

function windowMean(bars: number): BenchCase {
  const random = createRandom(1)
  const x = Float64Array.from({ length: bars }, () => 100 + random.nextGaussian())
  const window = 20
  const fast = new Float64Array(bars)
  const slow = new Float64Array(bars)
  return {
    name: `mean of 20 bars over ${bars} bars`,
    reference: 'the window summed anew at each bar',
    unit: 'bars',
    work: bars,
    ours: () => rollingMean(x, window, fast),
    plain: () => {
      for (let i = window - 1; i < bars; i++) {
        let sum = 0
        for (let k = i - window + 1; k <= i; k++) sum += x[k]!
        slow[i] = sum / window
      }
    },
    deviation: () => {
      let largest = 0
      for (let i = window - 1; i < bars; i++) largest = Math.max(largest, Math.abs(fast[i]! - slow[i]!))
      return largest
    },
  }
}

/** What a sweep saves by scoring once: five folds for twelve configurations, against five folds for each of two of them. */
function sharedScores(rows: number): BenchCase {
  const table = makeTable({ rows, features: 36, seed: 3 })
  const model = makeSpec({ n_estimators: 60, max_depth: 4 })
  const cv = { scheme: 'walk_forward' as const, splits: 5, embargo: 0 }
  const score = () =>
    Array.from({ length: 5 }, (_, fold) =>
      scoreFold({ table, model, cv, fold, calibration: 'sigmoid' }, quiet),
    )
  const configurations = 2
  return {
    name: `scores for ${configurations} configurations of ${rows} × 36, five folds`,
    reference: 'training again for each configuration',
    unit: 'configurations',
    work: configurations,
    ours: score,
    plain: () => Array.from({ length: configurations }, score),
    deviation: () => {
      const [a, b] = [score(), score()]
      return Math.max(
        ...a.map(({ testProba }, f) =>
          Math.max(0, ...testProba.map((p, i) => Math.abs(p - b[f]!.testProba[i]!))),
        ),
      )
    },
  }
}

function evaluation(): BenchCase {
  const thresholds = Array.from({ length: 12 }, (_, i) => 0.5 + i / 100)
  const input: EvaluateInput = randomCase({
    seed: 5,
    sessions: 250,
    barsPerSession: 7,
    horizonBars: 1,
    fill: 'next_open',
    slippageBps: 1,
    configs: thresholds.map((threshold) => ({ ...plainConfig, values: [threshold] })),
  })
  const last = () => evaluateConfigs(input, quiet).map(({ metrics }) => metrics.cum_return ?? 0)
  const brute = () => input.configs.map((config) => evaluateByBruteForce(input, config).equity - 1)
  return {
    name: `12 configurations on ${input.path?.bars ?? 0} hourly bars, all figures`,
    reference: 'one loop a bar with objects, returns only',
    unit: 'configurations',
    work: input.configs.length,
    ours: last,
    plain: brute,
    deviation: () => {
      const [a, b] = [last(), brute()]
      return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)))
    },
  }
}
