import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildTestServer, type TestServer } from '#test/test-server.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-page-'))
  await mkdir(join(folder, 'renderer', 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(folder, 'renderer', 'index.html'), '<!doctype html><title>page</title>')
  await writeFile(join(folder, 'renderer', 'assets', 'index-Abc12345.js'), 'export {}')
})
afterAll(() => rm(folder, { recursive: true }))

let running: TestServer | undefined
afterEach(() => running?.server.close())

async function start(auth: 'local' | 'always' = 'local') {
  running = await buildTestServer({}, { rendererDir: join(folder, 'renderer'), auth })
  return running.server
}

describe('the page', () => {
  it.each(['local', 'always'] as const)(
    'and its files are served to any browser in mode %s',
    async (auth) => {
      const server = await start(auth)
      const page = await server.inject({ url: '/', headers: { 'sec-fetch-site': 'none' } })
      expect([page.statusCode, page.body]).toEqual([200, '<!doctype html><title>page</title>'])
      expect(page.headers['cache-control']).toBe('no-cache')
      const file = await server.inject({
        url: '/assets/index-Abc12345.js',
        headers: { 'sec-fetch-site': 'same-origin' },
      })
      expect(file.statusCode).toBe(200)
      expect(file.headers['content-type']).toContain('javascript')
      expect(file.headers['cache-control']).toContain('immutable')
    },
  )

  it.each([
    '/secret.txt',
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/',
    '/assets',
  ])('does not give out %s', async (url) => {
    const reply = await (await start()).inject({ url })
    expect(reply.statusCode).toBe(404)
    expect(reply.body).not.toContain('secret"')
  })

  it('says how to build it where it is missing', async () => {
    running = await buildTestServer()
    const reply = await running.server.inject('/')
    expect(reply.statusCode).toBe(200)
    expect(reply.body).toContain('npm run build')
  })

  it('has the methods guide to read, to whoever is on this machine', async () => {
    const reply = await (await start()).inject({ url: '/guide/methods' })
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(reply.body).toContain('<h2 id="gate-rules">Gate rules</h2>')
    expect(reply.body).toContain('<td><code>sharpe</code></td>')
    // Everything that a table or a list of the guide is made of was understood.
    const text = reply.body.replace(/<code>.*?<\/code>/g, '')
    expect(text.match(/<p>(\||#|- |\d\. ).{0,60}|\*\*|\|---/)).toBeNull()
  })
})
