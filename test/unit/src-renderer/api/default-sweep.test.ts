import { describe, expect, it } from 'vitest'
import {
  clippedWindow,
  countConfigurations,
  defaultPlan,
  pickFirstModel,
  sweepBody,
} from '#renderer/api/default-sweep.ts'
import type { ModelSummary, SeriesRow } from '#renderer/api/types.ts'

const model = (change: Partial<ModelSummary> = {}): ModelSummary => ({
  id: 'spy_hourly',
  pack_id: 'zerosigma',
  path: 'packs/zerosigma/model_configs/spy_hourly.yaml',
  ticker: 'SPY',
  asset_type: 'eq',
  horizon: 'intraday',
  cadence: 'hourly',
  algorithm: 'gbm',
  label: 'next_bar_updown(1)',
  indicator_set: null,
  buildable: true,
  reason: null,
  data_source: 'simulated:v1',
  simulated: true,
  train_window: { start: '2022-01-03', end: '2024-06-28' },
  standing: [],
  ...change,
})

const bars = (change: Partial<SeriesRow> = {}): SeriesRow => ({
  ticker: 'SPY',
  kind: 'bars',
  cadence: '5m',
  source: 'simulated:v1',
  simulated: true,
  first: '2023-07-03',
  last: '2024-12-31',
  rows: 29_094,
  known_at: 'close of the bar',
  note: null,
  ...change,
})

describe('the sweep of one click', () => {
  it('counts rules times sets of hours', () => {
    const plan = defaultPlan(model())
    expect(countConfigurations(plan)).toBe((plan.thresholds.length + plan.topShares.length) * 2)
    expect(countConfigurations({ ...plan, hours: [] })).toBe(plan.thresholds.length + plan.topShares.length)
  })

  it('asks a daily model for no hours', () => {
    expect(sweepBody('m', 'balanced', defaultPlan(model({ cadence: 'daily' }))).sweep).not.toHaveProperty(
      'hours_variants',
    )
  })

  it('leaves out empty parts, which the host would refuse', () => {
    const plan = { thresholds: [], topShares: [0.1], hours: [[13, 14]], splits: 5, tag: '' }
    expect(sweepBody('m', 'aggressive', plan)).toEqual({
      model_id: 'm',
      risk_profile: 'aggressive',
      sweep: { hours_variants: ['13,14'], top_pct_variants: [0.1], splits: 5 },
    })
  })

  it('leads a newcomer to an hourly model that builds', () => {
    const models = [
      model({ id: 'a', buildable: false }),
      model({ id: 'b', cadence: 'daily' }),
      model({ id: 'c' }),
    ]
    expect(pickFirstModel(models)?.id).toBe('c')
    expect(pickFirstModel(models.slice(0, 2))?.id).toBe('b')
    expect(pickFirstModel(models.slice(0, 1))).toBeUndefined()
    const sameDay = model({ id: 'd', horizon: '0dte' })
    expect(
      pickFirstModel([...models, model({ id: 'e', pack_id: 'other', horizon: '0dte' }), sameDay])?.id,
    ).toBe('d')
  })
})

describe('the window to build', () => {
  it('is the model’s own, cut to the data', () => {
    expect(clippedWindow(model(), [bars()])).toEqual({ start: '2023-07-03', end: '2024-06-28' })
  })

  it('is the data’s where the model names none or they do not meet', () => {
    const whole = { start: '2023-07-03', end: '2024-12-31' }
    expect(clippedWindow(model({ train_window: null }), [bars()])).toEqual(whole)
    expect(
      clippedWindow(model({ train_window: { start: '2010-01-04', end: '2011-01-04' } }), [bars()]),
    ).toEqual(whole)
  })

  it('takes the series of the model’s cadence before another', () => {
    const hourly = bars({ cadence: 'hourly', first: '2024-01-02T14:30:00Z' })
    expect(clippedWindow(model(), [bars(), hourly])?.start).toBe('2024-01-02')
  })
})
