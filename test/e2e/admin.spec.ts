import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { test, watchContext } from '#test/screen-page.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

test.describe.configure({ mode: 'serial' })
test.use({ viewport: { width: 1440, height: 900 } })

let root: string
let served: ServedChild

test.beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sigma-admin-'))
  served = await serveChild(join(root, 'workspace'), ['--no-sample'])
})

test.afterAll(async () => {
  expect(await closeChild(served)).toBe(0)
  await rm(root, { recursive: true })
})

/** As somebody who has closed the link that was printed: by the token of the workspace. */
async function signIn(page: Page, route: string): Promise<void> {
  const token = await readFile(join(root, 'workspace', '.token'), 'utf8')
  await page.goto(`${served.url}/#/${route}`)
  await expect(page.getByTestId('admin-closed')).toContainText('whoever sits at this machine')
  await page.getByLabel('Token').fill(token.trim())
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation', { name: 'Parts of Admin' })).toBeVisible()
}

test('the owner steps through every part by keyboard, changes a limit, a budget and a flag, and undoes it', async ({
  page,
}) => {
  await page.goto(served.openUrl)
  await page.goto(`${served.url}/#/admin`)
  const parts = page.getByRole('navigation', { name: 'Parts of Admin' })
  await expect(parts.locator('[aria-current]')).toHaveText('Jobs')
  await expect(page.getByText('No jobs yet')).toBeVisible()
  await page.keyboard.press(']')
  await expect(parts.locator('[aria-current]')).toHaveText('Quotas')

  const queue = page.getByLabel('Jobs waiting, limit')
  await queue.fill('0')
  await expect(page.getByText('a whole number from 1 to 10,000')).toBeVisible()
  await queue.fill('50')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(queue).toHaveValue('100')

  await page.goto(`${served.url}/#/admin?tab=risk&pack=zerosigma&profile=balanced`)
  const drawdown = page.getByLabel('Maximum drawdown, to be')
  const write = page.getByTestId('write-budget')
  await drawdown.fill('7')
  await expect(page.getByText('max_dd 7 must be <= 1')).toBeVisible()
  await expect(write).toBeDisabled()
  await drawdown.fill('0.15')
  await expect(page.getByTestId('risk-effect')).toContainText('→')
  await write.click()
  await expect(page.getByText('1 rule differs')).toBeVisible()
  await expect(page.getByLabel('Versions', { exact: true }).locator('tbody tr')).toHaveCount(2)
  await page.getByRole('button', { name: 'Take these limits' }).click()
  await expect(drawdown).toHaveValue('0.2')

  await page.goto(`${served.url}/#/admin?tab=flags`)
  await page.getByRole('switch', { name: 'Require token' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Turn on' }).click()
  await expect(page.getByRole('switch', { name: 'Require token' })).toBeChecked()
  expect((await fetch(`${served.url}/packs`)).status).toBe(401)
  await page.getByRole('switch', { name: 'Require token' }).click()
  await expect.poll(async () => (await fetch(`${served.url}/packs`)).status).toBe(200)
})

for (const { tab, path, label, typed, kept, save } of [
  {
    tab: 'quotas',
    path: '/admin/quotas',
    label: 'Jobs waiting, limit',
    typed: '50',
    kept: '100',
    save: 'Save limits',
  },
  {
    tab: 'risk&pack=swingsigma&profile=balanced',
    path: '/admin/risk-profiles',
    label: 'Maximum drawdown, to be',
    typed: '0.11',
    kept: '0.25',
    save: 'Write version',
  },
]) {
  test(`a change of ${path} that is undone before the page reads it again leaves nothing typed behind`, async ({
    page,
  }) => {
    await signIn(page, `admin?tab=${tab}`)
    const field = page.getByLabel(label)
    await expect(field).toHaveValue(kept)
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(`**${path}*`, async (route) => {
      if (route.request().method() === 'GET') await released
      await route.continue()
    })
    await field.fill(typed)
    await page.getByRole('button', { name: save }).click()
    const undo = page.getByRole('status').getByRole('button', { name: 'Undo' })
    await undo.waitFor()
    const undone = page.waitForResponse(
      (response) => response.url().includes(path) && response.request().method() === 'PATCH',
    )
    await undo.click()
    await undone
    const read = page.waitForResponse(
      (response) => response.url().includes(path) && response.request().method() === 'GET',
    )
    release()
    await read
    await expect(field).toHaveValue(kept)
  })
}

test('a template is drafted, thrown away, brought back and published', async ({ page }) => {
  await signIn(page, 'admin?tab=templates&pack=swingsigma')
  await page.getByLabel('Id', { exact: true }).fill('my_daily')
  await page.getByRole('button', { name: 'Draft it' }).click()
  const draft = page.getByRole('row').filter({ hasText: 'my_daily' })
  await expect(draft).toContainText('draft')
  await page.getByTestId('config-form').getByLabel('Max depth').fill('4')
  await expect(page.getByTestId('template-text')).toHaveValue(/max_depth: 4/)
  await page.getByTestId('review-template-text').click()
  await page.getByTestId('write-file').click()
  await expect(page.getByText('Draft of my_daily written')).toBeVisible()

  await draft.getByRole('button', { name: 'Discard' }).click()
  await expect(draft).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(draft).toHaveCount(1)
  await draft.getByRole('button', { name: 'Publish version 1' }).click()
  await expect(draft).toContainText('published')
  const file = join(root, 'workspace/packs/swingsigma/model_templates/my_daily.yaml')
  expect(await readFile(file, 'utf8')).toContain('max_depth: 4')
})

test('a token is shown once, lets a trader in, who reads why these pages are closed, and dies with the next', {
  tag: '@refused',
}, async ({ page, browser }) => {
  await signIn(page, 'admin?tab=users')
  await expect(page.getByText('last admin, stays one')).toBeVisible()
  await expect(page.getByLabel('Role of owner@localhost')).toBeDisabled()

  await page.getByLabel('Email').fill('trader@example.org')
  await page.getByRole('button', { name: 'Create and show the token' }).click()
  const token = await page.getByTestId('token-once').inputValue()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('token-once')).toBeVisible()
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await expect(page.getByText(token)).toHaveCount(0)

  const traders = await browser.newContext()
  const complaints = watchContext(traders)
  const other = await traders.newPage()
  await other.goto(`${served.url}/#/admin`)
  await other.getByLabel('Token').fill(token)
  await other.getByRole('button', { name: 'Sign in' }).click()
  await expect(other.getByTestId('admin-closed')).toContainText('trader@example.org')

  await page.getByRole('button', { name: 'New token for trader@example.org' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make a new token' }).click()
  await expect(page.getByTestId('token-once')).not.toHaveValue(token)
  const asOld = await fetch(`${served.url}/session`, { headers: { authorization: `Bearer ${token}` } })
  expect(asOld.status).toBe(401)
  await page.getByRole('button', { name: 'I have stored it' }).click()

  await page.goto(`${served.url}/#/admin?tab=audit&method=POST&path=/admin/users/*`)
  const paths = page.getByTestId('audit-grid').locator('.ag-cell[col-id="Path"]')
  await expect(paths).toHaveText([/^\/admin\/users\/\d+\/rotate_token$/])
  expect(complaints).toEqual([])
  await traders.close()
})
