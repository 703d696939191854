import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Host, startHost } from '#main/host.ts'
import { sessionOfDate } from '#shared/calendar/sessions.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { csvOf, fiveMinuteBars } from '#test/bar-files.ts'
import { program, request, until } from '#test/sample-host.ts'
import { closeOf, listedContracts, optionMinuteBars } from '#test/stand-in-market.ts'
import { type StandInVendor, startStandInVendor } from '#test/stand-in-vendor.ts'

// Four sessions around Thanksgiving 2024; the Friday is a half day.
const body = { model_id: 'spy_opt_0dte_hourly_xgb_v1', start: '2024-11-26', end: '2024-12-02' }

let vendor: StandInVendor
let root: string
let host: Host

beforeAll(async () => {
  vendor = await startStandInVendor()
  root = await mkdtemp(join(tmpdir(), 'sigma-fetch-'))
  host = await startHost({ workspace: root, port: 0, auth: 'local', sample: false, program, log: () => {} })
})

afterAll(async () => {
  setKey(false)
  await host.close()
  await vendor.close()
  await rm(root, { recursive: true })
})

function setKey(isSet: boolean): void {
  const values = { API_KEY: vendor.key, BASE_URL: vendor.url, REQUESTS_PER_MINUTE: '0' }
  for (const [name, value] of Object.entries(values)) {
    if (isSet) process.env[`POLYGON_${name}`] = value
    else delete process.env[`POLYGON_${name}`]
  }
}

interface Refusal {
  error: { code: string; message: string; details?: { missing: { series: string; sessions: string[] }[] } }
}

const build = (changes: object = {}) =>
  request<ReplyOf<'buildMatrix'>>(host, 'POST', '/build_matrix', { ...body, ...changes })
const refused = async (changes: object = {}) => {
  const { status, body: reply } = await request<Refusal>(host, 'POST', '/build_matrix', {
    ...body,
    ...changes,
  })
  return { status, ...reply.error }
}

it('names the series and sessions that are missing where there is no key', async () => {
  const { status, code, message, details } = await refused()
  expect([status, code]).toEqual([422, 'NO_DATA'])
  expect(message).toBe(
    'the lake lacks 5m bars of SPY for 2024-11-25 to 2024-12-02 (5 sessions); ' +
      'minutes of same-day options of SPY for 2024-11-26 to 2024-12-02 (4 sessions). ' +
      'Set POLYGON_API_KEY and the build fetches them, or import them',
  )
  expect(details!.missing[1]!.sessions).toEqual(['2024-11-26', '2024-11-27', '2024-11-29', '2024-12-02'])
  expect(vendor.requests).toEqual([])
})

it('fetches what an empty workspace lacks and builds a same-day model in one call', async () => {
  setKey(true)
  const { status, body: built } = await build()
  expect(status, JSON.stringify(built)).toBe(200)
  expect(built.warnings.filter((each) => !each.includes('may leak'))).toEqual([])
  const [header = [], ...lines] = readFileSync(join(root, built.out_csv), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  const rows = lines.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i]!])))
  const halfDay = rows.filter((row) => row['date'] === '2024-11-29')
  expect(rows).toHaveLength(3 * 7 + 4)
  expect(halfDay.map((row) => row['hour_et'])).toEqual(['9', '10', '11', '12'])
  const session = sessionOfDate('2024-11-29')
  const centre = Math.round(closeOf('SPY', session - 1))
  const atm = listedContracts('SPY', session).find(({ strike, isCall }) => strike === centre && isCall)!
  // The last minute lies after the close.
  const sold = optionMinuteBars(atm.ticker)
    .slice(0, -1)
    .reduce((sum, { v }) => sum + v!, 0)
  expect(halfDay.reduce((sum, row) => sum + Number(row['calls_sold_d0']), 0)).toBe(sold)
  // History was fetched too: features that look back are there from the first row.
  const { body: matrix } = await request<ReplyOf<'getMatrix'>>(host, 'GET', `/matrix/${built.matrix_sha}`)
  const empty = matrix.training_features.filter((name) => rows.every((row) => row[name] === ''))
  expect(empty.filter((name) => !/_d3$|^contract_/.test(name))).toEqual([])
  expect(new Set(vendor.requests).size).toBe(vendor.requests.length)
})

