import { expect, test } from 'vitest'
import { mergeYaml } from '#main/pack-store/merge-yaml.ts'
import { configYaml, files, openTiny } from './tiny-workspace.ts'

const config = 'model_configs/spy_daily.yaml'

test('a patch of scalars changes those bytes and no other', async () => {
  const { store, read } = openTiny()
  const reply = await store.patchModel('spy_daily', 'tiny', {
    hyperparams: { max_depth: 8, learning_rate: 0.1 },
  })
  expect(read(config)).toBe(
    configYaml.replace('max_depth: 6 ', 'max_depth: 8 ').replace('learning_rate: 0.05', 'learning_rate: 0.1'),
  )
  expect(reply.config).toMatchObject({ hyperparams: { max_depth: 8, n_estimators: 300, learning_rate: 0.1 } })
  expect(store.model('spy_daily').spec).toMatchObject({ max_depth: 8, learning_rate: 0.1 })
})

test('a patch that adds and removes keys keeps every comment and the order of keys', async () => {
  const { store, read } = openTiny()
  await store.patchModel('spy_daily', undefined, {
    features: ['rsi__period=14', 'ema_20'],
    hyperparams: { n_estimators: null, subsample: 0.5 },
  })
  const text = read(config)
  for (const line of configYaml.split('\n')) {
    const comment = line.split('#')[1]
    if (comment !== undefined) expect(text).toContain(`#${comment}`)
  }
  expect(Object.keys(store.model('spy_daily').config)).toEqual([
    ...['model_id', 'ticker', 'hyperparams', 'indicator_set', 'label', 'train_window', 'features'],
  ])
  expect(store.model('spy_daily').features).toEqual(['rsi__period=14', 'ema_20'])
  expect(store.model('spy_daily').config['hyperparams']).toEqual({
    max_depth: 6,
    learning_rate: 0.05,
    subsample: 0.5,
  })
})

test('an empty patch leaves the file as it is', async () => {
  const { store, read } = openTiny()
  expect((await store.patchModel('spy_daily', 'tiny', {})).path).toBe(
    'packs/tiny/model_configs/spy_daily.yaml',
  )
  expect(read(config)).toBe(configYaml)
})

test('a patch that names another label replaces the block', async () => {
  const { store } = openTiny()
  await store.patchModel('spy_daily', 'tiny', { label: { type: 'next_bar_updown', horizon: 2 } })
  await store.patchModel('spy_daily', 'tiny', { label: { type: 'fwd_ret_3d' } })
  expect(store.model('spy_daily').config['label']).toEqual({ type: 'fwd_ret_3d' })
})

test.each([
  ['an unknown key', { hyperparamz: {} }],
  ['a value out of range', { hyperparams: { max_depth: 99 } }],
  ['an unknown feature', { features: ['nothing_like_it__x=1'] }],
  ['another model_id', { model_id: 'other' }],
  ['nesting without end', { features: [JSON.parse('['.repeat(4000) + ']'.repeat(4000))] }],
  [
    'keys without end',
    { hyperparams: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i])) },
  ],
  ['a key of a megabyte', { ['x'.repeat(1_000_000)]: 1 }],
  ['a key into prototypes', JSON.parse('{"hyperparams":{"__proto__":{"max_depth":9}}}')],
])('a patch with %s is INVALID_PARAM and writes nothing', async (_, partial) => {
  const { store, read } = openTiny()
  await expect(store.patchModel('spy_daily', 'tiny', partial)).rejects.toMatchObject({
    code: 'INVALID_PARAM',
  })
  expect(read(config)).toBe(configYaml)
  expect(store.problems()).toEqual([])
})

