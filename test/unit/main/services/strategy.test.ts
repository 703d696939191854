import { describe, expect, it } from 'vitest'
import { parseHours, parseThresholds } from '#main/services/parse-lists.ts'
import {
  configSha,
  configTuple,
  readConfigTuple,
  type ScoringPlan,
  type TradingPlan,
} from '#main/services/strategy.ts'
import { modelSpec } from '#shared/catalog/models/hyperparams.ts'

const scoring: ScoringPlan = {
  hours: [13, 14],
  features: ['a', 'b'],
  model: modelSpec('gbm', undefined),
  cv: { scheme: 'walk_forward', splits: 5, embargo: 0 },
  calibration: 'sigmoid',
}
const trading: TradingPlan = {
  kind: 'thr',
  values: [0.55, 0.6],
  perHourThresholds: false,
  selectBy: 'sharpe',
  sizeByConf: true,
  confCap: 0.5,
  momentumGate: true,
  momentumMin: 0.1,
  slippageBps: 1,
}
const sha = configSha(scoring, trading)

describe('the sha of a configuration', () => {
  it('is the same however the configuration is spelled', () => {
    const spelled = { ...trading, values: parseThresholds('0.60, .55', 'thresholds') }
    expect(configSha({ ...scoring, hours: parseHours('14,13', 'hours') }, spelled)).toBe(sha)
    const reordered = Object.fromEntries(Object.entries(scoring).reverse()) as unknown as ScoringPlan
    expect(configSha(reordered, trading)).toBe(sha)
  })

  const otherScoring: Partial<ScoringPlan>[] = [
    { hours: null },
    { hours: [13] },
    { features: ['a'] },
    { features: ['b', 'a'] },
    { model: { ...scoring.model, max_depth: scoring.model.max_depth + 1 } },
    { model: { ...scoring.model, seed: scoring.model.seed + 1 } },
    { model: { ...scoring.model, algorithm: 'rf' } },
    { cv: { ...scoring.cv, splits: 4 } },
    { cv: { ...scoring.cv, embargo: 0.01 } },
    { cv: { ...scoring.cv, scheme: 'purged_kfold' } },
    { calibration: 'none' },
  ]
  const otherTrading: Partial<TradingPlan>[] = [
    { kind: 'top_pct', values: [0.55] },
    { values: [0.55] },
    { values: [0.55, 0.61] },
    { perHourThresholds: true },
    { selectBy: 'cum_ret' },
    { sizeByConf: false },
    { confCap: 0.6 },
    { momentumGate: false },
    { momentumMin: 0.2 },
    { slippageBps: 2 },
  ]

  it('differs with everything that changes scores or trades', () => {
    const shas = [
      sha,
      ...otherScoring.map((change) => configSha({ ...scoring, ...change }, trading)),
      ...otherTrading.map((change) => configSha(scoring, { ...trading, ...change })),
    ]
    expect(new Set(shas).size).toBe(1 + otherScoring.length + otherTrading.length)
  })

  it('does not depend on settings of what is switched off: the same trades are one trial', () => {
    const plain = { ...trading, sizeByConf: false, momentumGate: false }
    expect(configSha(scoring, { ...plain, confCap: 0.9, momentumMin: 7 })).toBe(configSha(scoring, plain))
  })
})

describe('the tuple of a configuration', () => {
  it.each([
    [scoring, trading],
    [
      { ...scoring, hours: null },
      { ...trading, kind: 'top_pct' as const, values: [0.15] },
    ],
  ])('reads back as it was written', (some, how) => {
    const tuple = configTuple(some, how, 'tag')
    expect(tuple).toMatchObject({ splits: 5, tag: 'tag' })
    expect(readConfigTuple(tuple)).toEqual({ kind: how.kind, values: how.values, hours: some.hours })
  })
})
