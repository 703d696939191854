import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Host } from '#main/host.ts'
import type { Endpoint, Example } from '#shared/contract/endpoint.ts'
import { toHttpRequest } from '#shared/contract/http-request.ts'
import { contract, type OperationId } from '#shared/contract/index.ts'
import { copySampleWorkspace, request, startSampleHost, until } from '#test/sample-host.ts'

// Every example request of the two contract documents as it is printed there (the examples of the contract), in an order in which each finds what it names:
// matrices before backtests, a trained model before signals. `shape` is what the document says that the answer holds.

const model_id = 'spy_opt_0dte_hourly'

/** Of a field: its JSON type, `?` after it where it may be null, a list of its items' shape, or its very value. */
type Shape = string | number | boolean | { [field: string]: Shape } | [Shape]

const page = { limit: '#integer', offset: '#integer', next_offset: '#integer' }
const live = {
  ...{
    sharpe: '#number?',
    sortino: '#number?',
    cum_return: '#number?',
    win_rate: '#number?',
    trades: '#integer',
  },
  ...{ fill_rate: '#number?', avg_slippage: '#number?', coverage_pct: '#number?', freshness_sec: '#number?' },
}
const policy: Shape = {
  ok: true,
  schema_ok: true,
  schema_errors: '#array',
  execution_effective: {
    ...{ slippage_bps: '#number', size_by_conf: '#boolean', conf_cap: '#number', momentum_gate: '#boolean' },
    ...{ momentum_min: '#number', momentum_column: '#string' },
    brackets: {
      ...{
        enabled: '#boolean',
        mode: '#string',
        entry_mode: '#string',
        atr_period: '#integer',
        atr_mult_stop: '#number',
      },
      ...{
        atr_mult_target: '#number',
        time_stop_minutes: '#integer',
        min_rr: '#number',
        regime_adjust: '#boolean',
      },
    },
    options: {
      selection: {
        ...{ target_delta: '#number', dte_target: '#integer?', min_oi: '#integer', min_vol: '#integer?' },
        ...{ spread_width: '#number', weekly_ok: '#boolean' },
      },
    },
  },
  checks: { ok: true, errors: '#array', warnings: '#array' },
}
const leaderboardRow = {
  ...{
    id: '#string',
    pack_id: 'zerosigma',
    model_id,
    best_sharpe_hourly: '#number?',
    best_cum_ret: '#number?',
  },
  lineage: { matrix_sha: '#string', risk_profile: '#string', risk_sha: '#string' },
  gate: { pass: '#boolean', reasons: '#array' },
}
const template = {
  template_id: '#string',
  name: '#string',
  horizon: '#string',
  cadence: '#string',
  template_version: '#integer',
}
const indicator = {
  name: '#string',
  category: '#string',
  subcategory: '#string',
  params: '#array',
  doc: '#string',
}

