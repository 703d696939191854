import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewSignal } from '#main/ledger/signals.ts'
import { lightServices } from '#test/light-services.ts'
import { buildTestServer, type TestServer } from '#test/test-server.ts'
import { openTestWorkspace, type TestWorkspace } from '#test/test-workspace.ts'

const model_id = 'spy_eq_swing_daily'

let workspace: TestWorkspace
let test: TestServer
beforeAll(async () => {
  workspace = await openTestWorkspace()
  test = await buildTestServer(lightServices(workspace))
  const days = ['2024-06-03', '2024-06-04', '2024-06-05', '2024-06-06']
  workspace.ledger.signals.put(days.map((day) => signalOf(day)))
  workspace.ledger.signals.put([{ ...signalOf('2024-06-03'), model_id: 'spy_opt_swing_daily' }])
})
afterAll(async () => {
  await test.server.close()
  await workspace.close()
})

function signalOf(date: string): NewSignal {
  return {
    ...{ ts: `${date}T20:00:00Z`, date, hour_et: null, model_id, pack_id: 'swingsigma', ticker: 'SPY' },
    ...{ risk_profile: 'balanced', side: 'buy', score_total: 0.6, threshold: 0.55, size: 1, size_r: 1 },
    ...{ entry_ref_px: 500, close: 500, stop_px: 490, target_px: 520, time_stop_minutes: 7800, rr: 2 },
    ...{ status: 'new', simulated: true, artifact: 'artifacts/x.onnx', tag: null },
  }
}

async function importRows(payload: object) {
  const reply = await test.server.inject({ method: 'POST', url: '/signals/import', payload })
  return { status: reply.statusCode, body: reply.json() }
}
const get = async (url: string) => (await test.server.inject(url)).json()
const row = (date: string, changes: object) => ({
  ts: `${date}T20:00:00Z`,
  model_id,
  ticker: 'SPY',
  ...changes,
})

const fills = [
  row('2024-06-03', { status: 'closed', side: 'buy', fill_px: 500.5, pnl: 0.02, tag: 'desk' }),
  row('2024-06-04', { status: 'closed', fill_px: 499.9, pnl: -0.01, rr: -1 }),
  row('2024-06-05', { status: 'canceled' }),
  row('2024-06-11', { status: 'filled' }),
]

describe('POST /signals/import', () => {
  it('only says what an import would do where it is asked to, from the text of a file too', async () => {
    const header = 'ts,model_id,ticker,status,fill_px,broker\n'
    const line = (date: string, status: string) => `${date}T20:00:00Z,${model_id},SPY,${status},501,ib\n`
    const text = header + line('2024-06-03', 'filled') + line('2024-06-11', 'filled')
    const { body } = await importRows({ text, dry_run: true })
    expect(body).toMatchObject({ dry_run: true, count: 2, updated: 1, unknown: [{ line: 3 }] })
    const signal = { ts: '2024-06-03T20:00:00Z', model_id, risk_profile: 'balanced', ticker: 'SPY' } as const
    expect(workspace.ledger.signals.find(signal)).toMatchObject({ status: 'new' })
    const bad = await importRows({ text: text + line('2024-06-04', 'eaten'), dry_run: true })
    expect(bad.status).toBe(400)
    expect(bad.body.error.details.problems).toEqual([
      { line: 4, message: expect.stringContaining('status eaten is not one of') },
    ])
    expect((await importRows({ text, rows: fills })).body.error.message).toContain(
      'one of rows, csv and text',
    )
    expect((await importRows({ text: 'ts,status\n' })).body.error.message).toContain('no column model_id')
    expect(await readdir(join(workspace.root, 'cache')).catch(() => [])).toEqual([])
  })

  it('records what is known and names the rows of unknown signals', async () => {
    const { body } = await importRows({ rows: fills })
    const unknown = { ts: '2024-06-11T20:00:00Z', model_id, risk_profile: 'balanced', ticker: 'SPY' }
    expect(body).toEqual({
      ok: true,
      dry_run: false,
      count: 4,
      updated: 3,
      unknown: [{ line: 4, ...unknown }],
      before: ['2024-06-03', '2024-06-04', '2024-06-05'].map((day) => ({
        ...{ ...unknown, ts: `${day}T20:00:00Z` },
        ...{ status: 'new', fill_px: null, slippage: null, rr: 2, pnl: null, tag: null },
      })),
    })
    const signal = workspace.ledger.signals.find({ ...unknown, ts: '2024-06-03T20:00:00Z' })
    expect(signal).toMatchObject({
      status: 'closed',
      fill_px: 500.5,
      slippage: 0.5,
      pnl: 0.02,
      rr: 2,
      tag: 'desk',
    })
  })

  it('changes nothing the second time', async () => {
    const before = workspace.ledger.signals.list({ limit: 100, offset: 0 }).rows
    expect((await importRows({ rows: fills })).body.updated).toBe(3)
    expect(workspace.ledger.signals.list({ limit: 100, offset: 0 }).rows).toEqual(before)
  })

  it('replies what the signals said before, which undoes it to the last field', async () => {
    const before = workspace.ledger.signals.list({ limit: 100, offset: 0 }).rows
    const other = row('2024-06-03', { status: 'filled', fill_px: 503, rr: -4, tag: 'other' })
    const first = await importRows({ rows: [other, row('2024-06-06', { status: 'closed', tag: 'new' })] })
    const changed = workspace.ledger.signals.list({ limit: 100, offset: 0 }).rows
    expect(changed.map(({ tag }) => tag)).toContain('new')
    const undone = await importRows({ rows: first.body.before })
    expect(workspace.ledger.signals.list({ limit: 100, offset: 0 }).rows).toEqual(before)
    await importRows({ rows: undone.body.before })
    expect(workspace.ledger.signals.list({ limit: 100, offset: 0 }).rows).toEqual(changed)
    await importRows({ rows: first.body.before })
  })

  it('imports nothing where one row cannot be read, or is of the other side', async () => {
    const before = workspace.ledger.signals.list({ limit: 100, offset: 0 }).rows
    for (const bad of [
      row('2024-06-06', { status: 'eaten' }),
      row('2024-06-06', { status: 'filled', side: 'sell' }),
    ]) {
      const { status, body } = await importRows({ rows: [row('2024-06-05', { status: 'filled' }), bad] })
      expect([status, body.error.code]).toEqual([400, 'INVALID_PARAM'])
      expect(body.error.details.problems).toMatchObject([{ line: 2 }])
    }
    expect(workspace.ledger.signals.list({ limit: 100, offset: 0 }).rows).toEqual(before)
  })

  it('reads a CSV with more columns in any order, and the file of signals that it keeps', async () => {
    const lines = [
      'note,status,PnL,ticker,model_id,ts,fill_px',
      `good,timed out,,spy,${model_id},2024-06-06T16:00:00-04:00,`,
      `new to me,filled,,SPY,nobody,2024-06-06T20:00:00Z,1`,
    ]
    await writeFile(join(workspace.root, 'fills.csv'), `${lines.join('\n')}\n`)
    const { body } = await importRows({ csv: 'fills.csv' })
    expect(body).toMatchObject({ count: 2, updated: 1, unknown: [{ line: 3, model_id: 'nobody' }] })
    const csv = `live_data/${model_id}/signals.csv`
    expect(await readFile(join(workspace.root, csv), 'utf8')).toMatch(/timed_out/)
    expect((await importRows({ csv })).body).toMatchObject({ count: 4, updated: 4, unknown: [] })
  })

  it.each([{}, { rows: fills, csv: 'fills.csv' }, { csv: '../fills.csv' }, { csv: 'none.csv' }])(
    'refuses %j',
    async (payload) => {
      expect((await importRows(payload)).status).toBe(400)
    },
  )

  it('never holds a premium against a price of the underlying', async () => {
    const option = {
      ...row('2024-06-03', { status: 'filled', fill_px: 4.2 }),
      model_id: 'spy_opt_swing_daily',
    }
    await importRows({ rows: [{ ...option, entry_ref_px: 500 }] })
    const url = '/signals/summary?model_id=spy_opt_swing_daily'
    expect((await get(url)).metrics).toMatchObject({ fill_rate: 1, avg_slippage: null })
    await importRows({ rows: [{ ...option, entry_ref_px: 4.15 }] })
    expect((await get(url)).metrics.avg_slippage).toBeCloseTo(0.05, 10)
  })
})

