import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
// biome-ignore lint/style/noRestrictedImports: it asks of other origins on purpose, and browsers log what they refuse
import { expect, type Page, test } from '@playwright/test'
import { buildTestServer, type TestServer } from '#test/test-server.ts'

let running: TestServer
let base: string

test.beforeEach(async () => {
  running = await buildTestServer({
    packs: { list: async () => ({ packs: [] }) },
    selections: { create: async () => ({ selection_id: '1' }) },
    admin: { users: { list: async () => ({ users: [] }) } as never },
  })
  base = await running.server.listen({ host: '127.0.0.1', port: 0 })
})
test.afterEach(() => running.server.close())

/** Statuses of a read, a write and an admin request made by the page; 0 where the browser hides the reply. */
function askFromPage(page: Page, target = ''): Promise<number[]> {
  return page.evaluate(async (origin) => {
    const status = (path: string, init?: RequestInit) =>
      fetch(origin + path, { credentials: 'include', ...init }).then(
        (reply) => reply.status,
        () => 0,
      )
    const body = { method: 'POST', body: '{"items":[]}', headers: { 'content-type': 'application/json' } }
    return [await status('/packs'), await status('/selections', body), await status('/admin/users')]
  }, target)
}

test('typing the address signs the browser in with the powers of a local script', async ({
  page,
  context,
}) => {
  await page.goto(base)
  const [cookie] = await context.cookies()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' })
  expect(await askFromPage(page)).toEqual([200, 200, 401])
  await page.reload()
  expect(await askFromPage(page)).toEqual([200, 200, 401])
})

test('a page that lost its cookie gets it back by loading itself again', async ({ page, context }) => {
  await page.goto(base)
  await context.clearCookies()
  expect(await askFromPage(page)).toEqual([401, 401, 401])
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => location.reload())])
  expect(await askFromPage(page)).toEqual([200, 200, 401])
})

test('the printed link signs the browser in as its owner, from another site too', async ({ page }) => {
  await page.goto(`data:text/html,<a href="${base}${running.security.sessions.openPath(1)}">open</a>`)
  await page.getByText('open').click()
  await page.waitForURL(`${base}/`)
  expect(await askFromPage(page)).toEqual([200, 200, 200])
})

test('pages of other origins get nothing, signed in or not', async ({ page }) => {
  const other = createServer((_, reply) => reply.setHeader('content-type', 'text/html').end('<h1>other</h1>'))
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  await page.goto(base)
  for (const origin of [`http://127.0.0.1:${port}`, `http://localhost:${port}`]) {
    await page.goto(origin)
    expect(await askFromPage(page, base)).toEqual([0, 0, 0])
  }
  expect(running.audit.every(({ status }) => status === 403 || status === 404)).toBe(true)
  other.close()
})