const examples: [operation: OperationId, status: number, shape: Shape, other?: Example][] = [
  ['getHealth', 200, { ok: true }],
  [
    'getHealthDetails',
    200,
    {
      ok: '#boolean',
      checks: {
        routers: '#object',
        indicators_count: '#integer',
        polygon_api_key: '#boolean',
        daily_bars_rows: '#integer',
        hourly_bars_rows: '#integer',
        snapshot_rows: '#integer',
        snapshot_has_iv: '#boolean',
        db_ok: true,
      },
      errors: '#object',
    },
  ],
  [
    'listPacks',
    200,
    { ok: true, packs: [{ id: '#string', meta: { name: '#string', description: '#string' } }] },
  ],
  [
    'getPack',
    200,
    {
      ok: true,
      pack: {
        id: 'zerosigma',
        meta: { name: '#string', description: '#string' },
        indicator_sets: [{ name: '#string' }],
        templates: [{ template_id: '#string', name: '#string', template_version: '#integer' }],
        models: ['#string'],
      },
    },
  ],
  ['listPackTemplates', 200, { ok: true, templates: [{ ...template, pack: 'zerosigma' }] }],
  ['listPackIndicatorSets', 200, { ok: true, indicator_sets: [{ name: '#string' }] }],
  ['listIndicators', 200, { ok: true, groups: { momentum: '#object' } }],
  ['listIndicators', 200, { ok: true, indicators: [indicator] }, {}],
  ['getIndicatorStatus', 200, { ok: true, count: '#integer', load_errors: '#array' }],

  // The model ships with the pack.
  ['createModel', 409, { ok: false, error: { code: 'CONFLICT', message: '#string' } }],
  [
    'listModels',
    200,
    { ok: true, models: [{ id: '#string', pack_id: 'zerosigma', path: '#string' }], count: '#integer' },
  ],
  ['listModelTemplates', 200, { ok: true, templates: [{ ...template, pack: 'zerosigma' }] }],
  [
    'writeIndicatorSet',
    200,
    { ok: true, path: 'packs/zerosigma/indicator_sets/my_indicator_set.yaml', count: 2, message: 'written' },
  ],
  [
    'updateModel',
    200,
    {
      ok: true,
      path: `packs/zerosigma/model_configs/${model_id}.yaml`,
      config: {
        model_id,
        ticker: 'SPY',
        model: 'gbm',
        task: 'classification',
        hyperparams: { n_estimators: '#integer', max_depth: 8, learning_rate: '#number' },
        features: ['#string'],
        label: { type: '#string', horizon: '#integer' },
        train_window: { start: '#string', end: '#string' },
        asset_type: 'opt',
        horizon: '0dte',
        cadence: 'hourly',
      },
    },
  ],
  [
    'previewMatrix',
    200,
    {
      ok: true,
      rows: '#integer',
      qa: {
        monotonic_time: { ok: true, violations: 0 },
        non_negative_vol: { ok: true, neg_pct: '#number', checked: '#integer' },
        session_alignment: { ok: true, off_pct: '#number' },
        iv_sanity: { ok: true, out_of_range_pct: '#number', checked: '#integer' },
        nan: { warn: '#array', fail: '#array' },
      },
      nan_stats: [{ column: '#string', nan_pct: '#number' }],
      warn: '#array',
      fail: '#array',
    },
  ],
  ['buildStockMatrix', 200, { ok: true, out_csv: 'matrices/aapl/stock_matrix.csv' }],

  [
    'runBacktest',
    200,
    {
      ok: true,
      result: {
        threshold_results: [{ thr: 0.55, cum_ret: '#number', sharpe_hourly: '#number?', trades: '#integer' }],
      },
      best_sharpe_hourly: '#number?',
      best_cum_ret: '#number?',
      parity: '#object?',
    },
  ],
  ['getLeaderboard', 200, { ok: true, rows: [leaderboardRow], ...page, limit: 10, order_by: '#string' }],
  [
    'runBacktestSweep',
    200,
    {
      ok: true,
      runs: [
        {
          kind: 'thresholds',
          thresholds: '#string',
          allowed_hours: '13,14,15',
          result: {
            best_sharpe_hourly: '#number?',
            best_cum_ret: '#number?',
            total_trades: '#integer',
            parity: '#object?',
          },
        },
      ],
      count: 2,
      filtered: '#integer',
      report_path: '#string',
      sweep_id: 1,
    },
  ],
  [
    'listSweeps',
    200,
    {
      ok: true,
      rows: [
        {
          id: 1,
          pack_id: 'zerosigma',
          model_id,
          tag: 'sweep',
          status: 'completed',
          spec: '#object',
          started_at: '#string',
          finished_at: '#string',
          created_at: '#string',
        },
      ],
      ...page,
    },
  ],
  [
    'getSweep',
    200,
    {
      ok: true,
      sweep: '#object',
      results: [
        {
          id: '#integer',
          kind: '#string',
          params: '#object',
          metrics: '#object',
          csv_uri: '#string',
          backtest_run_id: '#integer?',
          created_at: '#string',
        },
      ],
    },
  ],
  ['runSweep', 202, { ok: true, sweep_id: '#string' }],
  ['explainPolicy', 200, policy],
  ['validatePolicy', 200, policy],

  ['trainModel', 200, { ok: true, model_out: '#string', rows: '#integer' }],
  [
    'calibrateThresholds',
    200,
    {
      ok: true,
      model_id,
      source_csv: '#string',
      column: '#string',
      top_n: 50,
      grid: ['#number'],
      counts: [{ threshold: '#number', count: '#integer' }],
      recommended_threshold: '#number',
      expected_count: '#integer',
    },
  ],
  [
    'calibrateBrackets',
    200,
    {
      ok: true,
      desired_rr: 2.5,
      recommended: {
        atr_mult_stop: '#number',
        atr_mult_target: '#number',
        rr_implied: 2.5,
        time_stop_minutes: '#integer',
      },
      candidates: [{ k_stop: '#number', k_target: '#number', rr: '#number', delta: '#number' }],
      note: '#string',
    },
  ],
  // The first of January is a holiday.
  ['createOptionsOverlay', 422, { ok: false, error: { code: 'NO_DATA', message: '#string' } }],
  ['listOptionSignals', 200, { ok: true, rows: '#array', count: '#integer', ...page }],
  [
    'listExpirations',
    200,
    {
      ok: true,
      ticker: 'SPY',
      start: '#string',
      weeks: 12,
      expirations: [{ date: '#string', has_chain: '#boolean', count: '#integer' }],
    },
  ],

  [
    'listBuildRuns',
    200,
    {
      ok: true,
      rows: [
        {
          id: '#integer',
          pack_id: 'zerosigma',
          model_id,
          started_at: '#string',
          finished_at: '#string',
          params: '#object',
          metrics: '#object',
          out_csv_uri: '#string',
          lineage: '#object',
          created_at: '#string',
        },
      ],
      ...page,
    },
  ],
  [
    'listTrainingRuns',
    200,
    {
      ok: true,
      rows: [
        {
          id: '#integer',
          pack_id: 'zerosigma',
          model_id,
          started_at: '#string',
          finished_at: '#string',
          params: '#object',
          metrics: '#object',
          model_out_uri: '#string',
          features: ['#string'],
          lineage: '#object',
          created_at: '#string',
        },
      ],
      ...page,
    },
  ],
  ['listSignals', 200, { ok: true, count: '#integer', rows: '#array', ...page }],
  [
    'getSignalsSummary',
    200,
    {
      ok: true,
      model_id,
      risk_profile: 'balanced',
      period: { start: '#string?', end: '#string?' },
      metrics: { ...live, max_dd: '#number?' },
    },
  ],
  ['getSignalsLeaderboard', 200, { ok: true, rows: '#array', total: '#integer' }],
  [
    'getModelPerformance',
    200,
    {
      ok: true,
      live: { period: { start: '#string?', end: '#string?' }, metrics: { ...live, max_dd: '#number?' } },
      backtest: {
        started_at: '#string',
        metrics: { best_sharpe_hourly: '#number?', best_cum_ret: '#number?' },
      },
    },
  ],
  [
    'listModelCards',
    200,
    {
      ok: true,
      count: '#integer',
      cards: [{ pack_id: 'zerosigma', model_id, event: '#string', created_at: '#string' }],
      limit: 200,
      offset: 0,
      next_offset: '#integer',
    },
  ],
  [
    'getModelCard',
    200,
    {
      ok: true,
      pack_id: 'zerosigma',
      model_id,
      event: '#string',
      created_at: '#string',
      params: '#object',
      metrics: '#object',
    },
  ],
  [
    'listAudit',
    200,
    {
      ok: true,
      rows: [
        {
          id: '#integer',
          created_at: '#string',
          path: '#string',
          method: '#string',
          status: '#integer',
          pack_id: 'zerosigma',
        },
      ],
      count: '#integer',
      ...page,
    },
  ],
  // Last: from here on this month is the matrix of the model.
  ['buildMatrix', 200, { ok: true, out_csv: `matrices/${model_id}/training_matrix_built.csv` }],
]

