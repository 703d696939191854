import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Host } from '#main/host.ts'
import { sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { copySampleWorkspace, request, startSampleHost } from '#test/sample-host.ts'

type Overlay = ReplyOf<'createOptionsOverlay'>
type Refusal = { error: { code: string; message: string } }

const model_id = 'spy_opt_0dte_hourly'
const date = '2024-06-07'

let root: string
let host: Host

beforeAll(async () => {
  root = await copySampleWorkspace()
  host = await startSampleHost(root)
  const window = { start: '2024-01-02', end: '2024-06-28' }
  await request(host, 'POST', '/build_matrix', { model_id, ...window })
  const trained = await request(host, 'POST', '/train', { model_id, allowed_hours: '9,10,11,12,13,14,15' })
  expect(trained.status, JSON.stringify(trained.body)).toBe(200)
  const signals = { model_id, start: '2024-06-03', end: '2024-06-28' }
  const generated = await request<{ count: number }>(host, 'POST', '/signals/generate', signals)
  expect(generated.body.count).toBeGreaterThan(20)
}, 120_000)

afterAll(async () => {
  await host.close()
  await rm(root, { recursive: true })
})

const ask = <Body = Overlay>(body: object) =>
  request<Body>(host, 'POST', '/options_overlay', { model_id, date, ...body })

async function overlay(body: object): Promise<Overlay> {
  const { status, body: reply } = await ask(body)
  expect(status, JSON.stringify(reply)).toBe(200)
  return reply
}

async function refusal(body: object): Promise<string> {
  const { status, body: reply } = await ask<Refusal>(body)
  expect([status, reply.error.code]).toEqual([422, 'NO_DATA'])
  return reply.error.message
}

describe('POST /options_overlay', () => {
  it('buys same-day contracts at the next bar, chosen from what was known', async () => {
    const { rows, expiry, count, written, parity, parity_premium } = await overlay({ dte_target: 0 })
    expect({ expiry, written }).toEqual({ expiry: date, written: count })
    for (const row of rows) {
      expect(row.snapshot_ts <= row.ts && row.snapshot_ts.startsWith(date)).toBe(true)
      expect(row.type).toBe(row.signal_side === 'buy' ? 'call' : 'put')
      expect(row.entry_premium_est).toBe(row.legs[0]!.ask)
      expect(row.mid + row.half_spread).toBeCloseTo(row.entry_premium_est!, 12)
      expect(row.target_premium).toBeGreaterThan(row.entry_premium_est!)
      expect(row.stop_premium).toBeLessThan(row.mid)
      expect(row.parity.premium!.entry_ts).toBe(row.ts)
      expect(row.parity.premium!.exit_ts! <= row.time_stop_ts).toBe(true)
      expect(row.simulated).toBe(true)
      expect(row.lineage).toMatchObject({ chain_source: 'simulated:v1', risk_profile: 'balanced' })
      expect(row.lineage['matrix_sha']).toMatch(/^[0-9a-f]{64}$/)
    }
    expect(parity).toMatchObject({ ok: true, trades: count })
    const { trades, timeouts, hit_rate_stop, hit_rate_target } = parity_premium!
    expect(trades).toBe(count)
    expect((hit_rate_stop! + hit_rate_target!) * trades + timeouts).toBeCloseTo(trades, 9)
  })

  it('enters contracts that live on at the next session’s open, after the weekend here', async () => {
    const { rows, expiry } = await overlay({ dte_target: 7 })
    expect(expiry).toBe('2024-06-14')
    const monday = new Date(sessionOpen[sessionOfDate('2024-06-10')]!).toISOString().replace('.000', '')
    for (const row of rows) {
      expect(row.entry_mode).toBe('next_session_open')
      expect([monday, null]).toContain(row.parity.premium!.entry_ts)
      expect(row.parity.premium!.entry_ts).toBe(row.parity.underlying!.entry_ts)
    }
  })

  it('sells the higher call or the lower put of a vertical, and never pays its width', async () => {
    const calls = await overlay({ dte_target: 7, option_mode: 'vertical', side_override: 'call' })
    const puts = await overlay({
      dte_target: 7,
      option_mode: 'vertical',
      side_override: 'put',
      spread_width: 3,
    })
    for (const { legs, max_profit } of calls.rows) {
      expect(legs[1]!.strike).toBeGreaterThan(legs[0]!.strike)
      expect(max_profit).toBeGreaterThan(0)
    }
    for (const { legs, spread_width, max_profit, entry_premium_est, ...row } of puts.rows) {
      expect(legs.map(({ action, type }) => `${action} ${type}`)).toEqual(['buy put', 'sell put'])
      expect(legs[0]!.strike - legs[1]!.strike).toBe(spread_width)
      expect(max_profit! + entry_premium_est!).toBeCloseTo(spread_width!, 9)
      expect(row.underlying_target_px).toBeLessThan(row.underlying_stop_px)
    }
  })

  it('keeps one position a signal, the newest, and gives the same one again', async () => {
    const body = { dte_target: 0, target_delta: 0.5 }
    const first = await overlay(body)
    const again = await overlay(body)
    const lasting = ({ created_at: _, ...row }: Overlay['rows'][number]) => row
    expect(again.rows.map(lasting)).toEqual(first.rows.map(lasting))
    const listed = await request<ReplyOf<'listOptionSignals'>>(
      host,
      'GET',
      `/option_signals?model_id=${model_id}&date=${date}`,
    )
    expect(listed.body).toMatchObject({ total: first.count, count: first.count, next_offset: first.count })
    expect(listed.body.rows.toReversed()).toEqual(again.rows)
  })

  it('writes a line a signal into the parity file, with the figures of the reply', async () => {
    const { parity_csv, rows } = await overlay({ dte_target: 0, write_parity_csv: true })
    expect(parity_csv).toBe(`reports/options_parity_${date}_${date}.csv`)
    const [header, ...lines] = readFileSync(join(root, parity_csv!), 'utf8').trim().split('\n')
    expect(lines).toHaveLength(rows.length)
    const at = header!.split(',').indexOf('premium_pnl_usd')
    expect(lines.map((line) => Number(line.split(',')[at]))).toEqual(
      rows.map(({ parity }) => parity.premium!.result),
    )
  })

  it('leaves out what was not asked for', async () => {
    const quiet = { include_underlying_parity: false, include_premium_parity: false, limit: 2 }
    const { parity, parity_premium, parity_csv, rows, warnings } = await overlay(quiet)
    expect({ parity, parity_premium, parity_csv }).toEqual({
      parity: null,
      parity_premium: null,
      parity_csv: null,
    })
    expect(rows).toHaveLength(2)
    expect(warnings[0]).toContain('beyond the limit of 2')
  })

  it('says exactly what is missing', async () => {
    expect(await refusal({ date: '2024-06-08' })).toContain('2024-06-08: the exchange is closed')
    expect(await refusal({ date: '2024-06-19' })).toContain('the exchange is closed')
    expect(await refusal({ date: '1999-01-04' })).toContain('2000-01-03')
    expect(await refusal({ date: '2024-05-01' })).toContain('its newest are of 2024-06-28')
    expect(await refusal({ risk_profile: 'aggressive' })).toContain('has signals of profile balanced')
    expect(await refusal({ expiry: '2024-06-09' })).toMatch(
      /expire on 2024-06-09 .* listed were 2024-06-07, /,
    )
    expect(await refusal({ expiry: '2024-06-06' })).toContain('no options that expire on 2024-06-06')
    expect(await refusal({ min_oi: 1_000_000 })).toMatch(
      /no (call|put) passes: \d+ listed, .*low open interest/,
    )
    expect(await refusal({ model_id: 'spx_eq_swing_daily' })).toContain('train it and generate signals first')
  })

  it('refuses a date that does not exist and a model that is not there', async () => {
    expect((await ask({ date: '2024-02-31' })).status).toBe(400)
    expect((await ask({ model_id: 'nope' })).status).toBe(404)
    expect((await ask({ option_mode: 'butterfly' })).status).toBe(400)
  })
})

describe('GET /option_signals', () => {
  it('filters by expiry and symbol', async () => {
    const { rows } = await overlay({ dte_target: 0 })
    const [one] = rows
    const list = (query: string) =>
      request<ReplyOf<'listOptionSignals'>>(host, 'GET', `/option_signals?${query}`)
    const { body } = await list(`occ_symbol=${one!.occ_symbol}&tickers=spy,aapl`)
    expect(body.rows.map(({ id }) => id)).toContain(one!.id)
    expect(new Set(body.rows.map(({ occ_symbol }) => occ_symbol))).toEqual(new Set([one!.occ_symbol]))
    expect((await list('expiry=2030-01-04')).body).toMatchObject({ rows: [], total: 0 })
    expect((await list('occ_symbol=SPY')).status).toBe(400)
  })
})

describe('GET /option_signals/parity', () => {
  const parity = (query: string) =>
    request<ReplyOf<'getOptionParity'>>(host, 'GET', `/option_signals/parity?model_id=${model_id}&${query}`)

  it('says of stored positions what the overlay said of them when it chose them', async () => {
    const day = await overlay({ dte_target: 7, option_mode: 'vertical' })
    const { body } = await parity(`date=${date}`)
    expect(body).toMatchObject({ count: day.count, dates: 1, simulated: true })
    for (const side of ['parity', 'parity_premium'] as const) {
      for (const [name, value] of Object.entries(day[side]!)) {
        const stored = body[side]![name as keyof (typeof body)[typeof side]]
        if (typeof value === 'number') expect(stored, name).toBeCloseTo(value, 9)
        else expect(stored, name).toBe(value)
      }
    }
  })

  it('sums up several days, of one profile', async () => {
    const other = await overlay({ date: '2024-06-10', dte_target: 0 })
    const { count } = await overlay({ dte_target: 0 })
    const { body } = await parity('start=2024-06-07&end=2024-06-10&risk_profile=balanced')
    expect(body).toMatchObject({ count: count + other.count, dates: 2 })
    expect((await parity('risk_profile=aggressive')).body).toMatchObject({ count: 0, parity: null })
  })

  it('has no parity of what was not replayed', async () => {
    await overlay({ include_premium_parity: false })
    expect((await parity(`date=${date}`)).body).toMatchObject({ parity: { ok: true }, parity_premium: null })
  })
})

describe('GET /option_signals/:id/payoff', () => {
  const payoff = (id: number) =>
    request<ReplyOf<'getOptionPayoff'>>(host, 'GET', `/option_signals/${id}/payoff`)

  it.each(['single', 'vertical'])('draws a %s with the figures of its row', async (option_mode) => {
    const { rows } = await overlay({ dte_target: 7, option_mode })
    for (const row of rows) {
      const { row: same, legs, curve, expires_at } = (await payoff(row.id)).body
      expect(same).toEqual(row)
      expect(expires_at).toBe('2024-06-14T20:00:00Z')
      for (const name of ['delta', 'gamma', 'vega', 'theta'] as const) {
        const sum = legs.reduce((total, leg) => total + leg[name], 0)
        expect(sum, name).toBeCloseTo(row.greeks[name], 9)
      }
      const at = (price: number) => curve.price.indexOf(price)
      expect(curve.at_expiry[at(row.break_even)]).toBeCloseTo(0, 9)
      expect(Math.min(...curve.at_expiry)).toBeCloseTo(-row.max_loss, 9)
      // The legs’ volatilities give the mid back, which is half a spread under what was paid.
      expect(curve.at_snapshot[at(row.underlying_px)]).toBeCloseTo(-row.half_spread, 6)
      const below = curve.probability_below[at(row.break_even)]!
      expect(row.type === 'call' ? 1 - below : below).toBeCloseTo(row.profit_probability, 9)
    }
  })

  it('knows no position of another id', async () => {
    const { status, body } = await request<Refusal>(host, 'GET', '/option_signals/99999/payoff')
    expect([status, body.error.message]).toEqual([404, 'no option position has the id 99999'])
  })
})

describe('GET /options/expirations', () => {
  const expirations = (query: string) =>
    request<ReplyOf<'listExpirations'>>(host, 'GET', `/options/expirations?${query}`)

  it('lists dailies, weeklies and monthlies with the contracts of each', async () => {
    const { body } = await expirations('ticker=spy&start=2024-03-01&weeks=4')
    expect(body).toMatchObject({ ticker: 'SPY', start: '2024-03-01', weeks: 4 })
    expect(body.expirations).toHaveLength(20)
    const kinds = Object.fromEntries(body.expirations.map(({ date: each, kind }) => [each, kind]))
    expect(kinds).toMatchObject({ '2024-03-14': 'daily', '2024-03-15': 'monthly', '2024-03-28': 'weekly' })
    for (const { has_chain, count } of body.expirations) expect(has_chain && count > 50).toBe(true)
  })

  it('shows the Fridays that no snapshot lists, past the end of the data', async () => {
    const { body } = await expirations('ticker=SPY&start=2025-01-02&weeks=8')
    const friday = (wanted: string) => body.expirations.find(({ date: each }) => each === wanted)
    expect(friday('2025-01-17')).toMatchObject({ kind: 'monthly', has_chain: true })
    expect(friday('2025-02-14')).toEqual({ date: '2025-02-14', kind: 'weekly', has_chain: false, count: 0 })
  })

  it('says that there is no chain, or where the chains end', async () => {
    const none = await expirations('ticker=AAPL&start=2024-03-01')
    expect(none).toMatchObject({ status: 422, body: { error: { code: 'NO_DATA' } } })
    const past = await request<Refusal>(host, 'GET', '/options/expirations?ticker=SPY&start=1901-01-02')
    expect(past.body.error.message).toContain('they were taken from 2023-07-03 to 2024-12-31')
  })
})
