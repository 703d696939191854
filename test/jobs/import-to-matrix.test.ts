import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Host, startHost } from '#main/host.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import type { SimulateMarketResult } from '#shared/jobs/simulate-market.ts'
import { putFile } from '#test/bar-files.ts'
import { barsCsv, chainCsv, indexCsv, minutesCsv } from '#test/option-files.ts'
import { program, request } from '#test/sample-host.ts'
import { simulateMarket } from '#workers/jobs/simulate-market.ts'

type Body = InputOf<'importData'>['body']

const model_id = 'spy_opt_0dte_hourly'
const distanceMax = 7

let root: string
let host: Host
let market: SimulateMarketResult
let built: ReplyOf<'buildMatrix'>
const files: Record<string, string> = {}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sigma-imported-'))
  host = await startHost({ workspace: root, port: 0, auth: 'local', sample: false, program, log: () => {} })
  // A month with a half day and a holiday; what becomes of it is known from its files alone.
  const window = { seed: 12, firstDate: '2024-06-10', lastDate: '2024-07-12' }
  market = simulateMarket(window, { report: () => undefined, cancelled: () => false })
  files['bars'] = barsCsv(market.fund)
  files['levels'] = indexCsv(market.index)
  files['minutes'] = minutesCsv('SPY', market.optionMinutes)
  files['chain'] = chainCsv(market.chain, true)
  for (const [name, text] of Object.entries(files)) await putFile(root, `files/${name}.csv`, text)
  const imports: Omit<Body, 'mode'>[] = [
    { path: 'files/bars.csv', ticker: 'SPY', cadence: '5m' },
    { path: 'files/levels.csv', kind: 'index' },
    { path: 'files/minutes.csv', kind: 'option_minutes', ticker: 'SPY' },
    { path: 'files/chain.csv', kind: 'chain', ticker: 'SPY' },
  ]
  for (const body of imports) {
    const reply = await request<ReplyOf<'importData'>>(host, 'POST', '/data/import', {
      ...body,
      mode: 'commit',
    })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    expect(reply.body.report).toMatchObject({ bad: 0, replaced: 0, problems: [] })
    expect(reply.body.report.added).toBe(reply.body.report.good)
  }
  const dates = { start: '2024-06-24', end: '2024-07-12' }
  const reply = await request<typeof built>(host, 'POST', '/build_matrix', {
    ...{ model_id, ...dates },
    raw_out: 'reports/raw_flow.csv',
  })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  built = reply.body
}, 120_000)
afterAll(async () => {
  await host.close()
  await rm(root, { recursive: true })
})

const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
})
/** Lines of a file as cells, without the header. */
const cellsOf = (name: string) =>
  files[name]!.trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))

