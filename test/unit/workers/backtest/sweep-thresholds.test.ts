import { describe, expect, it } from 'vitest'
import type { EvaluateInput, ThresholdResult } from '#shared/jobs/evaluate-types.ts'
import { prepareEvaluation } from '#workers/backtest/prepare-evaluation.ts'
import { reportThresholds } from '#workers/backtest/report-thresholds.ts'
import { sweepThresholds } from '#workers/backtest/sweep-thresholds.ts'
import { plainConfig, randomCase } from './random-case.ts'

const values = Array.from({ length: 60 }, (_, i) => 0.5 + i / 120)

const cases = (['next_open', 'next_close', 'close_to_open', 'return_column', 'direction'] as const).flatMap(
  (fill) =>
    ([1, 7] as const).flatMap((barsPerSession) =>
      [1, 4].map((horizonBars) => ({ fill, barsPerSession, horizonBars })),
    ),
)

function inputOf(options: (typeof cases)[number], seed = 5): EvaluateInput {
  const horizonBars = options.fill === 'close_to_open' ? 1 : options.horizonBars
  return randomCase({ ...options, horizonBars, seed, sessions: 90, slippageBps: 3 })
}

/** Largest distance of two figures, relative where they are above 1; unequal nulls are infinitely far. */
function distance(a: ThresholdResult, b: ThresholdResult): number {
  return Math.max(
    ...(Object.keys(a) as (keyof ThresholdResult)[]).map((name) => {
      const [x, y] = [a[name], b[name]]
      if (x === null || y === null) return x === y ? 0 : Number.POSITIVE_INFINITY
      return Math.abs(x - y) / Math.max(1, Math.abs(y))
    }),
  )
}

function expectAsOneByOne(input: EvaluateInput, config = plainConfig) {
  const evaluation = prepareEvaluation(input)
  const swept = sweepThresholds(evaluation, config, values)
  for (const [i, thr] of values.entries()) {
    const [alone] = reportThresholds(evaluation, { ...config, values: [thr] })
    expect(distance(swept[i]!, alone!)).toBeLessThan(1e-12)
  }
  expect(new Set(swept.map(({ trades }) => trades)).size).toBeGreaterThan(20)
}

describe('a threshold that falls', () => {
  it.each(cases)(
    'gives what each threshold gives alone: $fill, $barsPerSession a day, $horizonBars held',
    (each) => {
      expectAsOneByOne(inputOf(each))
    },
  )

  it('also where sizes follow confidence, and momentum must agree', () => {
    const input = inputOf({ fill: 'next_open', barsPerSession: 7, horizonBars: 2 })
    expectAsOneByOne(input, { ...plainConfig, sizeByConf: true, confCap: 0.4 })
    const momentum = input.rows.ts.map((_, i) => Math.sin(i))
    const gated = { ...input, rows: { ...input.rows, momentum } }
    expectAsOneByOne(gated, { ...plainConfig, momentumGate: true, momentumMin: 0.1 })
  })

  it('also where several folds test a row, and where equity is lost to the last cent', () => {
    const input = inputOf({ fill: 'next_open', barsPerSession: 1, horizonBars: 3 })
    const twice = {
      ...input,
      folds: [...input.folds, ...inputOf({ fill: 'next_open', barsPerSession: 1, horizonBars: 3 }, 6).folds],
    }
    expectAsOneByOne(twice)
    const path = { ...input.path!, close: input.path!.close.map((x, b) => (b === 80 ? 3 * x : x)) }
    expectAsOneByOne({ ...input, path })
  })

  it('is what many thresholds at once are reported by', () => {
    const evaluation = prepareEvaluation(inputOf(cases[0]!))
    const config = { ...plainConfig, values }
    expect(reportThresholds(evaluation, config)).toEqual(sweepThresholds(evaluation, config, values))
  })
})
