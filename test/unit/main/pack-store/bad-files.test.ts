import { expect, test, vi } from 'vitest'
import { configYaml, openTiny, packYaml } from './tiny-workspace.ts'

test.each([
  [
    'an unknown hyperparameter',
    configYaml.replace('max_depth', 'max_dept'),
    6,
    /max_dept \(did you mean max_depth\?\)/,
  ],
  [
    'a value out of range',
    configYaml.replace('learning_rate: 0.05', 'learning_rate: 5'),
    8,
    /learning_rate 5 must be <= 1/,
  ],
  [
    'a value of the wrong kind',
    configYaml.replace('n_estimators: 300', 'n_estimators: many'),
    7,
    /n_estimators "many"/,
  ],
  ['an unknown key', configYaml.replace('ticker', 'tickr'), 3, /tickr \(did you mean ticker\?\)/],
  [
    'a set that is not there',
    configYaml.replace('indicator_set: base', 'indicator_set: bas'),
    10,
    /bas \(did you mean base\?\)/,
  ],
  ['an unknown label', configYaml.replace('fwd_ret_5d ', 'fwd_rt '), 11, /unknown label fwd_rt/],
  [
    'an unknown feature',
    configYaml.replace('# tail comment', 'features: [rsi_14, ema_19]'),
    14,
    /ema_19 \(did you mean ema_20\?\)/,
  ],
])('%s in a model config is reported with its line', (_, text, line, message) => {
  const { store } = openTiny({ 'model_configs/spy_daily.yaml': text })
  const [problem] = store.problems()
  expect(problem).toMatchObject({ path: 'packs/tiny/model_configs/spy_daily.yaml', line })
  expect(problem?.message).toMatch(message)
  expect(() => store.model('spy_daily')).toThrow(`packs/tiny/model_configs/spy_daily.yaml:${line}:`)
  expect(store.models()).toEqual([])
  expect(store.pack('tiny').templates).toHaveLength(1)
})

test.each([
  ['an unknown indicator', '- { name: rsii, period: 14 }', /unknown indicator rsii \(did you mean rsi\?\)/],
  [
    'an unknown parameter',
    '- { name: rsi, perod: 14 }',
    /rsi: unknown parameter perod \(did you mean period\?\)/,
  ],
  ['the same column twice', '- ema__window=20\n  - ema', /./],
])(
  '%s in a set is reported with its line, and its models do not take another set instead',
  (_, line, message) => {
    const text = `version: 1\nindicators:\n  - rsi\n  ${line}\n`
    const { store } = openTiny({ 'indicator_sets/base.yaml': text.replace('- ema\n', '- ema__window=20\n') })
    const [problem] = store.problems()
    expect(problem).toMatchObject({ path: 'packs/tiny/indicator_sets/base.yaml' })
    expect(problem?.line).toBe(line.includes('\n') ? 5 : 4)
    expect(problem?.message).toMatch(message)
    expect(() => store.model('spy_daily')).toThrow(/no usable indicator set base/)
  },
)

test('a set named as the model wins over the set its config names, and that over the default', () => {
  const own = 'indicators: [rsi__period=2]\n'
  const { store } = openTiny({
    'indicator_sets/spy_daily.yaml': own,
    'indicator_set.yaml': 'indicators: [atr]\n',
    'model_configs/plain.yaml': 'ticker: SPY\n',
    'model_configs/named.yaml': 'ticker: SPY\nindicator_set: indicator_set\n',
  })
  expect(store.problems()).toEqual([])
  const setOf = (id: string) => store.indicatorSet(store.model(id))
  expect(setOf('spy_daily')).toMatchObject({
    name: 'spy_daily',
    path: 'packs/tiny/indicator_sets/spy_daily.yaml',
  })
  expect(setOf('plain').entries.map(({ spelling }) => spelling)).toEqual(['rsi__period=14', 'ema__window=20'])
  expect(setOf('named').path).toBe('packs/tiny/indicator_set.yaml')
  const bare = openTiny({
    'pack.yaml': packYaml.replace('default_indicator_set: base\n', ''),
    'indicator_set.yaml': 'indicators: [atr]\n',
    'model_configs/plain.yaml': 'ticker: SPY\n',
  })
  expect(bare.store.indicatorSet(bare.store.model('plain')).name).toBe('indicator_set')
})

test('a bad policy is explained, and refused where it would be traded', () => {
  const text = 'execution:\n  slippage_bps: 1\n  brackets:\n    atr_mult_stop: -1\n'
  const { store } = openTiny({ 'policies/spy_daily.yaml': text })
  const model = store.model('spy_daily')
  expect(store.explainPolicy(model).problems).toMatchObject([{ line: 4, column: 5 }])
  expect(() => store.policy(model)).toThrow('packs/tiny/policies/spy_daily.yaml:4:5')
})

test.each([
  ['execution', 'execution: { slipage_bps: 1 }', 'slippage_bps'],
  ['brackets', 'execution: { brackets: { time_stop_minute: 5 } }', 'time_stop_minutes'],
  ['selection', 'execution: { options: { selection: { target_dleta: 0.3 } } }', 'target_delta'],
  ['the root', 'executon: { slippage_bps: 1 }', 'execution'],
])('a misspelt key in %s of a policy is reported with the nearest one', (_, text, meant) => {
  const { store } = openTiny({ 'policies/spy_daily.yaml': text })
  expect(store.problems().map(({ message }) => message)).toEqual([
    expect.stringContaining(`did you mean ${meant}?`),
  ])
})

test('without its pack.yaml no model of a pack is used, and the pack says why', () => {
  const { store } = openTiny({ 'pack.yaml': packYaml.replace('max_dd: 0.2 ', 'max_dd: 2 ') })
  expect(store.packs()[0]?.problems).toMatchObject([{ path: 'packs/tiny/pack.yaml', line: 15 }])
  expect(() => store.model('spy_daily')).toThrow('packs/tiny/pack.yaml:15')
  expect(() => store.riskBudget('tiny', 'balanced')).toThrow('packs/tiny/pack.yaml:15')
})

test('a model id that two files claim is reported once, and the first file keeps it', () => {
  const { store } = openTiny({ 'model_configs/zz.yaml': configYaml })
  expect(store.problems()).toMatchObject([{ path: 'packs/tiny/model_configs/zz.yaml', line: 2 }])
  expect(store.model('spy_daily').path).toBe('packs/tiny/model_configs/spy_daily.yaml')
})

test('a hand edit is seen by the watcher, reported when bad, and right again when mended', async () => {
  const onChange = vi.fn<(paths: string[]) => void>()
  const { store, write } = openTiny({}, { watching: true, onChange })
  write('model_configs/spy_daily.yaml', configYaml.replace('max_depth: 6 ', 'max_depth: 7 '))
  await vi.waitFor(() => expect(store.model('spy_daily').spec?.max_depth).toBe(7), { timeout: 4000 })
  expect(onChange).toHaveBeenCalledWith(['packs/tiny/model_configs/spy_daily.yaml'])
  write('model_configs/spy_daily.yaml', configYaml.replace('max_depth: 6 ', 'max_depth: [6 '))
  await vi.waitFor(() => expect(store.problems()[0]?.line).toBeGreaterThanOrEqual(6), { timeout: 4000 })
  write('model_configs/spy_daily.yaml', configYaml)
  await vi.waitFor(() => expect(store.model('spy_daily').spec?.max_depth).toBe(6), { timeout: 4000 })
  expect(store.problems()).toEqual([])
})
