import fc from 'fast-check'
import type { OperationId } from '#shared/contract/index.ts'
import { given } from './plan.ts'
import type { Arb } from './schema-arbitrary.ts'

const { constant, constantFrom } = fc
const nth = fc.nat(99)
const ref = (pool: string, also?: Arb) =>
  fc.tuple(nth, also ?? constant(undefined)).map(([n, more]) => given(pool, n, more as object))

/** Real daily data and few rows: whatever is built, swept or trained on it takes well under a second. */
export const model_id = 'spx_eq_swing_daily'
/** The model whose signals get option positions; built and trained before the requests begin. */
export const overlayModel = 'spy_eq_swing_daily'
/** A model of its own for edits, so that a broken config breaks nothing else. */
export const editedModel = 'spy_opt_0dte_hourly_fuzz'

const start = constantFrom('2012-01-03', '2012-02-01', '2012-03-01')
const end = constantFrom('2012-09-28', '2012-10-31', '2012-12-31')
const thresholds = constantFrom('0.5', '0.50,0.52', '0.55', '0.5,0.51,0.6')
const splits = fc.integer({ min: 2, max: 3 })
const profile = constantFrom('conservative', 'balanced', 'aggressive')
const some = (record: Record<string, Arb>, ...requiredKeys: string[]) => fc.record(record, { requiredKeys })

/** Sensible values by the name of a field or a path parameter. */
export const byName: Record<string, Arb> = {
  model_id: constantFrom(model_id, overlayModel, 'spy_opt_0dte_hourly'),
  pack_id: constantFrom('zerosigma', 'swingsigma', 'longsigma'),
  pack: constantFrom('zerosigma', 'swingsigma', 'longsigma'),
  ticker: constantFrom('SPY', 'AAPL', 'SPX'),
  start,
  end,
  date: constantFrom('2024-06-03', '2024-06-04', '2012-03-01'),
  expiry: constantFrom('2024-06-21', '2024-07-19'),
  tickers: constantFrom('SPY', 'SPY,AAPL', 'SPX'),
  tag: constantFrom('fuzz', 'lab', 'sweep'),
  kind: constantFrom('build_matrix', 'sweep', 'train'),
  path: constantFrom('/models', '/train', '/admin/users'),
  offset: constantFrom(0, 1, 10, 1000),
  matrix_sha: ref('matrix_sha'),
  run_id: ref('run'),
  sweep_id: ref('sweep'),
  job_id: ref('job'),
  user_id: ref('user'),
  template_id: ref('template'),
  max_points: constantFrom(2, 100, 500),
}

const cadence = constantFrom('daily', 'hourly', '5m')
/** Daily bars of a ticker that nothing else asks for, in the workspace from the start. */
export const importFile = 'fuzz_bars.csv'
const importBody = some(
  {
    path: constant(importFile),
    ticker: constant('FUZZ'),
    cadence: constant('daily'),
    kind: constant('bars'),
    mode: constantFrom('dry_run', 'commit'),
    on_duplicate: constantFrom('skip', 'replace'),
    mapping: constantFrom({}, { volume: '' }, { close: 'open' }),
  },
  'path',
  'ticker',
  'cadence',
)
const template = some(
  {
    template_id: fc.nat(199).map((n) => `fuzz_${n}`),
    name: constantFrom('Fuzz', 'A longer name'),
    pack: constantFrom('zerosigma', 'swingsigma'),
    horizon: constantFrom('0dte', 'swing'),
    cadence: constantFrom('hourly', 'daily'),
    description: constantFrom('', 'what it is for'),
  },
  ...['template_id', 'name', 'pack', 'horizon', 'cadence'],
)
const sweep = some(
  { threshold_variants: fc.array(thresholds, { minLength: 1, maxLength: 2 }), splits },
  'threshold_variants',
  'splits',
)
const edited = { model_id: constant(editedModel), text: constant(given('text')) }

