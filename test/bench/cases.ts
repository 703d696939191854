import type { EvaluateInput } from '#shared/jobs/evaluate-types.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { evaluateConfigs } from '#workers/jobs/evaluate-configs.ts'
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
  return [windowMean(isQuick ? 100_000 : 1_000_000), evaluation(isQuick)]
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

function evaluation(isQuick: boolean): BenchCase {
  const thresholds = Array.from({ length: 12 }, (_, i) => 0.5 + i / 100)
  const input: EvaluateInput = randomCase({
    seed: 5,
    sessions: isQuick ? 40 : 100,
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
