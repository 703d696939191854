import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { test } from '#test/screen-page.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'
import { standInDesktop } from '#test/stand-in-desktop.ts'

let root: string
let served: ServedChild
test.beforeAll(async () => {
  test.setTimeout(120_000)
  root = await mkdtemp(join(tmpdir(), 'sigma-desktop-bridge-'))
  served = await serveChild(join(root, 'workspace'), ['--no-sample'])
})
test.afterAll(async () => {
  expect(await closeChild(served)).toBe(0)
  await rm(root, { recursive: true })
})

/** Faults of accessibility in what Settings says of this machine. */
async function findFaults(page: Page): Promise<string[]> {
  const panel = new AxeBuilder({ page })
    .setLegacyMode(true)
    .include('section:has([data-testid=workspace-folder])')
  const { violations } = await panel.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

const noKey = { source: 'none', obstacle: null }
const withKey = { source: 'keychain', obstacle: null }

test('in the window the menu gets the commands of the palette, and menu and links move the page', async ({
  page,
}) => {
  const { asked, command, link } = await standInDesktop(page, {})
  // As the window starts at a link: it is kept on the way from the one-time link to the page.
  await page.goto(`${served.openUrl}#/data`)
  await expect(page).toHaveURL(`${served.url}/#/data`)
  await expect.poll(() => asked.filter(([method]) => method === 'showCommands').length).toBeGreaterThan(0)
  const [, request] = asked.find(([method]) => method === 'showCommands') ?? []
  const { commands } = request as { commands: { id: string; group: string }[] }
  expect(commands.filter(({ group }) => group === 'go')).toHaveLength(
    await page.locator('.rail-link').count(),
  )
  expect(commands.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['screen settings', 'palette', 'theme', 'cart', 'help']),
  )

  await command('screen compare')
  await expect(page).toHaveURL(/#\/compare/)
  await command('palette')
  await expect(page.getByPlaceholder('Go to a screen')).toBeVisible()
  await page.keyboard.press('Escape')
  await link('#/models?tab=sets')
  await expect(page).toHaveURL(/#\/models\?tab=sets/)
})

test('in the window the keychain keeps the key, which the page forgets once it is given', async ({
  page,
}) => {
  const { asked } = await standInDesktop(page, {
    describe: { ok: true, value: { version: '0.0.0', vendor_key: noKey } },
    keepVendorKey: { ok: true, value: withKey },
    forgetVendorKey: { ok: false, error: { code: 'CONFLICT', message: 'the keychain is locked' } },
    openFolder: { ok: true, value: null },
  })
  await page.goto(`${served.url}/#/settings`)
  await page.getByLabel('Key of Polygon.io').fill('canary-key-0123456789')
  await page.getByRole('button', { name: 'Keep it' }).click()
  await expect(page.getByRole('button', { name: 'Forget it' })).toBeVisible()
  await expect(page.getByLabel('Key of Polygon.io')).toHaveValue('')
  expect(asked).toContainEqual(['keepVendorKey', { key: 'canary-key-0123456789' }])
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('canary')

  await page.getByRole('button', { name: 'Forget it' }).click()
  await expect(page.getByText('The keychain is locked')).toBeVisible()
  expect(await findFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Open folder' }).click()
  await expect.poll(() => asked).toContainEqual(['openFolder', { path: '' }])
})

test('in the window files are chosen and saved by the system’s dialogs', async ({ page }) => {
  const lines = [
    'date,open,high,low,close,volume',
    '2024-01-02,1,2,0.5,1.5,100',
    '2024-01-03,1.5,2,1,1.8,100',
  ]
  await mkdir(join(root, 'workspace/imports'), { recursive: true })
  await writeFile(join(root, 'workspace/imports/abc.csv'), `${lines.join('\n')}\n`)
  const { asked } = await standInDesktop(page, {
    chooseFile: { ok: true, value: { path: 'imports/abc.csv', name: 'QQQ_daily.csv', bytes: 90 } },
    chooseText: { ok: true, value: { name: 'fills.csv', bytes: 19, text: 'ts,model_id,ticker\n' } },
    saveFile: { ok: true, value: { name: 'mine.csv' } },
  })
  await page.goto(`${served.url}/#/data`)
  await page.getByText('Drop a file here, or click to choose').click()
  await expect(page.getByText('QQQ_daily.csv, 90 B')).toBeVisible()
  await expect(page.getByLabel('Or a file of the workspace')).toHaveValue('imports/abc.csv')
  await page.getByTestId('check-import').click()
  await expect(page.getByTestId('commit-import')).toContainText('Add 2')

  await page.goto(`${served.url}/#/signals?tab=live`)
  await page.getByText('Drop a file here, or click to choose').click()
  await expect(page.getByText('fills.csv, 19 B')).toBeVisible()
  await expect(page.getByTestId('fills-text')).toHaveValue('ts,model_id,ticker\n')

  await page.goto(`${served.url}/#/models`)
  await page.getByRole('button', { name: 'CSV' }).first().click()
  await expect(page.getByText('Saved mine.csv')).toBeVisible()
  const [, saved] = asked.find(([method]) => method === 'saveFile') ?? []
  expect(saved).toMatchObject({
    name: 'models.csv',
    text: expect.stringContaining('spy_opt_0dte_hourly_xgb_v1'),
  })
})

test('in a browser files are downloaded, the folder’s path is copied, and the key belongs into the environment', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${served.url}/#/settings`)
  await expect(page.getByText('A browser has no safe place for a key')).toBeVisible()
  expect(await findFaults(page)).toEqual([])
  await expect(page.getByTestId('workspace-folder')).toHaveText(join(root, 'workspace'))
  await page.getByRole('button', { name: 'Copy path' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(join(root, 'workspace'))

  const messages = page.getByRole('switch', { name: 'Say when a long job has ended' })
  await expect(messages).not.toBeChecked()
  await page.evaluate(() => {
    Notification.requestPermission = async () => 'denied'
  })
  await messages.click()
  await expect(page.getByText('This browser does not allow messages')).toBeVisible()
  await expect(messages).not.toBeChecked()

  await page.goto(`${served.url}/#/models`)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV' }).first().click()
  expect((await download).suggestedFilename()).toBe('models.csv')
})

test('the guide is a page to read', async ({ page }) => {
  await page.goto(served.url)
  await page.goto(`${served.url}/guide/methods`)
  await expect(page.getByRole('heading', { name: 'Gate rules' })).toBeVisible()
})

test('the end of a long job is told once, to who asked for it and looks elsewhere', async ({ page }) => {
  const { asked } = await standInDesktop(page, {
    describe: { ok: true, value: { version: '0.0.0', vendor_key: noKey } },
  })
  const job = (id: string, seconds: number, status: 'running' | 'completed') => ({
    job_id: id,
    kind: 'sweep',
    title: `Sweep ${id}`,
    status,
    progress: { done: 1, total: 2, note: null, eta_seconds: null },
    subject: {},
    error: null,
    recovered: false,
    attempts: 1,
    created_at: '2024-07-01T12:00:00Z',
    started_at: '2024-07-01T12:00:00Z',
    finished_at: status === 'running' ? null : new Date(Date.UTC(2024, 6, 1, 12, 0, seconds)).toISOString(),
  })
  let status: 'running' | 'completed' = 'running'
  // Without events the page asks for the jobs by itself.
  await page.route('**/events', (route) => route.abort())
  await page.route('**/jobs?*', (route) =>
    route.fulfill({ json: { ok: true, total: 2, rows: [job('1', 90, status), job('2', 5, status)] } }),
  )
  await page.addInitScript(() => {
    document.hasFocus = () => false
  })
  const told = () => asked.filter(([method]) => method === 'notify')

  await page.goto(`${served.url}/#/settings`)
  await expect(page.getByTestId('job-strip')).toContainText('Sweep 1')
  await page.getByRole('switch', { name: 'Say when a long job has ended' }).click()
  status = 'completed'
  await expect(page.getByText('Sweep 1: done')).toBeVisible({ timeout: 15_000 })
  await expect(page.getByText('Sweep 2: done')).toBeVisible()
  expect(told()).toEqual([['notify', { title: 'Sigma Lab', body: 'Sweep 1: done', hash: '#/home' }]])

  await page.getByRole('switch', { name: 'Say when a long job has ended' }).click()
  status = 'running'
  await expect(page.getByTestId('job-strip')).toContainText('Cancel', { timeout: 15_000 })
  status = 'completed'
  await expect(page.getByTestId('job-strip')).toContainText('No jobs running', { timeout: 15_000 })
  expect(told()).toHaveLength(1)
})