export const sweepBody = (more: Record<string, Arb> = {}) =>
  some(
    { model_id: constant(model_id), risk_profile: profile, sweep, tag: byName['tag']!, ...more },
    'model_id',
    'risk_profile',
    'sweep',
    ...Object.keys(more),
  )

const window = { model_id: constant(model_id), start, end }

const newModel = some(
  {
    ticker: byName['ticker']!,
    asset_type: constantFrom('opt', 'eq'),
    horizon: constantFrom('0dte', 'intraday', 'swing', 'long'),
    cadence: constantFrom('hourly', 'daily', '15m'),
    variant: fc.nat(29).map((n) => `fuzz${n}`),
    pack_id: constantFrom('zerosigma', 'swingsigma'),
  },
  'ticker',
  'variant',
)

const indicatorSet = some(
  {
    pack_id: constantFrom('zerosigma', 'swingsigma'),
    name: constantFrom('fuzz_a', 'fuzz_b', 'fuzz_c'),
    indicators: fc.array(
      constantFrom<unknown>('rsi__period=14', 'ret__window=5', {
        name: 'macd',
        fast_period: 12,
        slow_period: 26,
        signal_period: 9,
      }),
      { minLength: 1, maxLength: 3 },
    ),
    description: constantFrom('', 'what it is for'),
  },
  ...['pack_id', 'name', 'indicators'],
)

interface Recipe {
  params?: Record<string, Arb>
  query?: Arb
  body?: Arb
}

