import { rm } from 'node:fs/promises'
import { request as rawRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Host } from '#main/host.ts'
import { copySampleWorkspace, request, startSampleHost } from '#test/sample-host.ts'

// What generated requests once broke, each with the answer that it should have had.

type Refusal = { ok: boolean; error: { code: string; message: string } }

let root: string
let host: Host
beforeAll(async () => {
  root = await copySampleWorkspace()
  host = await startSampleHost(root)
}, 120_000)
afterAll(async () => {
  await host.close()
  await rm(root, { recursive: true })
})

const lists = ['/signals', '/option_signals', '/leaderboard', '/sweeps', '/build_runs', '/jobs', '/audit']

describe('requests that once broke the host', () => {
  it.each(lists)('refuses an offset of GET %s beyond every row, by its name', async (path) => {
    const { status, body } = await request<Refusal>(host, 'GET', `${path}?offset=99999999999999999999`)
    expect([status, body.error.code]).toEqual([400, 'INVALID_PARAM'])
    expect(body.error.message).toMatch(/^offset is 1\d+; expected an integer at least 0 at most 1000000000/)
    expect((await request(host, 'GET', `${path}?offset=1000000000`)).status).toBe(200)
  })

  it.each(['2012-03-01', '2026-11-21'])(
    'shows the Fridays of weeks from %s, of which the lake has no chain',
    async (start) => {
      const path = `/options/expirations?ticker=SPY&start=${start}&weeks=4`
      const { status, body } = await request<{ expirations: object[] }>(host, 'GET', path)
      expect(status).toBe(200)
      expect(body.expirations.length).toBeGreaterThanOrEqual(4)
      for (const each of body.expirations) expect(each).toMatchObject({ has_chain: false, count: 0 })
    },
  )

  it('builds a stock matrix by a model that can be built, whatever else was added to the pack', async () => {
    const asked = { ticker: 'AAPL', start: '2024-02-01', end: '2024-03-28' }
    const made = { ticker: 'AAPL', asset_type: 'eq', horizon: 'intraday', cadence: '15m', variant: 'fuzz' }
    // The label of the pack's template looks days ahead, which bars of 15 minutes cannot have.
    const refused = await request<Refusal>(host, 'POST', '/models', { ...made, pack_id: 'swingsigma' })
    expect([refused.status, refused.body.error.code]).toEqual([400, 'INVALID_PARAM'])
    const { body } = await request<object>(host, 'POST', '/build_stock_matrix', asked)
    expect(body, JSON.stringify(body)).toMatchObject({ ok: true, rows: 40 })
  })

  it('says at once that it has nothing before the calendar, which once held the host for ever', async () => {
    const path = '/options/expirations?ticker=SPY&start=0001-01-01&weeks=65'
    const { status, body } = await request<Refusal>(host, 'GET', path)
    expect([status, body.error.code]).toEqual([422, 'NO_DATA'])
    expect(body.error.message).toContain('SPY')
  })

  it('answers a request with an expectation that it does not know as any other, its rules included', async () => {
    const ask = (headers: Record<string, string>) =>
      new Promise<[status: number | undefined, body: string]>((resolve, reject) => {
        const call = rawRequest(
          `${host.url}/health`,
          { headers: { expect: 'nonsense', ...headers } },
          (reply) => {
            let text = ''
            reply.setEncoding('utf8').on('data', (more: string) => {
              text += more
            })
            reply.on('end', () => resolve([reply.statusCode, text]))
          },
        )
        call.on('error', reject)
        call.end()
      })
    expect(await ask({})).toEqual([200, '{"ok":true}'])
    expect((await ask({ host: 'evil.example' }))[0]).toBe(403)
  })

  it('builds the same matrix for many who ask at once', async () => {
    const body = { model_id: 'spx_eq_swing_daily', start: '2012-01-03' }
    const ends = ['2012-06-29', '2012-07-31', '2012-08-31', '2012-09-28', '2012-10-31', '2012-11-30']
    const answers = await Promise.all(
      ends.flatMap((end) => [
        request(host, 'POST', '/build_matrix', { ...body, end }),
        request(host, 'POST', '/preview_matrix', { ...body, end }),
      ]),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  })
})
