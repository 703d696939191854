import { afterEach, describe, expect, it } from 'vitest'
import { SigmaError } from '#shared/errors.ts'
import { buildTestServer, emptyLedger, type TestServer, tokens } from '#test/test-server.ts'

let running: TestServer | undefined
afterEach(() => running?.server.close())

/** Counts what is really done; `hold` keeps the first request waiting. */
async function start(hold?: Promise<void>) {
  let made = 0
  const create = async ({ items }: { items: unknown[] }) => {
    made++
    await hold
    if (items.length > 1) throw new SigmaError('NO_DATA', 'too much')
    return { selection_id: String(made) }
  }
  running = await buildTestServer({ selections: { create } })
  const { server } = running
  const item = {
    model_id: 'm',
    config: { kind: 'thr', value: '0.5' },
    lineage: { matrix_sha: 'a', risk_profile: 'balanced', risk_sha: 'b' },
  }
  const ask = async (key: string, items: number, headers: Record<string, string> = {}) =>
    server.inject({
      method: 'POST',
      url: '/selections',
      headers: { 'idempotency-key': key, ...headers },
      payload: { items: new Array(items).fill(item) },
    })
  return { ask, made: () => made }
}

describe('Idempotency-Key', () => {
  it('gives a repeated request the first reply and does not do it twice', async () => {
    const { ask, made } = await start()
    const [first, second] = [await ask('k', 1), await ask('k', 1)]
    expect(second.json()).toEqual(first.json())
    expect(second.statusCode).toBe(200)
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect(first.headers['idempotent-replayed']).toBeUndefined()
    expect(made()).toBe(1)
  })

  it('does each key, and each person’s key, on its own', async () => {
    const { ask, made } = await start()
    await ask('k', 1)
    await ask('l', 1)
    await ask('k', 1, { authorization: `Bearer ${tokens.trader}` })
    expect(made()).toBe(3)
  })

  it('replies IDEMPOTENCY_MISMATCH to another body with the same key', async () => {
    const { ask } = await start()
    await ask('k', 1)
    const reply = await ask('k', 0)
    expect(reply.statusCode).toBe(422)
    expect(reply.json().error.code).toBe('IDEMPOTENCY_MISMATCH')
  })

  it('replies CONFLICT while the first request is still running', async () => {
    let release = () => {}
    const { ask, made } = await start(
      new Promise((resolve) => {
        release = resolve
      }),
    )
    const first = ask('k', 1)
    await expect.poll(made, { timeout: 10_000 }).toBe(1)
    const second = await ask('k', 1)
    expect([second.statusCode, second.json().error.code]).toEqual([409, 'CONFLICT'])
    release()
    expect((await first).statusCode).toBe(200)
    expect((await ask('k', 1)).json()).toEqual((await first).json())
  })

  it('lets a failed request be tried again', async () => {
    const { ask, made } = await start()
    expect((await ask('k', 2)).statusCode).toBe(422)
    expect((await ask('k', 2)).statusCode).toBe(422)
    expect(made()).toBe(2)
  })

  it('is free again when the host died while it was answering', async () => {
    const ledger = emptyLedger()
    ledger.idempotency.begin('local:createSelection', 'k', 'sha')
    const services = { selections: { create: async () => ({ selection_id: '1' }) } }
    running = await buildTestServer(services, { idempotency: ledger.idempotency })
    const headers = { 'idempotency-key': 'k' }
    const reply = await running.server.inject({
      method: 'POST',
      url: '/selections',
      headers,
      payload: { items: [] },
    })
    expect(reply.statusCode).toBe(200)
  })

  it.each(['', 'x'.repeat(201), 'a b'])('refuses the key %j', async (key) => {
    const { ask } = await start()
    const reply = await ask(key, 1)
    expect([reply.statusCode, reply.json().error.code]).toEqual([400, 'INVALID_PARAM'])
  })
})
