import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AdminServer, startAdminServer } from '#test/admin-server.ts'
import { risingDays } from '#test/test-workspace.ts'

const modelId = 'spy_opt_0dte_hourly_xgb_v1'
const configPath = `packs/zerosigma/model_configs/${modelId}.yaml`

let admin: AdminServer
beforeEach(async () => {
  admin = await startAdminServer()
})
afterEach(() => admin.close())

const file = (path: string) => readFile(join(admin.workspace.root, path), 'utf8')
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length

describe('a model that is only looked at', () => {
  const check = async (body: object) => (await admin.ask('POST /models/check', body)).body

  it('is the one that would be made, and is not made', async () => {
    const body = {
      ticker: 'SPY',
      pack_id: 'swingsigma',
      asset_type: 'eq',
      horizon: 'swing',
      cadence: 'daily',
      variant: 'x',
    }
    const looked = await check(body)
    expect(looked).toMatchObject({ model_id: 'spy_eq_swing_daily_x', problems: [], buildable: false })
    expect(looked.reason).toBe('no daily bars of SPY in the lake')
    expect(looked.columns).toContain('rsi_14')
    expect((await admin.ask('GET /models?pack_id=swingsigma')).body.models).not.toContainEqual(
      expect.objectContaining({ id: looked.model_id }),
    )
    const made = (await admin.ask('POST /models', body)).body
    expect(made.paths.config).toBe(looked.path)
    expect(await file(looked.path)).toBe(looked.text)
  })

  it('starts from the template and window that are named', async () => {
    const train_window = { start: '2024-01-02', end: '2024-06-28' }
    const body = {
      ticker: 'AAPL',
      template_id: 'intraday_hourly_stock',
      asset_type: 'eq',
      horizon: 'intraday',
      train_window,
    }
    const { text, effective } = await check(body)
    expect(text).toContain('Made from packs/zerosigma/model_templates/intraday_hourly_stock.yaml')
    expect(effective).toMatchObject({ ticker: 'AAPL', train_window })
  })

  it('says what is wrong, and what was meant, without failing', async () => {
    await admin.workspace.lake.writeBars('daily', 'SPY', risingDays('2024-01-02', 30), 'test:v1')
    const messageOf = async (body: object) => (await check(body)).problems[0].message
    expect(await messageOf({ ticker: 'SPY', variant: 'xgb_v1' })).toBe(
      `model ${modelId} exists already in pack zerosigma`,
    )
    expect(
      await messageOf({ ticker: 'SPY', variant: 'y', indicator_set_name: 'zerosigma_defualt' }),
    ).toContain('did you mean zerosigma_default?')
    expect(await messageOf({ ticker: 'SPY', variant: 'y', template_id: '0dte_hourly_option' })).toContain(
      'did you mean 0dte_hourly_options?',
    )
    expect((await check({ ticker: 'SPYY', variant: 'y' })).reason).toContain('did you mean SPY?')
  })
})

describe('a model config that is only looked at', () => {
  const check = async (body: object) =>
    (await admin.ask('POST /model_config/check', { model_id: modelId, ...body })).body

  it('means what the written one means, with every column its indicators give', async () => {
    const text = await file(configPath)
    const { effective, problems, columns, config } = await check({ text })
    expect(problems).toEqual([])
    expect(effective).toMatchObject({ ticker: 'SPY', algorithm: 'gbm', label: 'next_bar_updown(1)' })
    expect(effective.hyperparams).toMatchObject({ max_depth: 3, max_bin: 255 })
    expect(config).toMatchObject({ model: 'xgb', time: { day_of_week: true } })
    const { indicators } = (await admin.ask('GET /indicator_set?pack_id=zerosigma&name=zerosigma_default'))
      .body
    expect(columns.length).toBeGreaterThanOrEqual(indicators.length)
  })

  it('takes changes of a form as an edit of the text would: comments and order stay', async () => {
    const text = await file(configPath)
    const { text: merged } = await check({ text, changes: { hyperparams: { max_depth: 4 } } })
    expect(merged).toBe(text.replace('max_depth: 3', 'max_depth: 4'))
    const { config } = await check({ text, changes: { label: { type: 'triple_barrier', pt: 2 } } })
    expect(config.label).toEqual({ type: 'triple_barrier', pt: 2 })
    expect(await file(configPath)).toBe(text)
  })

  it('refuses changes deeper than any config, by their name', async () => {
    const changes = JSON.parse(`${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`)
    const { status, body } = await admin.ask('POST /model_config/check', {
      model_id: modelId,
      text: await file(configPath),
      changes,
    })
    expect([status, body.error.code]).toEqual([400, 'INVALID_PARAM'])
    expect(body.error.message).toBe('changes has more than 50 levels or 5000 values')
  })

  it('names each mistake at its line and column, with what was meant', async () => {
    const text = (await file(configPath))
      .replace('max_depth:', 'max_dept:')
      .replace('  - rsi__period=14', '  - rsi__perio=14')
    const { problems, effective } = await check({ text })
    expect(effective).toBeNull()
    expect(problems).toMatchObject([
      {
        path: configPath,
        line: lineOf(text, 'max_dept:'),
        column: 3,
        message: expect.stringContaining('did you mean max_depth?'),
      },
    ])
    const two = await check({ text: text.replace('max_dept:', 'max_depth:') })
    expect(two.problems).toMatchObject([
      { line: lineOf(text, 'rsi__perio'), message: expect.stringContaining('did you mean period?') },
    ])
    const other = await check({ text: text.replace(/^model_id: .*$/m, 'model_id: another') })
    expect(other.problems.map(({ line }: { line: number }) => line)).toContain(lineOf(text, 'model_id:'))
    const broken = await check({ text: 'model_id: [', changes: { model: 'rf' } })
    expect(broken).toMatchObject({ text: 'model_id: [', config: null })
  })
})

