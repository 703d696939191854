import { describe, expect, it } from 'vitest'
import { createTrialPool, deflate } from '#main/services/trial-statistics.ts'
import { scoreRun } from '#shared/catalog/gates/scores.ts'
import { RunMetrics } from '#shared/contract/metrics.ts'
import type { EvaluateInput, FillRule } from '#shared/jobs/evaluate-types.ts'
import { momentsOf } from '#shared/kernels/statistics.ts'
import { correlation, mean, sharpe, sum } from '#test/naive-statistics.ts'
import { evaluateConfigs } from '#workers/jobs/evaluate-configs.ts'
import { plainConfig, randomCase, seeded } from './random-case.ts'
import { secondMetrics, type View, viewOf } from './second-metrics.ts'

const context = { report: () => {}, cancelled: () => false }
const families = ['options', 'trend', 'long'] as const
const fills: FillRule[] = ['next_open', 'next_close', 'close_to_open', 'return_column', 'direction']
const names = Object.keys(RunMetrics.properties) as (keyof RunMetrics)[]
/** Held against Simpson's rule and Newton's method, which are exact to so much. */
const loose = new Set<keyof RunMetrics>(['dsr', 'sr0', 'psr', 'trials_effective'])
/** Small numbers that are no difference of larger ones: exact in proportion. The others are so against 1. */
const proportional = new Set<keyof RunMetrics>([
  ...(['sharpe_se', 'win_rate', 'mean_loss', 'profit_factor', 'turnover', 'exposure', 'cost_paid'] as const),
  ...(['trades_effective', 'realised_share', 'log_loss', 'log_loss_base', 'brier', 'accuracy'] as const),
])

interface Trials {
  series: Float64Array[]
  matrices: string[]
}

/** Some series of daily returns with something in common, on two matrices. */
function drawTrials(seed: number): Trials {
  const random = seeded(seed)
  const count = 1 + (seed % 5)
  const groups = seed % 3 === 0 ? [40, 55] : [40]
  const series: Float64Array[] = []
  const matrices: string[] = []
  for (const days of groups) {
    const common = Array.from({ length: days }, () => random() - 0.5)
    for (let i = 0; i < count; i++) {
      series.push(Float64Array.from(common, (each) => 0.01 * (each + random() - 0.45)))
      matrices.push(`m${days}`)
    }
  }
  return { series, matrices }
}

/** ρ over every pair of series of one matrix, one by one; matrices add up. */
function effectiveOf({ series, matrices }: Trials): number {
  const counts = [...new Set(matrices)].map((matrix) => {
    const own = series.filter((_, i) => matrices[i] === matrix)
    const rhos = own.flatMap((a, i) => own.slice(i + 1).map((b) => correlation([...a], [...b])))
    const rho = rhos.length === 0 ? 0 : Math.min(1, Math.max(0, mean(rhos)))
    return rho + (1 - rho) * own.length
  })
  return sum(counts)
}

/** The figures as the product has them: of the evaluator, then those that the host adds. */
function figuresOf(
  input: EvaluateInput,
  trials: Trials,
  view: Pick<View, 'family' | 'turnoverMax'>,
): RunMetrics {
  const { metrics, dailyReturn } = evaluateConfigs(input, context)[0]!
  const pool = createTrialPool()
  for (const [i, daily_returns] of trials.series.entries()) {
    pool.add({ matrix_sha: trials.matrices[i]!, daily_returns, sharpe_daily: sharpe([...daily_returns]) })
  }
  const all = { ...metrics, ...deflate(momentsOf(dailyReturn), pool.summary()) }
  return { ...all, score: scoreRun(view.family, all, { turnover_max: view.turnoverMax }) }
}

function expectTwice(input: EvaluateInput, seed: number, what: string): Set<keyof RunMetrics> {
  const trials = drawTrials(seed)
  const rest = { family: families[seed % 3]!, turnoverMax: 1 + (seed % 7) }
  const given = figuresOf(input, trials, rest)
  const sharpes = trials.series.map((each) => sharpe([...each]))
  const counts = { count: trials.series.length, effective: effectiveOf(trials), sharpes }
  const view = viewOf(input, { ...rest, trials: counts })
  const seen = new Set<keyof RunMetrics>()
  for (const name of names) {
    const second = secondMetrics[name](view)
    const first = given[name]
    const where = `${what}: ${name} is ${first}, by its definition ${second}`
    if (first === null || !Number.isFinite(second)) {
      expect([first, Number.isFinite(second)], where).toEqual([null, false])
      continue
    }
    seen.add(name)
    const scale = proportional.has(name) ? Math.abs(second) : Math.max(1, Math.abs(second))
    const limit = (loose.has(name) ? 1e-10 : 1e-12) * scale
    expect(Math.abs(first - second) <= limit, where).toBe(true)
  }
  return seen
}

