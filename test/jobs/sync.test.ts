import { readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#main/host.ts'
import { sessionDate, sessionOfDate } from '#shared/calendar/sessions.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { program, request, until } from '#test/sample-host.ts'
import { closeOf, listedContracts, optionMinuteBars, unlisted, untraded } from '#test/stand-in-market.ts'
import { type StandInVendor, startStandInVendor } from '#test/stand-in-vendor.ts'

// Six sessions around Thanksgiving 2024; the Friday is a half day.
const start = '2024-11-25'
const end = '2024-12-03'
const first = sessionOfDate(start)
const sessions = Array.from({ length: sessionOfDate(end) - first + 1 }, (_, i) => first + i)
const canary = 'canary-key-1f0c9d42'
const distance = 7
const body = { tickers: ['SPY'], start, end, kinds: ['bars', 'index', 'options'], distance }

let vendor: StandInVendor
let root: string
let host: Host
const log: string[] = []
const replies: string[] = []

beforeAll(async () => {
  vendor = await startStandInVendor({ key: canary, pageSize: 200 })
  process.env['POLYGON_API_KEY'] = canary
  process.env['POLYGON_BASE_URL'] = vendor.url
  process.env['POLYGON_REQUESTS_PER_MINUTE'] = '0'
  root = await mkdtemp(join(tmpdir(), 'sigma-sync-'))
  host = await openHost()
})

afterAll(async () => {
  for (const name of ['API_KEY', 'BASE_URL', 'REQUESTS_PER_MINUTE']) delete process.env[`POLYGON_${name}`]
  await host.close()
  await vendor.close()
  await rm(root, { recursive: true })
})

const openHost = () =>
  startHost({
    workspace: root,
    port: 0,
    auth: 'local',
    sample: false,
    program,
    log: (line) => log.push(line),
  })

async function ask<Body>(method: 'GET' | 'POST', path: string, payload?: unknown) {
  const answer = await request<Body>(host, method, path, payload)
  replies.push(JSON.stringify(answer.body))
  return answer
}

/** Runs a sync to its end. */
async function sync(changes: object = {}): Promise<ReplyOf<'getSync'>> {
  const { status, body: started } = await ask<ReplyOf<'startSync'>>('POST', '/data/sync', {
    ...body,
    ...changes,
  })
  expect(status, JSON.stringify(started)).toBe(202)
  await until<ReplyOf<'getJob'>>(host, `/jobs/${started.job_id}`, ({ job }) =>
    ['completed', 'failed'].includes(job.status),
  )
  return (await ask<ReplyOf<'getSync'>>('GET', '/data/sync')).body
}

const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', timeStyle: 'short' })

/** Hour in New York of a minute, −1 outside 09:30–16:00 (13:00 on the half day), by the system's time zones. */
function hourOf(t: number, date: string): number {
  const [hour = 0, minute = 0] = format.format(t).split(':').map(Number)
  const close = date === '2024-11-29' ? 13 : 16
  return hour * 60 + minute >= 570 && hour < close ? hour : -1
}

/** Contracts and dollars of an option by hour, summed over the minutes as the vendor sent them. */
function sumHours(
  symbol: string,
  date: string,
): Map<number, { sold: number; premium: number; minutes: number }> {
  const hours = new Map<number, { sold: number; premium: number; minutes: number }>()
  for (const { t, v = 0, vw, c } of optionMinuteBars(symbol)) {
    const sums = hours.get(hourOf(t, date)) ?? { sold: 0, premium: 0, minutes: 0 }
    sums.sold += v
    sums.premium += v * (vw ?? c) * 100
    sums.minutes++
    hours.set(hourOf(t, date), sums)
  }
  return hours
}

describe('from the vendor to a matrix', () => {
  it('fetches what is asked for into an empty lake, and counts what it leaves out', async () => {
    const state = await sync()
    expect(state.last).toMatchObject({ status: 'completed', error: null })
    expect(state.last_result!.warnings).toEqual([])
    expect(state.last_result!.requests).toBe(vendor.requests.length)
    const { body: catalog } = await ask<ReplyOf<'getDataCatalog'>>('GET', '/data/catalog')
    const series = catalog.series.filter(({ note }) => note !== 'made of 5-minute bars')
    expect(series.map(({ kind, ticker, cadence, source }) => [kind, ticker, cadence, source])).toEqual([
      ['bars', 'SPY', '5m', 'polygon'],
      ['extended_bars', 'SPY', '5m', 'polygon'],
      ['chain', 'SPY', null, 'polygon'],
      ['option_minutes', 'SPY', null, 'polygon'],
      ['index', 'VIX', 'daily', 'polygon'],
    ])
    expect(series.every(({ simulated }) => !simulated)).toBe(true)
    // The close before the first session is needed too: five sessions of 78 bars beside the half day, and one of 42.
    expect(series[0]).toMatchObject({ first: '2024-11-22', last: end, rows: 6 * 78 + 42 })
    const fetched = state.fetched.find((each) => each.series === 'bars:5m')
    expect(fetched).toMatchObject({ sessions: 7, rows: 6 * 78 + 42, outside_hours: 7 * 10 })
    expect(series.find(({ kind }) => kind === 'extended_bars')).toMatchObject({
      rows: 7 * 10,
      note: 'outside regular hours: no matrix and no backtest sees them; split-adjusted',
    })
    const extended = await ask<ReplyOf<'getBars'>>(
      'GET',
      '/data/bars?ticker=SPY&cadence=5m&hours=extended&max_points=20000',
    )
    expect(extended.body).toMatchObject({ cadence: '5m', bars_total: 7 * 10 })
    for (const ts of extended.body.ts) expect(hourOf(Date.parse(ts), ts.slice(0, 10))).toBe(-1)
    const minutes = state.fetched.find((each) => each.series === `options:${distance}`)
    expect(minutes!.outside_hours).toBe(sessions.length * (2 * (2 * distance) - 1))
  })

  it('builds a matrix whose every flow cell is the sum of the raw minutes', async () => {
    const { status, body: built } = await ask<ReplyOf<'buildMatrix'>>('POST', '/build_matrix', {
      model_id: 'spy_opt_0dte_hourly_xgb_v1',
      start,
      end,
    })
    expect(status, JSON.stringify(built)).toBe(200)
    const [header = [], ...lines] = readFileSync(join(root, built.out_csv), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    const rows = lines.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i]!])))
    expect(rows).toHaveLength(5 * 7 + 4)
    const { body: matrix } = await ask<ReplyOf<'getMatrix'>>('GET', `/matrix/${built.matrix_sha}`)
    expect(matrix.simulated).toBe(false)
    expect(matrix.sources.map(({ id }) => id)).toContain('polygon/bars/daily/SPY/split-adjusted')

    let cells = 0
    let traded = 0
    for (const session of sessions) {
      const date = sessionDate(session)
      const hours = rows.filter((row) => row['date'] === date).map((row) => Number(row['hour_et']))
      expect(hours).toEqual(date === '2024-11-29' ? [9, 10, 11, 12] : [9, 10, 11, 12, 13, 14, 15])
      const centre = Math.round(closeOf('SPY', session - 1))
      const contracts = new Map(
        listedContracts('SPY', session).map(({ strike, isCall, ticker }) => [
          `${strike - centre}${isCall}`,
          sumHours(ticker, date),
        ]),
      )
      for (const row of rows.filter((each) => each['date'] === date)) {
        expect(Number(row['spy_prev_close'])).toBe(closeOf('SPY', session - 1))
        const totals = { calls_sold: 0, puts_sold: 0, calls_premium: 0, puts_premium: 0 }
        for (let k = -distance; k <= distance; k++) {
          for (const side of ['calls', 'puts'] as const) {
            const sums = contracts.get(`${k}${side === 'calls'}`)
            const sold = row[`${side}_sold_d${k}`]
            const premium = row[`${side}_premium_d${k}`]
            cells += 2
            if (sums === undefined) {
              expect(k).toBe(unlisted)
              expect([sold, premium]).toEqual(['', ''])
              continue
            }
            const sum = sums.get(Number(row['hour_et'])) ?? { sold: 0, premium: 0, minutes: 0 }
            expect(Number(sold)).toBe(sum.sold)
            expect(Number(premium)).toBeCloseTo(sum.premium, 6)
            if (k === untraded && side === 'puts') expect([sold, premium]).toEqual(['0.0', '0.0'])
            totals[`${side}_sold`] += sum.sold
            totals[`${side}_premium`] += sum.premium
            traded += sum.minutes
          }
        }
        expect(Number(row['calls_sold_total'])).toBe(totals.calls_sold)
        expect(Number(row['puts_premium_total'])).toBeCloseTo(totals.puts_premium, 5)
      }
    }
    expect(cells).toBe(39 * 4 * 15)
    expect(traded).toBeGreaterThan(5000)
  })

  it('fetches nothing twice, also after a restart', async () => {
    const before = vendor.requests.length
    await sync()
    await host.close()
    host = await openHost()
    const state = await sync()
    expect(state.last).toMatchObject({ status: 'completed' })
    expect(vendor.requests.slice(before)).toEqual([])
    // One session more is one request for bars, and those of its options.
    await sync({ end: '2024-12-04', kinds: ['bars'] })
    expect(vendor.requests.slice(before)).toHaveLength(1)
  })

  it('names a part that the plan does not include, and keeps the others', async () => {
    const refusal = { status: 'NOT_AUTHORIZED', message: `key ${canary} may not. Please upgrade your plan` }
    vendor.fail({ path: /I:VIX/, times: 9, reply: { status: 403, body: refusal } })
    const state = await sync({ end: '2024-12-05', kinds: ['index', 'bars'] })
    expect(state.last).toMatchObject({ status: 'failed', error: { code: 'NO_DATA' } })
    expect(state.last!.error!.message).toMatch(/plan does not include this data \(403\).*other 2 parts/)
    expect(state.fetched.find(({ series }) => series === 'bars:5m')!.last).toBe('2024-12-05')
  })

  it('refuses what it cannot do before it asks the vendor', async () => {
    const before = vendor.requests.length
    const cases: [object, number, string, RegExp][] = [
      [{ start: end, end: start }, 400, 'INVALID_PARAM', /end 2024-11-25 lies before/],
      [{ start: '2024-11-30', end: '2024-12-01' }, 422, 'NO_DATA', /no NYSE session/],
      [{ tickers: ['not a ticker'] }, 400, 'INVALID_PARAM', /tickers/],
      [{ kinds: ['dreams'] }, 400, 'INVALID_PARAM', /dreams/],
    ]
    for (const [changes, status, code, message] of cases) {
      const answer = await ask<{ error: { code: string; message: string } }>('POST', '/data/sync', {
        ...body,
        ...changes,
      })
      expect(answer).toMatchObject({ status, body: { error: { code } } })
      expect(answer.body.error.message).toMatch(message)
    }
    delete process.env['POLYGON_API_KEY']
    const answer = await ask<{ error: { code: string; message: string } }>('POST', '/data/sync', body)
    const state = await ask<ReplyOf<'getSync'>>('GET', '/data/sync')
    process.env['POLYGON_API_KEY'] = canary
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'INVALID_PARAM' } } })
    expect(answer.body.error.message).toMatch(/POLYGON_API_KEY is not set/)
    expect(state.body.has_key).toBe(false)
    expect(vendor.requests.length).toBe(before)
  })

  it('leaves no trace of the key anywhere', async () => {
    const said = `Unknown API Key ${canary}`
    vendor.fail({ path: /aggs/, reply: { status: 401, body: { status: 'ERROR', error: said } } })
    const state = await sync({ end: '2024-12-06', kinds: ['bars'] })
    expect(state.last!.error!.message).toMatch(/was refused \(401\).*Unknown API Key \*\*\*/)
    expect(vendor.keys).toContain(`Bearer ${canary}`)
    for (const path of ['/jobs', '/healthz', '/data/catalog', '/openapi.json']) await ask('GET', path)
    const events = await fetch(`${host.url}/events`, { headers: { 'last-event-id': '0' } })
    const stream = events.body!.getReader()
    replies.push(new TextDecoder().decode((await stream.read()).value))
    await stream.cancel()
    await host.close()
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((name) => join(root, name))
      .filter((path) => statSync(path).isFile())
    expect(files.some((path) => path.endsWith('.db'))).toBe(true)
    expect(files.filter((path) => readFileSync(path).includes(canary))).toEqual([])
    expect(log.join('\n')).not.toContain(canary)
    expect(replies.join('\n')).not.toContain(canary)
    host = await openHost()
  })
})
