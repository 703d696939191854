import { describe, expect, it } from 'vitest'
import type { ModelSummary, SeriesRow } from '#renderer/api/types.ts'
import { meantInstead } from '#renderer/components/meant-instead.ts'
import { firstPlan, planBody, planProblems, tickersFor } from '#renderer/screens/models/plan-model.ts'
import type { Template } from '#renderer/screens/models/template-picker.tsx'

const template = {
  ...{ pack: 'swingsigma', template_id: 'daily', name: 'Daily', asset_type: 'eq', horizon: 'swing' },
  ...{
    cadence: 'daily',
    template_version: 1,
    config: { train_window: { start: '2021-01-01', end: '2024-12-31' } },
  },
} as Template
const bars = (ticker: string, rows: number, first: string, last: string) =>
  ({ kind: 'bars', cadence: 'daily', ticker, rows, first, last }) as SeriesRow
const series = [bars('SPX', 5000, '2000-01-03', '2020-04-17'), bars('SPY', 300, '2023-07-03', '2024-12-31')]
const model = (id: string, ticker: string) =>
  ({ id, ticker, pack_id: 'swingsigma', asset_type: 'eq' }) as ModelSummary

describe('a new model', () => {
  it('starts with a ticker of its kind and a name that is free, so that it can be made as it is', () => {
    const models = [model('spy_eq_swing_daily', 'SPY'), model('spy_eq_swing_daily_v2', 'SPY')]
    expect(tickersFor(template, series, models)).toEqual(['SPY', 'SPX'])
    expect(firstPlan(template, series, models)).toMatchObject({ ticker: 'SPY', variant: 'v3', start: '' })
    expect(firstPlan(template, [], [])).toMatchObject({ ticker: '', variant: '' })
  })

  it('takes the span of its data where the template’s window lies outside', () => {
    expect(firstPlan(template, series, [])).toMatchObject({
      ticker: 'SPX',
      start: '2000-01-03',
      end: '2020-04-17',
    })
  })

  it('leaves to the template what the form leaves empty', () => {
    const plan = { ...firstPlan(template, [], []), ticker: 'brk.b' }
    expect(planBody(template, plan)).toEqual({
      ...{ ticker: 'BRK.B', pack_id: 'swingsigma', template_id: 'daily' },
      ...{ asset_type: 'eq', horizon: 'swing', cadence: 'daily' },
    })
  })

  it('is not asked about before its names and dates can be any', () => {
    const plan = { ...firstPlan(template, series, []), ticker: 'SPY' }
    expect(planProblems(plan)).toEqual({})
    expect(Object.keys(planProblems({ ...plan, ticker: '1', variant: 'a b', end: '' }))).toEqual([
      ...['ticker', 'variant', 'end'],
    ])
    expect(planProblems({ ...plan, start: '2024-02-01', end: '2024-01-01' })).toHaveProperty('end')
  })
})

it('reads out of a message what was typed and what was meant', () => {
  expect(meantInstead('no daily bars of SPYY in the lake (did you mean SPY?)')).toEqual({
    was: 'SPYY',
    is: 'SPY',
  })
  expect(meantInstead('unknown indicator rsii (did you mean rsi?)')).toEqual({ was: 'rsii', is: 'rsi' })
  expect(meantInstead('model x exists already in pack y')).toBeNull()
})
