import { link, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MatrixMeta } from '#main/ledger/matrices.ts'
import { createAuditWriter } from '#main/services/audit.ts'
import { writeModelCard } from '#main/services/model-cards.ts'
import { indicators } from '#shared/catalog/indicators/index.ts'
import { lightServices } from '#test/light-services.ts'
import { buildTestServer, type TestServer } from '#test/test-server.ts'
import { openTestWorkspace, risingDays, type TestWorkspace } from '#test/test-workspace.ts'

const model = 'spy_opt_0dte_hourly'

let workspace: TestWorkspace
let test: TestServer
beforeAll(async () => {
  workspace = await openTestWorkspace()
  await workspace.lake.writeBars('daily', 'SPY', risingDays('2024-01-02', 100), 'simulated:test')
  workspace.runner.define<{ fails: boolean }, number>('nap', {
    title: 'Nap',
    run: async ({ fails }, job) => {
      if (fails) throw new Error('woke up')
      job.report({ done: 1, total: 2, note: 'asleep' })
      await new Promise((resolve) => job.signal.addEventListener('abort', resolve))
      job.checkpoint()
      return 1
    },
  })
  test = await buildTestServer(lightServices(workspace), { audit: createAuditWriter(workspace) })
})
afterAll(async () => {
  await test.server.close()
  await workspace.close()
})

async function get(url: string, status = 200) {
  const reply = await test.server.inject(url)
  expect(`${url} ${reply.statusCode} ${status === 200 ? '' : reply.body}`).toContain(`${url} ${status}`)
  return reply.json()
}

async function send(method: 'POST' | 'PATCH', url: string, payload?: object, status = 200) {
  const reply = await test.server.inject({ method, url, ...(payload && { payload }) })
  expect(`${reply.statusCode} ${reply.statusCode === status ? '' : reply.body}`).toContain(String(status))
  return reply.json()
}

describe('health', () => {
  it('GET /health replies ok', async () => {
    expect(await get('/health')).toEqual({ ok: true })
  })

  it('GET /healthz counts what is there and says what is missing', async () => {
    const body = await get('/healthz?ticker=spy')
    expect(body.checks).toMatchObject({
      indicators_count: indicators.size,
      polygon_api_key: false,
      daily_bars_rows: 100,
      hourly_bars_rows: 0,
      snapshot_rows: 0,
      snapshot_has_iv: false,
      db_ok: true,
    })
    expect(body.checks.routers).toMatchObject({
      models: true,
      model_cards: true,
      packs: true,
      sweep: true,
      training: true,
    })
    expect([body.ok, body.errors]).toEqual([true, {}])
    const other = await get('/healthz?ticker=TSLA&model_id=nope')
    expect(other.ok).toBe(false)
    expect(Object.keys(other.errors)).toEqual(['bars', 'model'])
  })
})

describe('packs', () => {
  it('GET /packs lists the five packs', async () => {
    const { packs } = await get('/packs')
    expect(packs.map(({ id }: { id: string }) => id)).toEqual([
      'longsigma',
      'momentumsigma',
      'overnightsigma',
      'swingsigma',
      'zerosigma',
    ])
  })

  it('GET /packs/:pack_id shows a pack in full', async () => {
    const { pack } = await get('/packs/zerosigma')
    expect(pack.models).toContain(model)
    expect(Object.keys(pack.risk_budgets)).toEqual(['conservative', 'balanced', 'aggressive'])
    expect((await get('/packs/zerosigma/templates')).templates).toEqual(pack.templates)
    expect((await get('/packs/zerosigma/indicator_sets')).indicator_sets).toEqual(pack.indicator_sets)
    expect((await get('/model_templates?pack=zerosigma')).templates).toEqual(pack.templates)
  })

  it.each(['/packs/nope', '/packs/nope/templates', '/models?pack_id=nope', '/model_templates?pack=nope'])(
    'GET %s replies NOT_FOUND',
    async (url) => {
      expect((await get(url, 404)).error.code).toBe('NOT_FOUND')
    },
  )
})