test('a patch of a model that is not there is NOT_FOUND', async () => {
  const { store } = openTiny()
  await expect(store.patchModel('nope', 'tiny', {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(store.patchModel('spy_daily', 'nope', {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a patch over an unseen hand edit is CONFLICT, keeps it, and succeeds when tried again', async () => {
  const { store, read, write } = openTiny()
  const edited = configYaml.replace('n_estimators: 300', 'n_estimators: 301')
  write(config, edited)
  const patch = () => store.patchModel('spy_daily', 'tiny', { hyperparams: { max_depth: 8 } })
  await expect(patch()).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(read(config)).toBe(edited)
  await patch()
  expect(store.model('spy_daily').spec).toMatchObject({ n_estimators: 301, max_depth: 8 })
})

test('a new model takes the template with its comments, and the pack policy under its own name', async () => {
  const { store, read } = openTiny()
  const { modelId, paths } = await store.createModel({
    ticker: 'brk.b',
    assetType: 'eq',
    horizon: 'swing',
    cadence: 'daily',
    algo: 'xgb',
    packId: 'tiny',
    trainWindow: { start: '2023-01-03', end: '2023-12-29' },
  })
  expect(modelId).toBe('brk-b_eq_swing_daily')
  expect(read(`model_configs/${modelId}.yaml`)).toContain('# delete the list to train on every column')
  expect(store.model(modelId)).toMatchObject({
    ticker: 'BRK.B',
    algorithm: 'gbm',
    features: ['rsi__period=14'],
    trainWindow: { start: '2023-01-03', end: '2023-12-29' },
  })
  expect(store.policy(store.model(modelId))).toMatchObject({
    path: paths.policy,
    policy: { name: `${modelId}_v1`, version: 1 },
    effective: { slippage_bps: 2 },
  })
  expect(read(`policies/${modelId}.yaml`)).toContain('# per side')
  await expect(
    store.createModel({
      ticker: 'brk.b',
      assetType: 'eq',
      horizon: 'swing',
      cadence: 'daily',
      packId: 'tiny',
    }),
  ).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('creating with an unknown set or pack writes nothing', async () => {
  const { store } = openTiny()
  const make = (packId: string, indicatorSetName?: string) =>
    store.createModel({ ticker: 'SPY', assetType: 'eq', packId, indicatorSetName })
  await expect(make('tiny', 'bass')).rejects.toMatchObject({
    code: 'INVALID_PARAM',
    message: expect.stringContaining('did you mean base'),
  })
  await expect(make('tinny')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(
    store.createModel({ ticker: '../../etc', packId: 'tiny', variant: '/../x' }),
  ).rejects.toMatchObject({
    code: 'INVALID_PARAM',
  })
  await expect(store.createModel({ ticker: 'SPY', packId: 'tiny' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  expect(store.models()).toHaveLength(1)
})

test('an indicator set is written as given and read back', async () => {
  const { store, read } = openTiny()
  const written = await store.writeIndicatorSet({
    packId: 'tiny',
    name: 'mine',
    indicators: ['rsi__period=14', { name: 'macd', fast_period: 12, slow_period: 26, signal_period: 9 }],
  })
  expect(written).toEqual({ path: 'packs/tiny/indicator_sets/mine.yaml', count: 2 })
  expect(read('indicator_sets/mine.yaml')).toContain('{ name: macd, fast_period: 12')
  const summary = store.pack('tiny').indicator_sets.find(({ name }) => name === 'mine')
  expect(summary?.indicators).toEqual(['rsi__period=14', 'macd__fast=12__slow=26__signal=9'])
})

test('rewriting a set keeps its comments, the lines that stay, and raises its version', async () => {
  const { store, read } = openTiny()
  await store.writeIndicatorSet({ packId: 'tiny', name: 'base', indicators: ['atr', 'rsi'] })
  const text = read('indicator_sets/base.yaml')
  expect(text).toContain('# what we look at')
  expect(text).toContain('version: 4')
  expect(text).toMatch(/- atr\n {2}- \{ name: rsi, period: 14 \} +# the classic/)
  expect(text).not.toContain('ema')
})

test('a set for a model takes its name and wins; it needs the model', async () => {
  const { store } = openTiny()
  const write = (modelId?: string) =>
    store.writeIndicatorSet({
      packId: 'tiny',
      scope: 'model',
      modelId,
      name: 'x',
      indicators: ['rsi__period=3'],
    })
  expect((await write('spy_daily')).path).toBe('packs/tiny/indicator_sets/spy_daily.yaml')
  expect(store.indicatorSet(store.model('spy_daily')).entries[0]?.spelling).toBe('rsi__period=3')
  await expect(write()).rejects.toMatchObject({ code: 'INVALID_PARAM' })
  await expect(write('nope')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a set with an unknown indicator or an unsafe name is refused', async () => {
  const { store } = openTiny()
  const write = (name: string, indicators: unknown[]) =>
    store.writeIndicatorSet({ packId: 'tiny', name, indicators })
  await expect(write('bad', ['no_such_thing__period=3'])).rejects.toMatchObject({ code: 'INVALID_PARAM' })
  await expect(write('../../evil', ['rsi'])).rejects.toMatchObject({ code: 'INVALID_PARAM' })
})

test('a risk budget is edited in pack.yaml, comments kept', async () => {
  const { store, read } = openTiny()
  const { budget } = await store.patchRiskBudget('tiny', 'balanced', { max_dd: 0.25 })
  expect(budget).toEqual({ max_dd: 0.25, min_trades: 20 })
  expect(read('pack.yaml')).toBe(files['pack.yaml']?.replace('max_dd: 0.2 ', 'max_dd: 0.25 '))
  await expect(store.patchRiskBudget('tiny', 'balanced', { max_dd: 25 })).rejects.toMatchObject({
    code: 'INVALID_PARAM',
  })
})

test('a text from the editor is checked, and refused when the file moved on', async () => {
  const { store, read } = openTiny()
  const model = store.model('spy_daily')
  const next = configYaml.replace('max_depth: 6 ', 'max_depth: 5 ')
  await store.writeText('model_config', model, next, configYaml)
  expect(read(config)).toBe(next)
  await expect(store.writeText('model_config', model, configYaml, configYaml)).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  await expect(store.writeText('model_config', model, 'a: [', next)).rejects.toMatchObject({
    code: 'INVALID_PARAM',
  })
  await store.writeText('policy', model, 'execution: { slippage_bps: 7 }\n', null)
  expect(store.policy(model).effective.slippage_bps).toBe(7)
})

test.each([
  ['a scalar inside a flow list stays a scalar', 'a: { b: x, c: 1 }\n', { a: { b: 'p, q' } }],
  ['an alias is copied before it is changed', 'base: &b { x: 1, y: 2 }\na: *b\n', { a: { x: 5 } }],
  ['text that looks like a number stays text', 'a: one # c\n', { a: '1' }],
  ['text over several lines', 'a: one # c\nb: 2\n', { a: 'two\nlines' }],
])('merging: %s', (_, text, partial) => {
  const merged = mergeYaml(text, partial)
  expect(mergeYaml(merged, partial)).toBe(merged)
  if (text.includes('# c')) expect(merged).toContain('# c')
  if (text.includes('&b')) expect(merged).toMatch(/&b \{ x: 1, y: 2 \}/)
})
