import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import type { EventMessage } from '#shared/contract/jobs.ts'
import { buildTestServer, type TestServer } from '#test/test-server.ts'

let running: TestServer | undefined
afterEach(() => running?.server.close())

const eventOf = (id: number): EventMessage => ({ id, type: 'job', at: '2024-01-02T00:00:00Z', data: { id } })

/** A stream that replays up to event 3 and then stays open until its client goes. */
async function start() {
  const seen = { lastEventId: '', ended: false }
  async function* events(lastEventId: string | undefined, signal: AbortSignal) {
    seen.lastEventId = lastEventId ?? 'none'
    try {
      for (let id = Number(lastEventId ?? 0) + 1; id <= 3; id++) yield eventOf(id)
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    } finally {
      seen.ended = true
    }
  }
  running = await buildTestServer({ jobs: { events } }, { timeouts: { heartbeatMs: 50 } })
  const address = await running.server.listen({ host: '127.0.0.1', port: 0 })
  return { seen, address }
}

function listen(address: string, headers: Record<string, string>) {
  const stream = { text: '', status: 0, type: '', stop: () => {} }
  const call = request(
    `${address}/events`,
    { headers: { accept: 'text/event-stream', ...headers } },
    (reply) => {
      stream.status = reply.statusCode ?? 0
      stream.type = String(reply.headers['content-type'])
      reply.setEncoding('utf8').on('data', (text: string) => {
        stream.text += text
      })
      reply.on('error', () => {})
    },
  )
  call.on('error', () => {})
  call.end()
  stream.stop = () => call.destroy()
  return stream
}

describe('GET /events', () => {
  it('sends each event with its id and name, keeps the line alive, and stops when the client goes', async () => {
    const { seen, address } = await start()
    const stream = listen(address, {})
    await expect.poll(() => stream.text).toContain(': heartbeat')
    expect(stream.status).toBe(200)
    expect(stream.type).toContain('text/event-stream')
    expect(stream.text.startsWith(`id: 1\nevent: job\ndata: ${JSON.stringify(eventOf(1))}\n\nid: 2\n`)).toBe(
      true,
    )
    expect(seen).toEqual({ lastEventId: 'none', ended: false })
    stream.stop()
    await expect.poll(() => seen.ended).toBe(true)
  })

  it('goes on after Last-Event-ID', async () => {
    const { seen, address } = await start()
    const stream = listen(address, { 'last-event-id': '2' })
    await expect.poll(() => stream.text).toContain('id: 3')
    expect(stream.text).not.toContain('id: 2')
    expect(seen.lastEventId).toBe('2')
    stream.stop()
  })

  it('opens at once although nothing has happened yet', async () => {
    const { address } = await start()
    const stream = listen(address, { 'last-event-id': '3' })
    await expect.poll(() => stream.status, { timeout: 1000 }).toBe(200)
    stream.stop()
  })

  it('ends with the server', async () => {
    const { seen, address } = await start()
    const stream = listen(address, {})
    await expect.poll(() => stream.text).toContain('id: 3')
    await running?.server.close()
    await expect.poll(() => seen.ended).toBe(true)
  })

  it('tells a client that did not ask for a stream how to ask', async () => {
    const { address } = await start()
    const reply = await fetch(`${address}/events`)
    expect(reply.status).toBe(400)
    expect(await reply.json()).toMatchObject({ ok: false, error: { code: 'INVALID_PARAM' } })
  })
})
