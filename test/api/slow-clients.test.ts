import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import type { Upload } from '#main/services/index.ts'
import { SigmaError } from '#shared/errors.ts'
import { buildTestServer, type TestServer } from '#test/test-server.ts'

let running: TestServer | undefined
afterEach(() => running?.server.close())

/** Sends `text` and waits for the server to hang up. */
async function send(text: string): Promise<{ reply: string; ms: number }> {
  running = await buildTestServer({}, { timeouts: { headersMs: 200, requestMs: 400 } })
  await running.server.listen({ host: '127.0.0.1', port: 0 })
  const address = running.server.server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  const began = Date.now()
  return new Promise((resolve, reject) => {
    let reply = ''
    const socket = connect(address.port, '127.0.0.1', () =>
      socket.write(text.replace('PORT', String(address.port))),
    )
    socket.on('data', (chunk) => {
      reply += chunk.toString()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve({ reply, ms: Date.now() - began }))
  })
}

describe('a client that never finishes', () => {
  it.each([
    ['says nothing', ''],
    ['sends half of its headers', 'GET /health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Slow: '],
    [
      'sends half of its body',
      'POST /train HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"model',
    ],
  ])('and %s is hung up on', async (_, text) => {
    const { reply, ms } = await send(text)
    expect(ms).toBeLessThan(3000)
    expect(reply === '' || reply.startsWith('HTTP/1.1 408 ')).toBe(true)
  })
})

it('replies to what is not HTTP in the documented error shape', async () => {
  const { reply } = await send('HELLO\r\n\r\n')
  expect(reply).toMatch(/^HTTP\/1.1 400 /)
  expect(JSON.parse(reply.split('\r\n\r\n')[1] ?? '')).toMatchObject({
    ok: false,
    error: { code: 'INVALID_PARAM' },
  })
})

it('lets a file take longer than other requests, as long as it keeps coming', async () => {
  const received: string[] = []
  const importUpload = async (_: unknown, { stream }: Upload) => {
    for await (const piece of stream) received.push(String(piece))
    throw new SigmaError('INVALID_PARAM', 'read to the end')
  }
  running = await buildTestServer(
    { data: { importUpload } },
    { timeouts: { headersMs: 100, requestMs: 200 } },
  )
  const url = await running.server.listen({ host: '127.0.0.1', port: 0 })
  async function* slowly() {
    for (let piece = 0; piece < 12; piece++) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      yield Buffer.from(`${piece},`)
    }
  }
  const reply = await fetch(`${url}/data/import?ticker=SPY&cadence=5m`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: Readable.toWeb(Readable.from(slowly())) as BodyInit,
    duplex: 'half',
  } as RequestInit)
  expect(await reply.json()).toMatchObject({ error: { message: 'read to the end' } })
  expect(received.join('')).toBe('0,1,2,3,4,5,6,7,8,9,10,11,')
})