/** A case in which every tested row goes long at full size and earns what `returnOf` says. */
function earning(rows: number, returnOf: (row: number) => number): EvaluateInput {
  const base = {
    ...{ seed: 5, sessions: rows + 10, barsPerSession: 1 as const, horizonBars: 1, blocks: 1 },
    ...{ fill: 'return_column' as const, slippageBps: 0 },
  }
  const input = randomCase({ ...base, configs: [{ ...plainConfig, values: [0.5] }] })
  const testRows = Int32Array.from({ length: rows }, (_, k) => k + 1)
  for (const row of testRows) {
    input.rows.retFwd[row] = returnOf(row)
    input.rows.y[row] = 2
  }
  const testProba = Float64Array.from({ length: 3 * rows }, (_, k) => [0.1, 0.2, 0.7][k % 3]!)
  return { ...input, folds: [{ ...input.folds[0]!, testRows, testProba }] }
}

describe('every figure of a run', () => {
  it('has a second computation', () => {
    expect(Object.keys(secondMetrics).sort()).toEqual([...names].sort())
  })

  it.each(fills)(
    'agrees with its second computation on 50 random cases: %s',
    (fill) => {
      const seen = new Set<keyof RunMetrics>()
      for (let seed = 0; seed < 50; seed++) {
        const isHourly = seed % 4 === 3
        const config = {
          ...plainConfig,
          values: [[0.5, 0.55, 0.62, 0.8][seed % 4]!],
          ...(seed % 5 === 0 && { sizeByConf: true, confCap: 0.4 }),
        }
        const input = randomCase({
          ...{ seed: 31 * seed + fills.indexOf(fill), fill, configs: [config] },
          ...{ sessions: isHourly ? 11 : 40 + seed, barsPerSession: isHourly ? 7 : 1 },
          ...{
            horizonBars: fill === 'close_to_open' ? 1 : 1 + (seed % 3),
            slippageBps: [0, 3, 20][seed % 3]!,
          },
        })
        for (const name of expectTwice(input, seed, `${fill} ${seed}`)) seen.add(name)
      }
      const without = fill === 'return_column' || fill === 'direction' ? ['sharpe_delay_1'] : []
      expect(names.filter((name) => !seen.has(name))).toEqual(without)
    },
    60_000,
  )

  it.each<[string, number, (row: number) => number, Partial<Record<keyof RunMetrics, number | null>>]>([
    ['one day', 1, () => 0.02, { sharpe: null, sessions: 1, cum_return: 0.02, win_rate: 1, sortino: null }],
    ['two days', 2, (row) => (row === 1 ? 0.02 : -0.01), { sessions: 2, profit_factor: 2 }],
    [
      'days all equal',
      60,
      () => 0.01,
      { sharpe: null, psr: null, sortino: null, calmar: null, max_dd: 0, es95: -0.01 },
    ],
    [
      'no losing day',
      60,
      (row) => 0.001 * (1 + (row % 7)),
      { sortino: null, profit_factor: null, mean_loss: null },
    ],
    [
      'no winning day',
      60,
      (row) => -0.001 * (1 + (row % 7)),
      { win_rate: 0, profit_factor: 0, min_track_days: null },
    ],
    [
      'nothing gained or lost',
      60,
      () => 0,
      { sharpe: null, win_rate: 0, profit_factor: null, expectancy: 0, worst_day: 0 },
    ],
    [
      'a total loss',
      60,
      (row) => (row === 30 ? -1 : 0.01),
      { cum_return: -1, max_dd: 1, cagr: -1, worst_day: 1 },
    ],
    [
      'a third missing',
      90,
      (row) => (row % 3 ? 0.01 * Math.sin(row) : Number.NaN),
      { trades: 60, sessions: 90 },
    ],
    ['all missing', 60, () => Number.NaN, { trades: 0, sharpe: null, win_rate: null, realised_share: null }],
    ['39 days', 39, (row) => 0.01 * Math.cos(row), { es95: null, es95_daily: null }],
  ])('agrees on %s', (name, rows, returnOf, expected) => {
    const input = earning(rows, returnOf)
    expectTwice(input, rows, name)
    for (const [figure, value] of Object.entries(expected)) {
      const { metrics } = evaluateConfigs(input, context)[0]!
      const found = metrics[figure as keyof RunMetrics]
      if (value === null) expect(found, figure).toBeNull()
      else expect(found, figure).toBeCloseTo(value, 12)
    }
  })

  it('is missing where nothing was tested, but for a count of no session', () => {
    const input = earning(60, () => 0.01)
    const skipped = { ...input, folds: input.folds.map((fold) => ({ ...fold, skipped: 'one class' })) }
    const { metrics } = evaluateConfigs(skipped, context)[0]!
    expect(metrics).toEqual({ ...Object.fromEntries(names.map((name) => [name, null])), sessions: 0 })
  })

  it('finds no variation in returns that differ by rounding alone', () => {
    const input = earning(60, (row) => 1.01 ** (row + 1) / 1.01 ** row - 1)
    const { metrics, dailyReturn } = evaluateConfigs(input, context)[0]!
    expect(new Set(dailyReturn).size).toBeGreaterThan(1)
    for (const figure of ['sharpe', 'sharpe_hourly', 'sharpe_se', 'psr', 'min_track_days'] as const)
      expect(metrics[figure], figure).toBeNull()
    const swept = {
      ...plainConfig,
      reportEach: true,
      values: Array.from({ length: 16 }, (_, k) => 0.5 + k / 100),
    }
    const [result] = evaluateConfigs({ ...input, configs: [swept] }, context)
    for (const { sharpe: each } of result!.thresholdResults) expect(each).toBeNull()
  })
})