describe('live figures', () => {
  it('GET /signals/summary are those of the period', async () => {
    const { metrics, period } = await get(`/signals/summary?model_id=${model_id}`)
    expect(period).toEqual({ start: null, end: null })
    expect(metrics).toMatchObject({ trades: 2, win_rate: 0.5, fill_rate: 0.5, coverage_pct: 1 })
    expect(metrics.expectancy).toBeCloseTo((0.02 - 0.01) / 2, 12)
    // 0.5 and 0.1 dollars on 500.
    expect(metrics.avg_slippage).toBeCloseTo((10 + 2) / 2, 8)
    expect(metrics.cum_return).toBeCloseTo(1.02 * 0.99 - 1, 12)
    expect(metrics).toMatchObject({ capacity: null, capacity_label: null })
    const late = await get(`/signals/summary?model_id=${model_id}&start=2024-06-05&end=2024-06-05`)
    expect(late.period).toEqual({ start: '2024-06-05', end: '2024-06-05' })
    expect(late.metrics).toMatchObject({ trades: 0, sharpe: null, win_rate: null, fill_rate: 0 })
  })

  it('GET /signals/leaderboard ranks by Sharpe, those without one last', async () => {
    const body = await get('/signals/leaderboard?pack=swingsigma')
    expect(body.rows.map((each: { model_id: string }) => each.model_id)).toEqual([
      model_id,
      'spy_opt_swing_daily',
    ])
    expect(body).toMatchObject({ total: 2, limit: 50, offset: 0, next_offset: 2 })
    expect((await get('/signals/leaderboard?limit=1&offset=1')).rows).toHaveLength(1)
    expect((await get('/signals/leaderboard?pack=zerosigma')).total).toBe(0)
    expect((await get('/signals/leaderboard?risk_profile=aggressive')).rows).toEqual([])
  })

  it('GET /models/:model_id/performance has no backtest to show before the first', async () => {
    const body = await get(`/models/${model_id}/performance`)
    expect(body).toMatchObject({
      live: {
        metrics: { trades: 2 },
        least: 20,
        drift: { rows: 0, score: { psi: null, usual: null, level: 'unknown' }, features: [] },
      },
    })
    expect(body.backtest).toBeNull()
    expect((await get('/models/nope/performance')).error.code).toBe('NOT_FOUND')
  })
})
