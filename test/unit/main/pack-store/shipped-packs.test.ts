import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createPackStore } from '#main/pack-store/pack-store.ts'
import { openShipped, repoRoot } from './tiny-workspace.ts'

const store = createPackStore({ root: repoRoot, watching: false })

const sets: Record<string, string[]> = {
  zerosigma: [
    ...['indicator_set', 'spy_opt_0dte_hourly', 'zerosigma_default', 'zerosigma_gamma_unwind'],
    ...['zerosigma_headfake_reversal_v1', 'zerosigma_headfake_reversal_v2', 'zerosigma_opening_drive'],
    ...['zerosigma_pin_drift_v1', 'zerosigma_pin_drift_v2'],
  ],
  swingsigma: [
    ...['swing_eq_breakout', 'swing_eq_breakout_scanner', 'swing_eq_default', 'swing_eq_meanrevert'],
    ...['swing_eq_high_momentum_scanner', 'swing_eq_meanrevert_scanner', 'swing_eq_rel_strength_scanner'],
    ...['swing_eq_trend_follow_scanner', 'swing_eq_vol_contraction_scanner', 'swing_opt_breakout'],
    ...['swing_opt_default', 'swing_opt_meanrevert', 'swing_eq_index', 'swing_eq_index_meanrevert'],
  ],
  longsigma: ['long_eq_carry', 'long_eq_default', 'long_opt_carry', 'long_opt_default', 'long_eq_index'],
  overnightsigma: [
    ...['overnight_eq_default', 'overnight_eq_gap', 'overnight_opt_default', 'overnight_opt_gap'],
  ],
  momentumsigma: ['momo_eq_default', 'momo_eq_volscaled', 'momo_opt_default', 'momo_opt_volscaled'],
}

const scanners = [
  '_breakout',
  '_high_momentum',
  '_meanrevert',
  '_rel_strength',
  '',
  '_trend_follow',
  '_vol_contraction',
].map((name) => `universe_eq_swing_daily${name}_scanner`)

const models: Record<string, string[]> = {
  zerosigma: [
    ...['gbm_0dte', 'aapl_stock_hourly', 'spy_opt_0dte_hourly', 'spy_opt_0dte_hourly_gamma'],
    ...['spy_opt_0dte_hourly_headfake_1030', 'spy_opt_0dte_hourly_opening'],
    ...['spy_opt_0dte_hourly_pin_1500', 'spy_opt_0dte_hourly_xgb_v1'],
  ],
  swingsigma: [
    ...['spy_eq_swing_daily', 'spy_eq_swing_daily_breakout', 'spy_eq_swing_daily_meanrev'],
    ...['spy_opt_swing_daily', 'spx_eq_swing_daily', 'spx_eq_swing_daily_meanrev', ...scanners],
  ],
  longsigma: ['spy_eq_long_daily', 'spy_opt_long_daily', 'spx_eq_long_daily'],
  overnightsigma: ['spy_eq_intraday_daily', 'spy_eq_intraday_daily_gap', 'spy_opt_intraday_daily'],
  momentumsigma: ['spy_eq_intraday_hourly', 'spy_opt_intraday_hourly'],
}

test('the packs that ship load without a problem', () => {
  expect(store.problems()).toEqual([])
  expect(store.packs().map(({ id }) => id)).toEqual(Object.keys(models).sort())
})

test.each(Object.keys(sets))('%s has its indicator sets and models by name', (packId) => {
  const pack = store.pack(packId)
  expect(pack.indicator_sets.map(({ name }) => name)).toEqual(expect.arrayContaining(sets[packId]!))
  expect(pack.models).toEqual([...models[packId]!].sort())
  expect(pack.templates.length).toBeGreaterThanOrEqual(2)
})

test('the policies that had a file of their own still have it, and every model has one', () => {
  const own = ['spy_opt_0dte_hourly', 'spy_opt_0dte_hourly_xgb_v1', ...scanners]
  for (const model of store.models()) {
    const { path, effective } = store.policy(model)
    if (own.includes(model.modelId)) expect(path).toBe(`packs/${model.packId}/policies/${model.modelId}.yaml`)
    expect(path).not.toBeNull()
    expect(effective.momentum_min).toBeLessThan(2)
  }
  expect(readFileSync(join(repoRoot, 'packs/zerosigma/policies/scalps.yaml'), 'utf8')).toContain('alpaca')
})

test('spy_opt_0dte_hourly is the model of the documents', () => {
  const model = store.model('spy_opt_0dte_hourly')
  expect(model.config).toMatchObject({
    model_id: 'spy_opt_0dte_hourly',
    ticker: 'SPY',
    model: 'gbm',
    task: 'classification',
    hyperparams: { n_estimators: 300, max_depth: 6, learning_rate: 0.05 },
    features: [
      ...['rsi__period=14', 'iv_realized_spread__window=20', 'sold_flow_ratio__window=5'],
      ...['pcr_volume', 'ret__window=1'],
    ],
    label: { type: 'next_bar_updown', horizon: 1 },
    train_window: { start: '2023-01-01', end: '2024-12-31' },
    asset_type: 'opt',
    horizon: '0dte',
    cadence: 'hourly',
  })
  expect(model.indicatorSetName).toBe('spy_opt_0dte_hourly')
  expect(model.flow).toEqual({ per_distance: true, totals: true, ratios: true, atm: true, distance_max: 7 })
  expect(model.spec).toMatchObject({ algorithm: 'gbm', n_estimators: 300, max_depth: 6, learning_rate: 0.05 })
  expect(store.policy(model).effective).toEqual({
    slippage_bps: 1,
    size_by_conf: false,
    conf_cap: 1,
    momentum_gate: false,
    momentum_min: 0,
    momentum_column: 'momentum_score_total',
    brackets: {
      enabled: true,
      mode: 'atr',
      entry_mode: 'next_bar_open',
      atr_period: 14,
      atr_mult_stop: 1.5,
      atr_mult_target: 3,
      time_stop_minutes: 120,
      min_rr: 1,
      regime_adjust: false,
    },
    options: {
      selection: {
        target_delta: 0.35,
        dte_target: 0,
        min_oi: 0,
        min_vol: null,
        spread_width: 5,
        weekly_ok: true,
        max_spread: null,
      },
    },
  })
})