it('fetches nothing twice, and of a longer window only what is new', async () => {
  const before = vendor.requests.length
  const again = await build()
  expect(again.status).toBe(200)
  expect(vendor.requests.slice(before)).toEqual([])
  const { status } = await build({ end: '2024-12-03' })
  expect(status).toBe(200)
  const fresh = vendor.requests.slice(before)
  // The bars, the list of contracts, and puts and calls of 15 strikes less the unlisted one.
  expect(fresh).toHaveLength(1 + 1 + 2 * 14)
  const others = fresh.filter(
    (each) => !/O:SPY241203|options\/contracts.*2024-12-03|2024-12-03\/2024-12-03/.test(each),
  )
  expect(others).toEqual([])
})

it('keeps the window where the vendor has the sessions but not the history before them', async () => {
  vendor.fail({
    path: /QQQ.*\/2024-0[1-9]-/,
    times: 99,
    reply: { status: 403, body: { status: 'NOT_AUTHORIZED' } },
  })
  // Strikes lie around the close of the session before, which is in September here.
  const early = await refused({ ticker: 'QQQ', start: '2024-10-01', end: '2024-10-02' })
  expect(early.message).toMatch(/lacks 5m bars of QQQ for 2024-09-30 to 2024-10-02/)
  const later = await build({ ticker: 'QQQ', start: '2024-10-03', end: '2024-10-04' })
  expect(later.status, JSON.stringify(later.body)).toBe(200)
  expect(later.body.warnings.join('\n')).toMatch(/features have no 5m bars of QQQ up to 2024-09-30.*403/)
})

it('says why the window could not be fetched', async () => {
  vendor.fail({ path: /IWM/, times: 99, reply: { status: 403, body: { status: 'NOT_AUTHORIZED' } } })
  const { code, message } = await refused({ ticker: 'IWM' })
  expect(code).toBe('NO_DATA')
  expect(message).toMatch(/lacks 5m bars of IWM for 2024-11-25 to 2024-12-02 .*could not be fetched.*403/)
})

it('shows the queue of a small plan in the progress of the build, which can be canceled', async () => {
  process.env['POLYGON_REQUESTS_PER_MINUTE'] = '2'
  const pending = refused({ start: '2024-11-18', end: '2024-11-20' })
  const jobs = await until<ReplyOf<'listJobs'>>(host, '/jobs?status=running', ({ rows }) =>
    /2 of 2 requests this minute, \d+ waiting, next in \d+ s/.test(rows[0]?.progress?.note ?? ''),
  )
  await request(host, 'POST', `/jobs/${jobs.rows[0]!.job_id}/cancel`)
  expect((await pending).code).toBe('CANCELED')
  process.env['POLYGON_REQUESTS_PER_MINUTE'] = '0'
  const { status } = await build({ start: '2024-11-18', end: '2024-11-20' })
  expect(status).toBe(200)
})

it('never puts the vendor beside another source, and says how to replace it', async () => {
  const query = 'ticker=DIA&cadence=5m&mode=commit'
  const uploaded = await fetch(`${host.url}/data/import?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: csvOf(fiveMinuteBars('2024-01-02', 20)),
  })
  expect(uploaded.status, await uploaded.clone().text()).toBe(200)
  const before = vendor.requests.length
  const kept = await refused({ ticker: 'DIA' })
  expect([kept.status, kept.code]).toEqual([409, 'CONFLICT'])
  expect(kept.message).toMatch(
    /5m bars of DIA come from import:file.*never mixed.*POST \/data\/sync with replace/,
  )
  expect(vendor.requests.length).toBe(before)
  setKey(false)
  const { code, message } = await refused({ ticker: 'DIA' })
  expect(code).toBe('NO_DATA')
  expect(message).toMatch(/2024-11-25 to 2024-12-02 \(5 sessions\).*once POLYGON_API_KEY is set/)
})