/** Sensible requests where the schema alone would hardly make one, or would make one that takes minutes. */
export const recipes: Partial<Record<OperationId, Recipe>> = {
  getBars: {
    query: some(
      { ticker: byName['ticker']!, cadence, start, end, max_points: byName['max_points']! },
      'ticker',
      'cadence',
    ),
  },
  getBacktestRun: { params: { id: ref('run') } },
  reproduceBacktestRun: { params: { id: ref('run') } },
  getTearSheet: { params: { id: ref('run') } },
  getRunBars: { params: { id: ref('run') }, query: some({ max_points: byName['max_points']! }) },
  getSelection: { params: { id: ref('selection') } },
  getJob: { params: { id: ref('job') } },
  cancelJob: { params: { id: ref('job') } },
  getChain: {
    query: some(
      { ticker: constant('SPY'), at: constantFrom('10:30', '15:30', '2024-06-03T19:30:00Z') },
      'ticker',
    ),
  },
  getCoverage: {
    query: fc.oneof(
      some({ ticker: byName['ticker']!, kind: constant('bars'), cadence: constant('daily') }, 'ticker'),
      some({ ticker: constant('SPY'), kind: constant('chain') }, 'ticker', 'kind'),
    ),
  },
  getTrainingImportance: { params: { id: constantFrom('1', '2', '3') } },
  explainRow: { body: some({ model_id: constant(overlayModel) }, 'model_id') },
  // A hundred shuffles of a sweep take minutes: only unknown sweeps are asked for here.
  runSweepNull: { params: { sweep_id: constantFrom('0', '99999999') } },
  getModelConfig: { query: some({ model_id: constantFrom(model_id, editedModel) }, 'model_id') },
  explainPolicy: { query: some({ model_id: constantFrom(model_id, editedModel, overlayModel) }, 'model_id') },
  validatePolicy: { query: some({ model_id: constantFrom(model_id, overlayModel) }, 'model_id') },
  listModelCards: {
    query: some(
      { model_id: constantFrom(model_id, overlayModel), limit: fc.integer({ min: 1, max: 200 }) },
      'model_id',
    ),
  },
  getModelCard: {
    query: fc.oneof(
      some({ model_id: constant(model_id) }, 'model_id'),
      fc.record({ model_id: constant(overlayModel), file: ref('card') }),
    ),
  },
  getHealthDetails: {
    query: some({ ticker: byName['ticker']!, model_id: constant(model_id), pack_id: constant('swingsigma') }),
  },
  listExpirations: {
    query: some(
      {
        ticker: constant('SPY'),
        start: constantFrom('2024-06-03', '2024-06-10'),
        weeks: fc.integer({ min: 1, max: 156 }),
      },
      'ticker',
      'start',
    ),
  },
  createModel: { body: newModel },
  checkModel: { body: newModel },
  updateModel: {
    params: { model_id: ref('model') },
    body: fc.record({
      config: fc.record({ hyperparams: fc.record({ max_depth: fc.integer({ min: 2, max: 8 }) }) }),
    }),
  },
  writeModelConfig: { body: some({ ...edited, if_text: constant(given('text')) }, 'model_id', 'text') },
  writePolicy: { body: some({ ...edited, text: constant(given('policy')) }, 'model_id', 'text') },
  writeIndicatorSet: { body: indicatorSet },
  checkIndicatorSet: { body: indicatorSet },
  getIndicatorSet: {
    query: fc.record({ pack_id: constant('zerosigma'), name: constantFrom('zerosigma_default', 'fuzz_a') }),
  },
  checkModelConfig: {
    body: some(
      { ...edited, changes: fc.record({ hyperparams: fc.record({ max_depth: fc.nat(20) }) }) },
      'model_id',
      'text',
    ),
  },
  checkPolicy: { body: some({ ...edited, text: constant(given('policy')) }, 'model_id', 'text') },
  buildMatrix: {
    body: some(
      { ...window, tag: byName['tag']!, fixed_bp: constantFrom(5, 20), dump_raw: fc.boolean() },
      'model_id',
      'start',
      'end',
    ),
  },
  buildStockMatrix: {
    body: some(
      {
        ticker: constantFrom('AAPL', 'SPY'),
        start: constantFrom('2024-01-02', '2024-02-01'),
        end: constantFrom('2024-03-28', '2024-04-30'),
      },
      'ticker',
      'start',
      'end',
    ),
  },
  previewMatrix: {
    body: some({ ...window, max_rows: fc.integer({ min: 1, max: 50 }) }, 'model_id', 'start', 'end'),
  },
  buildMatrixByWindow: {
    body: some(
      { model_id: constant(model_id), date_window: fc.record({ start, end }), preview: fc.boolean() },
      'model_id',
      'date_window',
    ),
  },
  runBacktest: {
    body: some(
      {
        model_id: constant(model_id),
        thresholds,
        splits,
        calibration: constantFrom('none', 'sigmoid', 'isotonic'),
        slippage_bps: constantFrom(0, 1, 5),
        size_by_conf: fc.boolean(),
        save: fc.boolean(),
        tag: byName['tag']!,
      },
      ...['model_id', 'thresholds', 'splits'],
    ),
  },
  runBacktestSweep: {
    body: some(
      {
        model_id: constant(model_id),
        thresholds_variants: fc.array(thresholds, { minLength: 1, maxLength: 2 }),
        splits,
        tag: byName['tag']!,
        min_trades: fc.nat(50),
      },
      'model_id',
      'thresholds_variants',
      'splits',
    ),
  },
  runSweep: { body: sweepBody() },
  planSweep: { body: sweepBody() },
  calibrateThresholds: {
    body: some(
      {
        model_id: constantFrom(model_id, overlayModel),
        top_n: fc.integer({ min: 1, max: 100 }),
        grid: constantFrom('0.5,0.55', '0.6'),
      },
      'model_id',
    ),
  },
  calibrateBrackets: {
    body: some(
      { model_id: constantFrom(model_id, overlayModel), desired_rr: constantFrom(1.5, 2, 2.5) },
      'model_id',
    ),
  },
  createSelection: { body: fc.record({ items: fc.array(ref('row'), { maxLength: 3 }) }) },
  trainModel: {
    body: some(
      {
        model_id: constant(model_id),
        calibration: constantFrom('none', 'sigmoid'),
        seed: fc.nat(3),
        tag: byName['tag']!,
        override: constant(true),
      },
      'model_id',
      'override',
    ),
  },
  trainBatch: {
    body: some(
      {
        jobs: fc.array(
          ref('row', fc.record({ override: constant(true), tag: constant('fuzz'), seed: fc.nat(2) })),
          {
            minLength: 1,
            maxLength: 1,
          },
        ),
      },
      'jobs',
    ),
  },
  // The query describes a streamed file: a JSON body has everything itself.
  importData: { query: constant({}), body: importBody },
  importSignals: {
    body: fc.record({
      rows: fc.array(
        ref(
          'signal',
          some(
            {
              status: constantFrom('filled', 'closed', 'canceled'),
              fill_px: fc.integer({ min: 1, max: 500 }),
              pnl: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
            },
            'status',
          ),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    }),
  },
  generateSignals: {
    body: some(
      {
        model_id: constant(model_id),
        start: constantFrom('2012-11-01', '2012-12-03'),
        end: constantFrom('2012-12-14', '2012-12-31'),
      },
      'model_id',
      'start',
      'end',
    ),
  },
  createOptionsOverlay: {
    body: some(
      {
        model_id: constant(overlayModel),
        date: constant(given('signal_date')),
        dte_target: constantFrom(14, 30),
        option_mode: constantFrom('single', 'vertical'),
        target_delta: constantFrom(0.3, 0.5),
        write_parity_csv: fc.boolean(),
      },
      'model_id',
      'date',
    ),
  },
  getOptionPayoff: { params: { id: ref('position') } },
  createTemplate: { body: fc.record({ template }) },
  updateTemplate: {
    body: fc.record({
      template: some({ name: constantFrom('New name', 'Fuzz'), description: constant('changed') }),
    }),
  },
  updateQuotas: {
    body: fc.record({
      limits: some({
        max_concurrent_sweeps: fc.integer({ min: 1, max: 8 }),
        max_queue: constantFrom(500, 1000),
      }),
    }),
  },
  updateRiskProfile: {
    body: fc.record({
      pack_id: constantFrom('longsigma', 'momentumsigma'),
      profile,
      risk_budget: fc.record({ min_trades: fc.integer({ min: 1, max: 60 }) }),
    }),
  },
  checkRiskProfile: {
    body: fc.record({
      pack_id: constantFrom('swingsigma', 'momentumsigma'),
      profile,
      risk_budget: fc.record({
        min_trades: fc.integer({ min: 1, max: 60 }),
        max_dd: constantFrom(null, 0.3),
      }),
    }),
  },
  checkTemplate: {
    body: fc.record({ pack: byName['pack']!, text: constantFrom('', 'name: x', 'template_id: [') }),
  },
  prepareRestore: { body: constant({ name: null }) },
  updateFlag: { body: fc.record({ key: constant('sample_data'), enabled: fc.boolean() }) },
  createUser: {
    body: fc.record({
      email: fc.nat(9999).map((n) => `person${n}@example.org`),
      role: constantFrom('viewer', 'trader'),
    }),
  },
}

/** They need a vendor's key, or minutes, which tests of their own give them. */
export const withoutSuccess: readonly string[] = ['startSync', 'runSweepNull']

/** Operations that compute: seldom asked, and never with a window or a model beyond those above. */
export const heavy: ReadonlySet<OperationId> = new Set<OperationId>([
  ...([
    'createBackup',
    'buildMatrix',
    'buildStockMatrix',
    'previewMatrix',
    'buildMatrixByWindow',
    'runBacktest',
    'runBacktestSweep',
  ] as const),
  ...(['runSweep', 'trainModel', 'trainBatch', 'generateSignals', 'retryAdminJob'] as const),
  ...(['reproduceBacktestRun', 'runSweepNull', 'explainRow'] as const),
])