test('SPX models read bars alone: the index has no chain and no VIX before the sample', () => {
  const spx = store.models().filter(({ ticker }) => ticker === 'SPX')
  expect(spx.map(({ modelId }) => modelId)).toEqual([
    'spx_eq_long_daily',
    'spx_eq_swing_daily',
    'spx_eq_swing_daily_meanrev',
  ])
  for (const model of spx) {
    for (const { indicator, spelling } of store.indicatorSet(model).entries) {
      expect(indicator.needs ?? [], spelling).toEqual([])
    }
    expect(store.policy(model).effective.brackets.enabled).toBe(false)
  }
})

test('every pack has a model with a ticker, a label and a train window', () => {
  for (const { id } of store.packs()) {
    const able = store.models(id).filter((each) => each.ticker !== null && each.label.label.id !== 'none')
    expect(able.some(({ trainWindow }) => trainWindow !== null)).toBe(true)
  }
})

test('scanners are listed, without ticker, algorithm or label', () => {
  for (const id of scanners) {
    const model = store.model(id)
    expect([model.ticker, model.algorithm, model.spec, model.label.label.id]).toEqual([
      null,
      'none',
      null,
      'none',
    ])
  }
})

test('xgb is gbm under another name, and a file name finds a model that is called otherwise', () => {
  expect(store.model('spy_opt_0dte_hourly_xgb_v1').algorithm).toBe('gbm')
  expect(store.model('gbm_stock_hourly').modelId).toBe('aapl_stock_hourly')
})

test('risk budgets are those of the packs, fractions, with overrides on top', () => {
  const { budget, riskFields } = store.riskBudget('zerosigma', 'balanced', { min_trades: 1_000_000 })
  expect(budget).toMatchObject({ max_dd: 0.2, es95_mult: 3.5, spread_max: 0.1, min_trades: 1_000_000 })
  expect(riskFields).toEqual({ pack_id: 'zerosigma', profile: 'balanced', budget })
  expect(store.riskBudget('longsigma', 'conservative').budget).toMatchObject({ calmar_min: 0.2, max_dd: 0.3 })
  expect(() => store.riskBudget('zerosigma', 'balanced', { max_ddd: 1 })).toThrow(
    /max_ddd.*did you mean max_dd/,
  )
})

test('unknown packs, models and templates are NOT_FOUND with the nearest name', () => {
  expect(() => store.pack('zerosigm')).toThrow(/no pack zerosigm \(did you mean zerosigma\?\)/)
  expect(() => store.model('spy_opt_0dte_hourli')).toThrow(/did you mean spy_opt_0dte_hourly\?/)
  expect(store.templates('zerosigma')[0]).toMatchObject({
    pack: 'zerosigma',
    template_id: '0dte_hourly_options',
    name: '0DTE Hourly Options',
    horizon: '0dte',
    cadence: 'hourly',
    template_version: 1,
  })
})

test('a model made as the documents do has what the documents show, and a patch merges deeply', async () => {
  const { root, store: own } = openShipped()
  const { modelId, paths } = await own.createModel({ ticker: 'spy', variant: 'Fresh1' })
  expect(modelId).toBe('spy_opt_0dte_hourly_fresh1')
  expect(paths).toEqual({
    config: 'packs/zerosigma/model_configs/spy_opt_0dte_hourly_fresh1.yaml',
    policy: 'packs/zerosigma/policies/spy_opt_0dte_hourly_fresh1.yaml',
  })
  const { config, path } = await own.patchModel(modelId, 'zerosigma', { hyperparams: { max_depth: 8 } })
  expect(path).toBe(paths.config)
  expect(config).toMatchObject({
    ticker: 'SPY',
    model: 'gbm',
    task: 'classification',
    hyperparams: { n_estimators: 300, max_depth: 8, learning_rate: 0.05 },
    features: ['rsi__period=14', 'iv_realized_spread__window=20', 'sold_flow_ratio__window=5'],
    label: { type: 'next_bar_updown', horizon: 1 },
    train_window: { start: expect.any(String), end: expect.any(String) },
    asset_type: 'opt',
    horizon: '0dte',
    cadence: 'hourly',
  })
  expect(Object.keys(config).slice(0, 5)).toEqual(['model_id', 'ticker', 'model', 'task', 'hyperparams'])
  expect(readFileSync(join(root, paths.policy), 'utf8')).toContain('# a put counts by its absolute delta')
  await expect(own.createModel({ ticker: 'SPY', variant: 'fresh1' })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  expect(own.problems()).toEqual([])
})