it('a same-day model builds on imported files alone, each flow cell the sum of the raw minutes of its hour and strike', async () => {
  // The definition, from the text of the files: engine.md 2.
  const closes = new Map<string, number>()
  for (const [time, , , , close] of cellsOf('bars')) closes.set(time!.slice(0, 10), Number(close))
  const days = [...closes.keys()]
  const sums = new Map<string, [contracts: number, premium: number]>()
  for (const [symbol, volume, vwap, start] of cellsOf('minutes')) {
    const [date, clock] = format.format(Number(start!.slice(0, -6))).split(' ') as [string, string]
    const [, right, strike] = /([CP])(\d{8})$/.exec(symbol!)!
    const cell = sums.get(`${date} ${Number(clock.slice(0, 2))} ${Number(strike) / 1000} ${right}`) ?? [0, 0]
    cell[0] += Number(volume)
    cell[1] += Number(volume) * Number(vwap) * 100
    sums.set(`${date} ${Number(clock.slice(0, 2))} ${Number(strike) / 1000} ${right}`, cell)
  }
  const listed = new Set<string>()
  for (const [time, strike, type, expiry] of cellsOf('chain')) {
    if (time!.slice(0, 10) === expiry)
      listed.add(`${expiry} ${Number(strike)} ${type === 'call' ? 'C' : 'P'}`)
  }

  const [header = '', ...lines] = (await readFile(join(root, built.out_csv), 'utf8')).trim().split('\n')
  const names = header.split(',')
  const seen = { traded: 0, resting: 0, unlisted: 0 }
  for (const line of lines) {
    const row = Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell]))
    const date = row['date']!
    const centre = Math.round(closes.get(days[days.indexOf(date) - 1]!)!)
    const totals = { C: [0, 0], P: [0, 0] }
    for (let k = -distanceMax; k <= distanceMax; k++) {
      for (const right of ['C', 'P'] as const) {
        const side = right === 'C' ? 'calls' : 'puts'
        const cell = [row[`${side}_sold_d${k}`]!, row[`${side}_premium_d${k}`]!]
        const sum = sums.get(`${date} ${row['hour_et']} ${centre + k} ${right}`)
        if (sum === undefined) {
          const isListed = listed.has(`${date} ${centre + k} ${right}`)
          expect(cell, `${line} at ${k}`).toEqual(isListed ? ['0.0', '0.0'] : ['', ''])
          seen[isListed ? 'resting' : 'unlisted']++
          continue
        }
        expect(Number(cell[0])).toBe(sum[0])
        expect(Math.abs(Number(cell[1]) / sum[1] - 1)).toBeLessThan(1e-12)
        totals[right][0]! += sum[0]
        totals[right][1]! += sum[1]
        seen.traded++
      }
    }
    expect(Number(row['calls_sold_total'])).toBe(totals.C[0])
    expect(Number(row['puts_sold_total'])).toBe(totals.P[0])
    expect(Number(row['puts_premium_total']) / totals.P[1]!).toBeCloseTo(1, 12)
    expect(Number(row['spy_prev_close'])).toBe(closes.get(days[days.indexOf(date) - 1]!))
  }
  // 13 sessions of seven hours and the half day before the Fourth of July.
  expect(lines).toHaveLength(13 * 7 + 4)
  expect(seen.traded).toBeGreaterThan(1000)
  expect(seen.resting).toBeGreaterThan(10)
})

it('writes a row an hour and listed strike where raw rows are asked for, which add up to the flow of the matrix', async () => {
  const read = async (path: string) => {
    const [header = '', ...lines] = (await readFile(join(root, path), 'utf8')).trim().split('\n')
    const names = header.split(',')
    return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])))
  }
  const raw = await read('reports/raw_flow.csv')
  const sums = new Map<string, number>()
  for (const { date, hour_et, k, strike, calls_sold } of raw) {
    expect(Number.isInteger(Number(strike)) && Math.abs(Number(k)) <= distanceMax).toBe(true)
    const hour = `${date} ${Number(hour_et)}`
    sums.set(hour, (sums.get(hour) ?? 0) + Number(calls_sold))
  }
  const matrix = await read(built.out_csv)
  expect(raw.length).toBeGreaterThan(matrix.length * distanceMax)
  for (const row of matrix) {
    expect(sums.get(`${row['date']} ${Number(row['hour_et'])}`)).toBe(Number(row['calls_sold_total']))
  }
})

it('its levels and volatilities come from the imported files, and nothing of it is simulated', async () => {
  const [header = '', ...lines] = (await readFile(join(root, built.out_csv), 'utf8')).trim().split('\n')
  const names = header.split(',')
  const column = (name: string) => lines.map((line) => line.split(',')[names.indexOf(name)]!)
  const levels = new Map(cellsOf('levels').map(([date, vix]) => [date, Number(vix)]))
  const days = [...levels.keys()]
  column('date').forEach((date, i) => {
    expect(Number(column('vix_level')[i])).toBe(levels.get(days[days.indexOf(date) - 1]!))
  })
  const filled = column('iv_realized_spread_20').filter((cell) => cell !== '')
  expect(filled.length).toBeGreaterThan(0)
  expect(built.warnings.filter((each) => !/leak|lacks|missing/.test(each))).toEqual([])
  const catalog = (await request<ReplyOf<'getDataCatalog'>>(host, 'GET', '/data/catalog')).body.series
  expect(new Set(catalog.map(({ source, simulated }) => `${source} ${simulated}`))).toEqual(
    new Set(['import:file false']),
  )
})