describe('models', () => {
  it('POST /models makes config and policy, once', async () => {
    const body = { ticker: 'spy', pack_id: 'zerosigma', variant: 'v1' }
    expect(await send('POST', '/models', body)).toEqual({
      ok: true,
      model_id: `${model}_v1`,
      paths: {
        config: `packs/zerosigma/model_configs/${model}_v1.yaml`,
        policy: `packs/zerosigma/policies/${model}_v1.yaml`,
      },
      message: 'created',
    })
    expect((await send('POST', '/models', body, 409)).error.code).toBe('CONFLICT')
  })

  it('GET /models says which can be built and why the others cannot', async () => {
    const { models, count } = await get('/models')
    expect(count).toBe(models.length)
    const find = (id: string) => models.find((each: { id: string }) => each.id === id)
    expect(find(model)).toMatchObject({
      buildable: false,
      reason: 'no hourly bars of SPY in the lake',
      pack_id: 'zerosigma',
    })
    expect(find('gbm_0dte')).toMatchObject({ buildable: false, reason: 'no ticker: give one when building' })
    expect(find('spy_eq_swing_daily')).toMatchObject({
      buildable: true,
      reason: null,
      data_source: 'simulated:test',
      simulated: true,
    })
  })

  it('PATCH /models/:model_id merges deeply', async () => {
    const { config } = await send('PATCH', `/models/${model}`, { config: { hyperparams: { max_depth: 8 } } })
    expect(config.hyperparams.max_depth).toBe(8)
    expect(config.ticker).toBe('SPY')
    expect((await send('PATCH', '/models/nope', { config: {} }, 404)).error.code).toBe('NOT_FOUND')
  })

  it('POST /indicator_sets writes a set, and refuses an unknown indicator', async () => {
    const set = {
      pack_id: 'zerosigma',
      name: 'mine',
      indicators: ['rsi__period=14', { name: 'macd', fast_period: 12 }],
    }
    expect(await send('POST', '/indicator_sets', set)).toEqual({
      ok: true,
      path: 'packs/zerosigma/indicator_sets/mine.yaml',
      count: 2,
      message: 'written',
    })
    const bad = await send('POST', '/indicator_sets', { ...set, indicators: ['rsj'] }, 400)
    expect(bad.error.code).toBe('INVALID_PARAM')
  })
})

describe('data', () => {
  it('GET /data/catalog lists the series as the contract has them', async () => {
    expect((await get('/data/catalog')).series).toEqual([
      {
        ticker: 'SPY',
        kind: 'bars',
        cadence: 'daily',
        source: 'simulated:test',
        simulated: true,
        first: '2024-01-02',
        last: '2024-05-23',
        rows: 100,
        note: null,
        known_at: 'close of the bar',
      },
    ])
  })

  it('GET /data/bars gives all bars, those of a window, or thinned ones', async () => {
    const all = await get('/data/bars?ticker=spy')
    expect([all.bars_total, all.close.length, all.close[0], all.simulated]).toEqual([100, 100, 101, true])
    expect(all.ts[0]).toBe('2024-01-02T14:30:00.000Z')
    const window = await get('/data/bars?ticker=SPY&start=2024-01-03&end=2024-01-05')
    expect(window.open).toEqual([101.5, 102.5, 103.5])
    const thin = await get('/data/bars?ticker=SPY&max_points=10')
    expect([thin.bars_total, thin.high.length, Math.max(...thin.high)]).toEqual([100, 10, 201])
  })

  it.each([
    ['ticker=TSLA', 422, 'NO_DATA'],
    ['ticker=SPY&cadence=hourly', 422, 'NO_DATA'],
    ['ticker=SPY&start=2030-01-01&end=2030-02-01', 422, 'NO_DATA'],
    ['ticker=SPY&start=2024-02-01&end=2024-01-01', 400, 'INVALID_PARAM'],
    ['ticker=SPY&start=2024-02-31', 400, 'INVALID_PARAM'],
  ])('GET /data/bars?%s replies %i %s', async (query, status, code) => {
    expect((await get(`/data/bars?${query}`, status)).error.code).toBe(code)
  })

  it('GET /workspace describes what is here', async () => {
    const body = await get('/workspace')
    expect(body).toMatchObject({ name: 'test', sample: 'none', jobs: [], recovered: [], pack_problems: 0 })
    expect(body.counts).toMatchObject({ matrices: 0, sweeps: 0, runs: 0, passing: 0, trained: 0, signals: 0 })
    expect(body.counts.models).toBeGreaterThan(20)
    expect(body.disk_free_bytes).toBeGreaterThan(0)
  })
})

describe('selections and runs', () => {
  it('POST /selections keeps what GET /selections/:id gives back', async () => {
    const items = [
      {
        model_id: model,
        config: { kind: 'thr', value: '0.5' },
        lineage: { matrix_sha: 'a', risk_profile: 'balanced', risk_sha: 'b' },
      },
    ]
    const { selection_id } = await send('POST', '/selections', { items })
    expect(await get(`/selections/${selection_id}`)).toMatchObject({ ok: true, selection_id, items })
    expect((await get('/selections/999', 404)).error.code).toBe('NOT_FOUND')
  })

  it.each(['/build_runs', '/training_runs'])('GET %s pages', async (url) => {
    expect(await get(`${url}?offset=3`)).toEqual({
      ok: true,
      rows: [],
      total: 0,
      limit: 20,
      offset: 3,
      next_offset: 3,
    })
  })
})