/** What of an answer is not as its document says, by path. */
function differences(shape: Shape, value: unknown, at = ''): string[] {
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [`${at} is no list`]
    return value.length === 0 ? [`${at} is empty`] : differences(shape[0], value[0], `${at}[0]`)
  }
  if (typeof shape === 'object') {
    if (typeof value !== 'object' || value === null) return [`${at} is no object`]
    return Object.entries(shape).flatMap(([name, each]) =>
      differences(each, (value as Record<string, unknown>)[name], `${at}.${name}`),
    )
  }
  const [, type, mayBeNull] = /^#(\w+)(\?)?$/.exec(String(shape)) ?? []
  if (type === undefined)
    return value === shape ? [] : [`${at} is ${JSON.stringify(value)}, not ${JSON.stringify(shape)}`]
  if (value === null && mayBeNull) return []
  const isRight = {
    integer: Number.isInteger(value),
    number: Number.isFinite(value),
    array: Array.isArray(value),
    object: typeof value === 'object' && value !== null && !Array.isArray(value),
  }[type]
  return (isRight ?? typeof value === type) ? [] : [`${at} is ${JSON.stringify(value)}, no ${type}`]
}

let root: string
let host: Host
beforeAll(async () => {
  root = await copySampleWorkspace()
  host = await startSampleHost(root)
  // Half a year: the month of the examples has too few labelled rows to train on.
  await request(host, 'POST', '/build_matrix', { model_id, start: '2024-01-02', end: '2024-06-28' })
}, 120_000)
afterAll(async () => {
  await host.close()
  await rm(root, { recursive: true })
})

describe('the examples of the documents', () => {
  it.each(examples)('%s answers %i', { timeout: 60_000 }, async (operation, status, shape, other) => {
    const endpoint: Endpoint = contract[operation]
    const { method, url, body } = toHttpRequest(endpoint, other ?? endpoint.example ?? {})
    const answer = await request(host, method, url, body === undefined ? undefined : JSON.parse(body))
    expect(answer.status, JSON.stringify(answer.body).slice(0, 1000)).toBe(status)
    expect(differences(shape, answer.body)).toEqual([])
  })

  it('ends the sweep that it started in the background', { timeout: 60_000 }, async () => {
    const end = await until<{ status: string }>(
      host,
      '/sweeps/2/status',
      ({ status }) => status !== 'queued' && status !== 'running',
    )
    const row: Shape = { ...leaderboardRow, config: { kind: 'thr', value: '#string' }, created_at: '#string' }
    expect(
      differences({ status: 'completed', progress: { completed: 2, total: 2 }, results: [row] }, end),
    ).toEqual([])
  })
})
