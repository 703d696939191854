import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { contract } from '#shared/contract/index.ts'
import { lightServices } from '#test/light-services.ts'
import { addPeople, buildTestServer, type TestServer, tokens } from '#test/test-server.ts'
import { openTestWorkspace, risingDays, type TestWorkspace } from '#test/test-workspace.ts'

const light =
  'Health,Workspace,Data,Packs,Indicators,Models,Policy,Selections,Runs,Model Cards,Jobs,Admin,Audit'.split(
    ',',
  )
const operations = Object.values<Endpoint>(contract).filter(
  ({ tag, kind, path }) =>
    light.includes(tag) && kind !== 'sse' && !path.includes('matrix') && !path.startsWith('/sweeps'),
)

let workspace: TestWorkspace
let test: TestServer
beforeAll(async () => {
  workspace = await openTestWorkspace()
  await workspace.lake.writeBars('daily', 'SPY', risingDays('2024-01-02', 30), 'simulated:test')
  // Jobs are written down with the person who asks.
  addPeople(workspace.ledger)
  test = await buildTestServer(lightServices(workspace))
})
afterAll(async () => {
  await test.server.close()
  await workspace.close()
})

const pool = ' 0 1 -1 200 201 1e9 NaN true SPY zerosigma aapl_stock_hourly daily 2024-01-02 2024-02-31'.split(
  ' ',
)
const nasty = [
  "' OR 1=1 --",
  'a'.repeat(2000),
  ...'0001-01-01 9999-12-31 ../../x \0 __proto__ constructor 🙂 %'.split(' '),
]
const text = fc.oneof(fc.constantFrom(...pool), fc.constantFrom(...nasty), fc.string({ maxLength: 20 }))
const value: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.constant(null),
  fc.array(text, { maxLength: 3 }),
  fc.dictionary(text, text, { maxKeys: 3 }),
)

/** Fields of a schema, each left out, sensible or not, and now and then one that does not exist. */
function fieldsOf(schema: Endpoint['body'], each: fc.Arbitrary<unknown>) {
  const names = Object.keys((schema as { properties?: object } | undefined)?.properties ?? {})
  const known = fc.record(Object.fromEntries(names.map((name) => [name, each])), { requiredKeys: [] })
  const extra = fc.oneof(
    { weight: 9, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.dictionary(text, each) },
  )
  return fc.tuple(known, extra).map((parts) => Object.assign({}, ...parts) as Record<string, unknown>)
}

const request = fc.constantFrom(...operations).chain(({ method, path, query, body }) =>
  fc.record({
    method: fc.constant(method),
    path: fc
      .tuple(text, text)
      .map(([a]) => path.replace(/:\w+/g, () => encodeURIComponent(a.toWellFormed()))),
    query: fieldsOf(query, text),
    body: method === 'GET' ? fc.constant(undefined) : fieldsOf(body, value),
  }),
)

it('answers whatever it is sent in the documented shape, and never with 500', async () => {
  let successes = 0
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, query, body }) => {
      const search = new URLSearchParams(query as Record<string, string>)
      const reply = await test.server.inject({
        method,
        url: `${path}?${search}`,
        headers: { authorization: `Bearer ${tokens.admin}` },
        ...(body && { payload: body }),
      })
      expect(reply.statusCode, `${reply.body} ${test.log.join('\n')}`).toBeLessThan(500)
      const json = reply.json()
      if (reply.statusCode >= 400)
        expect(json).toMatchObject({
          ok: false,
          error: { code: expect.any(String), message: expect.any(String) },
        })
      else {
        expect(typeof json.ok).toBe('boolean')
        successes++
      }
    }),
    { seed: 20240102, numRuns: 1500 },
  )
  expect(test.log).toEqual([])
  // Enough of the requests must get past the door for the rest to mean something.
  expect(successes).toBeGreaterThan(150)
})
