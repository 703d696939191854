import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Host } from '#main/host.ts'
import { openDuck } from '#main/lake/duck.ts'
import { createLake } from '#main/lake/lake.ts'
import { replayPremium } from '#main/services/premium-parity.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import type { PricePath } from '#shared/jobs/matrix-types.ts'
import { copySampleWorkspace, request, startSampleHost } from '#test/sample-host.ts'

type Run = ReplyOf<'runBacktest'>
type Signals = ReplyOf<'listSignals'>
type Overlay = ReplyOf<'createOptionsOverlay'>

const model_id = 'spy_opt_0dte_hourly'
const stop = 0.3
const target = 0.6

let root: string
let host: Host

beforeAll(async () => {
  root = await copySampleWorkspace()
  // Levels near enough to end many trades: with those of the pack nearly all run out of time.
  const policy = join(root, `packs/zerosigma/policies/${model_id}.yaml`)
  const near = (await readFile(policy, 'utf8'))
    .replace(/atr_mult_stop: .*/, `atr_mult_stop: ${stop}`)
    .replace(/atr_mult_target: .*/, `atr_mult_target: ${target}`)
  await writeFile(policy, near)
  host = await startSampleHost(root)
  await request(host, 'POST', '/build_matrix', { model_id, start: '2024-01-02', end: '2024-06-28' })
}, 120_000)

afterAll(async () => {
  await host.close()
  await rm(root, { recursive: true })
})

describe('premium P&L of a backtest', () => {
  it('is part of the parity of an option model, counts every signal, and comes out equal when run again', async () => {
    const { body } = await request<Run>(host, 'POST', '/backtest', { model_id, splits: 3 })
    const { parity } = body
    const { premium } = parity!
    expect(premium).toMatchObject({ trades: expect.any(Number), costs: expect.any(Number) })
    expect(premium!.trades).toBeGreaterThan(20)
    const signals = parity!.trades + parity!.not_entered + parity!.not_closed
    const { trades, not_entered, open, skipped, skipped_for } = premium!
    expect(trades + not_entered + open + skipped).toBe(signals)
    expect(Object.values(skipped_for).reduce((sum, count) => sum + count, 0)).toBe(skipped)
    expect(premium!.costs).toBeGreaterThan(0)
    const path = `/backtest_runs/${body.backtest_run_id}`
    const stored = await request<{ parity: object }>(host, 'GET', path)
    expect(stored.body.parity).toEqual(parity)
    const again = await request<{ equal: boolean }>(host, 'POST', `${path}/reproduce`)
    expect(again.body).toMatchObject({ equal: true })
  }, 60_000)

  it('is not asked of models that trade shares', async () => {
    const stock = { model_id: 'spx_eq_swing_daily' }
    await request(host, 'POST', '/build_matrix', { ...stock, start: '2005-01-03', end: '2012-12-31' })
    const { body } = await request<Run>(host, 'POST', '/backtest', { ...stock, splits: 2 })
    expect(body.result.metrics.trades).toBeGreaterThan(0)
    expect(body.parity ?? {}).not.toHaveProperty('premium')
  }, 60_000)

  it('is the sum of what overlays of the same signals bring, day by day', async () => {
    const hours = '9,10,11,12,13,14,15'
    await request(host, 'POST', '/train', { model_id, allowed_hours: hours, override: true })
    const june = { model_id, start: '2024-06-03', end: '2024-06-28' }
    await request(host, 'POST', '/signals/generate', june)
    const { rows } = (await request<Signals>(host, 'GET', `/signals?model_id=${model_id}&limit=200`)).body
    expect(rows.length).toBeGreaterThan(20)
    const sum = { trades: 0, total_pnl: 0, costs: 0, not_entered: 0, open: 0, skipped: 0 }
    for (const date of new Set(rows.map((row) => row.date))) {
      const { status, body } = await request<Overlay & { error?: { details?: { skipped: object[] } } }>(
        host,
        'POST',
        '/options_overlay',
        { model_id, date },
      )
      // A day without any contract that fits is an error of the overlay.
      const premium = status === 200 ? body.parity_premium! : {}
      for (const [name, value] of Object.entries(premium))
        if (name in sum) sum[name as 'open'] += Number(value)
      sum.skipped += status === 200 ? body.skipped.length : body.error!.details!.skipped.length
    }
    const duck = await openDuck()
    const lake = createLake(root, duck)
    const { length, ...columns } = await lake.bars('SPY', 'hourly')
    const path = { ...columns, bars: length, cadence: 'hourly', barsPerSession: 7 } as unknown as PricePath
    const barAt = new Map(Array.from(path.ts, (ts, bar) => [ts, bar]))
    const replayed = await replayPremium(lake, {
      ticker: 'SPY',
      path,
      brackets: {
        ...{ stop, target, timeStopMinutes: 120, minRr: 1, atrPeriod: 14 },
        ...{ entryMode: 'next_bar_open', leavesBySessionClose: true },
      },
      selection: { target_delta: 0.35, dte_target: 0, min_oi: 0, spread_width: 5, weekly_ok: true } as never,
      signals: {
        bar: Int32Array.from(rows, ({ ts }) => barAt.get(Date.parse(ts))!),
        side: Int8Array.from(rows, ({ side }) => (side === 'buy' ? 1 : -1)),
      },
    })
    duck.close()
    expect(sum.trades).toBeGreaterThan(20)
    expect(replayed!.hit_rate_stop! + replayed!.hit_rate_target!).toBeGreaterThan(0.2)
    for (const [name, value] of Object.entries(sum))
      expect([name, replayed![name as 'open']]).toEqual([name, expect.closeTo(value, 8)])
  }, 60_000)
})