it('a policy that is only looked at has its mistakes at their lines, and what a trader should know', async () => {
  const check = async (text: string) =>
    (await admin.ask('POST /policy/check', { model_id: modelId, text })).body
  const text = await file(`packs/zerosigma/policies/${modelId}.yaml`)
  expect(await check(text)).toMatchObject({ problems: [], checks: { ok: true } })
  const free = await check(text.replace(/slippage_bps: .*/, 'slippage_bps: 0'))
  expect(free.checks.warnings.join()).toContain('slippage_bps 0')
  const { problems } = await check('name: x\nexecution:\n  slipage_bps: 1\n')
  expect(problems).toMatchObject([{ line: 3, column: 3 }])
})

describe('an indicator set that is only looked at', () => {
  const set = { pack_id: 'zerosigma', name: 'mine' }
  const check = async (body: object) =>
    (await admin.ask('POST /indicator_sets/check', { ...set, ...body })).body

  it('shows the columns that will come out, and the file as it would be written', async () => {
    const indicators = ['rsi__period=14', { name: 'macd', fast_period: 12 }]
    const { text, columns, entries, path } = await check({ indicators })
    expect(entries.map(({ spelling }: { spelling: string }) => spelling)).toEqual([
      'rsi__period=14',
      'macd__fast=12__slow=26__signal=9',
    ])
    expect(columns).toEqual(entries.flatMap(({ outputs }: { outputs: string[] }) => outputs))
    await admin.ask('POST /indicator_sets', { ...set, indicators, if_text: null })
    expect(await file(path)).toBe(text)
    const again = await admin.ask('POST /indicator_sets', { ...set, indicators, if_text: null })
    expect(again.body.error.code).toBe('CONFLICT')
  })

  it('has an answer for every line, the wrong ones and those that collide too', async () => {
    const { text, entries } = await check({ indicators: ['rsi', 'rsii', { name: 'macd', fast: -1 }] })
    expect(text).toBeNull()
    expect(entries.map(({ problem }: { problem: string | null }) => problem)).toEqual([
      null,
      expect.stringContaining('did you mean rsi?'),
      expect.stringContaining('fast -1'),
    ])
    const { problems } = await check({ indicators: ['rsi', 'rsi__period=14'] })
    expect(problems).toMatchObject([{ message: expect.stringContaining('gives the column') }])
  })

  it('is refused as it stands where the file is another by now', async () => {
    const url = 'GET /indicator_set?pack_id=zerosigma&name=zerosigma_default'
    const { text, path, used_by, indicators } = (await admin.ask(url)).body
    expect(text).toBe(await file(path))
    expect(used_by).toContain(modelId)
    await writeFile(join(admin.workspace.root, path), `${text}# by hand\n`)
    admin.workspace.packStore.rescan()
    const body = { pack_id: 'zerosigma', name: 'zerosigma_default', indicators, if_text: text }
    expect((await admin.ask('POST /indicator_sets', body)).status).toBe(409)
    expect(await file(path)).toBe(`${text}# by hand\n`)
  })
})

it('whoever may read may look, and looking leaves no row in the audit log', async () => {
  const body = { model_id: modelId, text: await file(configPath) }
  expect((await admin.ask('POST /model_config/check', body, 'viewer-token')).status).toBe(200)
  const changes = { ...body, if_text: body.text }
  expect((await admin.ask('PUT /model_config', changes, 'viewer-token')).status).toBe(403)
  const { rows } = (await admin.ask('GET /audit')).body
  expect(rows.map(({ path }: { path: string }) => path)).toEqual(['/model_config'])
})

it('a model stands by its runs against each profile', async () => {
  const { models } = (await admin.ask('GET /models?pack_id=zerosigma')).body
  expect(models[0].standing).toEqual(
    ['conservative', 'balanced', 'aggressive'].map((profile) => ({
      profile,
      runs: 0,
      passing: 0,
      trained: false,
    })),
  )
})