describe('jobs', () => {
  it('are listed, shown and canceled', async () => {
    const { job_id } = workspace.runner.submit('nap', { fails: false }, { subject: { model_id: model } })
    await expect.poll(async () => (await get(`/jobs/${job_id}`)).job.progress.note).toBe('asleep')
    expect((await get('/jobs?status=running')).rows).toHaveLength(1)
    expect((await get('/workspace')).jobs).toHaveLength(1)
    expect((await send('POST', `/jobs/${job_id}/cancel`)).job.status).toBe('canceled')
    expect((await get('/jobs?status=running')).total).toBe(0)
  })

  it('that failed say why', async () => {
    const { job_id } = workspace.runner.submit('nap', { fails: true })
    await expect.poll(async () => (await get(`/jobs/${job_id}`)).job.status).toBe('failed')
    expect((await get(`/jobs/${job_id}`)).job.error).toEqual({ code: 'INTERNAL', message: 'woke up' })
    expect((await get('/jobs/999', 404)).error.code).toBe('NOT_FOUND')
    expect((await send('POST', '/jobs/999/cancel', undefined, 404)).error.code).toBe('NOT_FOUND')
  })
})

describe('model cards', () => {
  const matrix = {
    ticker: 'SPY',
    cadence: 'hourly',
    rows: 200,
    features: ['rsi_14'],
    date_window: { start: '2024-01-02', end: '2024-06-28' },
    sources: [{ id: 'simulated:v1/bars/hourly/SPY', simulated: true, content_sha: 'c' }],
    simulated: true,
    fill: 'next_open',
  } as MatrixMeta
  const write = (event: 'build' | 'backtest', at: string) =>
    writeModelCard({ root: workspace.root, clock: () => at }, workspace.packStore.model(model), event, {
      params: { thresholds: [0.5] },
      metrics: { sharpe: Number.NaN, trades: 12 },
      lineage: { matrix_sha: 'abc' },
      matrix,
      slippage_bps: 1,
      gate: { pass: false, reasons: ['min_trades_not_met'] },
    })
  const folder = () => join(workspace.root, 'packs/zerosigma/model_cards', model)

  it('are listed newest first, those of one second in the order in which they were written', async () => {
    expect(await get(`/model_cards?model_id=${model}`)).toMatchObject({
      count: 0,
      total: 0,
      cards: [],
      next_offset: 0,
    })
    expect((await get(`/model_card?model_id=${model}`, 404)).error.code).toBe('NOT_FOUND')
    await write('build', '2024-07-01T12:00:00Z')
    await Promise.all([write('build', '2024-07-01T12:00:01Z'), write('backtest', '2024-07-01T12:00:01Z')])
    const { cards, total } = await get(`/model_cards?model_id=${model}&limit=2`)
    expect(total).toBe(3)
    expect(cards).toEqual([
      {
        pack_id: 'zerosigma',
        model_id: model,
        event: 'backtest',
        created_at: '2024-07-01T12:00:01Z',
        file: '20240701T120001Z-002-backtest.json',
      },
      {
        pack_id: 'zerosigma',
        model_id: model,
        event: 'build',
        created_at: '2024-07-01T12:00:01Z',
        file: '20240701T120001Z-001-build.json',
      },
    ])
  })

  it('say what was done, on which data, and what to beware of, to programs and to people', async () => {
    const card = await get(`/model_card?model_id=${model}`)
    expect(card).toMatchObject({
      ok: true,
      event: 'backtest',
      metrics: { sharpe: null, trades: 12 },
      simulated: true,
      data: { ticker: 'SPY', rows: 200 },
      lineage: { matrix_sha: 'abc' },
    })
    expect(card.risks.join()).toContain('min_trades_not_met')
    const older = await get(`/model_card?model_id=${model}&file=20240701T120000Z-001-build.json`)
    expect(older.created_at).toBe('2024-07-01T12:00:00Z')
    const text = await readFile(join(folder(), '20240701T120001Z-002-backtest.md'), 'utf8')
    expect(text).toContain('**simulated data**')
    expect(text).toContain('| trades | 12 |')
  })

  it.each([
    '../../../pack.yaml',
    '/etc/passwd',
    '..%2F..%2Fpack.yaml',
    'a/b.json',
    '.hidden.json',
    'x.yaml',
    'a%00.json',
    'C:x.json',
  ])('are not read from %s', async (file) => {
    expect((await get(`/model_card?model_id=${model}&file=${file}`, 400)).error.code).toBe('INVALID_PARAM')
  })

  it('are not read through links', async () => {
    const secret = join(workspace.root, '..', `secret-${process.pid}.json`)
    await writeFile(secret, '{"secret":1}')
    await mkdir(folder(), { recursive: true })
    await symlink(secret, join(folder(), 'soft.json'))
    await link(secret, join(folder(), 'hard.json'))
    for (const file of ['soft.json', 'hard.json']) {
      const { error } = await get(`/model_card?model_id=${model}&file=${file}`, 400)
      expect(error.code).toBe('INVALID_PARAM')
    }
    expect((await get(`/model_card?model_id=${model}&file=none.json`, 404)).error.code).toBe('NOT_FOUND')
  })
})

it('files a change that names only a model under its pack', async () => {
  await send('PATCH', `/models/${model}`, { config: {} })
  await expect
    .poll(() => workspace.ledger.audit.list({ model_id: model, limit: 1, offset: 0 }).rows[0])
    .toMatchObject({
      method: 'PATCH',
      path: `/models/${model}`,
      status: 200,
      pack_id: 'zerosigma',
      user_id: null,
    })
})
