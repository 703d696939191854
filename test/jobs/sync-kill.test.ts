import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sessionOfDate } from '#shared/calendar/sessions.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { request, until } from '#test/sample-host.ts'
import { closeChild, serveChild } from '#test/serve-child.ts'
import { closeOf, listedContracts, optionMinuteBars } from '#test/stand-in-market.ts'
import { type StandInVendor, startStandInVendor } from '#test/stand-in-vendor.ts'

const start = '2024-11-25'
const end = '2024-11-29'
const body = { tickers: ['SPY'], start, end, kinds: ['bars', 'index', 'options'], distance: 4 }
const sessions = Array.from({ length: 4 }, (_, i) => sessionOfDate(start) + i)

let vendor: StandInVendor
let root: string

beforeAll(async () => {
  vendor = await startStandInVendor()
  process.env['POLYGON_API_KEY'] = vendor.key
  process.env['POLYGON_BASE_URL'] = vendor.url
  process.env['POLYGON_REQUESTS_PER_MINUTE'] = '0'
  root = await mkdtemp(join(tmpdir(), 'sigma-sync-kill-'))
})

afterAll(async () => {
  for (const name of ['API_KEY', 'BASE_URL', 'REQUESTS_PER_MINUTE']) delete process.env[`POLYGON_${name}`]
  await vendor.close()
  await rm(root, { recursive: true })
})

/** Waits for the vendor's n-th request; on a slow machine too long a wait must end the test, not outlive it. */
async function reach(count: number): Promise<void> {
  const end = Date.now() + 30_000
  while (vendor.requests.length < count) {
    if (Date.now() > end) throw new Error(`the vendor has had ${vendor.requests.length} of ${count} requests`)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

it('a sync whose host is killed twice ends with the lake of one that was not, and asks for nothing twice', async () => {
  const underWay = new Set<string>()
  for (const count of [14, 42]) {
    const host = await serveChild(root, ['--no-sample'])
    // After the first kill the job goes on by itself.
    if (vendor.requests.length === 0) await request(host, 'POST', '/data/sync', body)
    await reach(count)
    host.child.kill('SIGKILL')
    await once(host.child, 'exit')
    for (const each of vendor.requests.slice(-4)) underWay.add(each)
  }
  const host = await serveChild(root, ['--no-sample'])
  const { body: twice } = await request<ReplyOf<'getSync'>>(host, 'GET', '/data/sync')
  expect(twice.last).toMatchObject({
    status: 'failed',
    error: { message: expect.stringContaining('stopped twice') },
  })

  const { body: started } = await request<ReplyOf<'startSync'>>(host, 'POST', '/data/sync', body)
  const { job } = await until<ReplyOf<'getJob'>>(host, `/jobs/${started.job_id}`, (reply) =>
    ['completed', 'failed'].includes(reply.job.status),
  )
  expect(job).toMatchObject({ status: 'completed', error: null })
  const repeated = vendor.requests.filter((each, i) => vendor.requests.indexOf(each) !== i)
  expect(repeated.filter((each) => !underWay.has(each))).toEqual([])

  const { body: catalog } = await request<ReplyOf<'getDataCatalog'>>(host, 'GET', '/data/catalog')
  const rowsOf = (kind: string) => catalog.series.find((each) => each.kind === kind)!.rows
  expect(rowsOf('bars')).toBe(4 * 78 + 42)
  expect(rowsOf('index')).toBe(4)
  const minutes = sessions.flatMap((session) =>
    listedContracts('SPY', session)
      .filter(({ strike }) => Math.abs(strike - Math.round(closeOf('SPY', session - 1))) <= 4)
      // Of each contract that trades, the last minute lies after the close.
      .map(({ ticker }) => Math.max(0, optionMinuteBars(ticker).length - 1)),
  )
  expect(rowsOf('option_minutes')).toBe(minutes.reduce((sum, each) => sum + each, 0))
  expect(await closeChild(host)).toBe(0)
}, 90_000)
