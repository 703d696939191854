import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
// biome-ignore lint/style/noRestrictedImports: its page is that of the packaged program, not of Playwright's own browser
import { expect, test } from '@playwright/test'
import {
  binary,
  forget,
  type OpenedWindow,
  openProgram,
  startArguments,
  titled,
} from '#test/electron-window.ts'

test.describe(titled('the desktop window'), () => {
  test.skip(binary === null, 'Electron’s binary is not installed here')
  test.describe.configure({ mode: 'serial' })

  let opened: OpenedWindow
  test.beforeAll(async () => {
    test.setTimeout(180_000)
    opened = await openProgram()
  })
  test.afterAll(async () => {
    await opened.close()
    await forget(opened.folder)
  })

  test('shows the page of the host, fenced off from Node', async () => {
    const { page } = opened
    expect(page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/(#|$)/)
    const reach = await page.evaluate(() => [
      typeof Reflect.get(globalThis, 'require'),
      typeof Reflect.get(globalThis, 'process'),
    ])
    expect(reach).toEqual(['undefined', 'undefined'])
    const reply = await page.request.get(page.url())
    expect(reply.headers()['content-security-policy']).toContain("default-src 'none'")
  })

  test('answers the page over the bridge and checks what it is asked', async () => {
    const { page } = opened
    expect(await page.evaluate(() => window.desktop?.describe({}))).toMatchObject({
      ok: true,
      value: { version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
    })
    expect(await page.evaluate(() => window.desktop?.openFolder({ path: '../..' }))).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAM' },
    })
  })

  test('writes an export where its dialog says', async () => {
    const { page, program, folder } = opened
    const target = join(folder, 'models.csv')
    await program.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, target)
    await page.evaluate(() => {
      location.hash = '#/models'
    })
    await page.getByRole('button', { name: 'CSV' }).first().click()
    await expect(page.getByText('Saved models.csv')).toBeVisible()
    expect((await readFile(target, 'utf8')).split('\n').length).toBeGreaterThan(2)
  })

  test('has the commands of the palette in its menu, and they do what the palette does', async () => {
    const { page, program } = opened
    const press = (id: string) =>
      program.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id)
    await press('screen leaderboard')
    await expect(page).toHaveURL(/#\/leaderboard/)
    await press('palette')
    await expect(page.getByPlaceholder('Go to a screen')).toBeVisible()
    await page.keyboard.press('Escape')
    const roles = await program.evaluate(({ Menu }) =>
      (Menu.getApplicationMenu()?.items ?? []).map(({ role }) => String(role).toLowerCase()),
    )
    expect(roles).toContain('editmenu')
  })

  test('stays on the pages of the host and opens no other window for a page', async () => {
    const { page, program } = opened
    const before = page.url()
    await page.evaluate(() => {
      location.href = 'http://example.org/'
    })
    await page.evaluate(() => void window.open('file:///etc/passwd'))
    await page.waitForTimeout(500)
    expect(page.url()).toBe(before)
    expect(await program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    const asked = await page.evaluate(
      async () => (await navigator.permissions.query({ name: 'notifications' })).state,
    )
    expect(asked).not.toBe('granted')
  })

  test('is one: a second start ends and hands its link over', async () => {
    const { page, folder } = opened
    const args = startArguments(folder, ['sigma-lab://leaderboard?model_id=spx_eq_swing_daily'])
    const second = spawn(binary ?? '', args, { stdio: 'ignore' })
    await once(second, 'exit')
    await expect(page).toHaveURL(/#\/leaderboard\?model_id=spx_eq_swing_daily/)
  })

  test('opens where it was, on the port it had, at the link it is started with', async () => {
    const { program, page, folder } = opened
    await program.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 40, width: 1100, height: 750 }),
    )
    await page.waitForTimeout(800)
    const { port } = new URL(page.url())
    await opened.close()
    opened = await openProgram({ folder, args: ['sigma-lab://models'] })
    await expect(opened.page).toHaveURL(new RegExp(`:${port}/#/models`))
    const bounds = await opened.program.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getBounds(),
    )
    expect(bounds).toMatchObject({ width: 1100, height: 750 })
  })
})
