import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
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
