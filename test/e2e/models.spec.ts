import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from '#test/screen-page.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

test.describe.configure({ mode: 'serial' })
test.use({ viewport: { width: 1440, height: 900 } })

const modelId = 'spy_opt_0dte_hourly_xgb_v1'
let root: string
let served: ServedChild
const file = (path: string) => join(root, 'workspace', 'packs', path)

test.beforeAll(async () => {
  test.setTimeout(120_000)
  root = await mkdtemp(join(tmpdir(), 'sigma-models-'))
  served = await serveChild(join(root, 'workspace'))
})

test.afterAll(async () => {
  expect(await closeChild(served)).toBe(0)
  await rm(root, { recursive: true })
})

test('a model is three clicks away, and a mistyped ticker is put right by one', async ({ page }) => {
  await page.goto(`${served.url}/#/models`)
  await page.getByTestId('new-model').click()
  await page.getByTestId('template').filter({ hasText: 'Daily Swing Equity' }).click()
  const make = page.getByTestId('create-model')
  await expect(make).toBeEnabled()
  const id = await page.getByTestId('new-model-id').innerText()

  await page.getByLabel('Ticker').fill('SPYY')
  await page.getByRole('button', { name: 'Use SPY' }).click()
  await expect(page.getByTestId('new-model-id')).toHaveText(id)
  await expect(page.getByText('can be built at once')).toBeVisible()
  await make.click()
  await expect(page).toHaveURL(/tab=config/)
  await expect(page.getByTestId('effective-config')).toContainText('SPY')
  expect(await readFile(file(`swingsigma/model_configs/${id}.yaml`), 'utf8')).toContain(`model_id: ${id}`)
})

test('form and file say the same, mistakes stand at their line, and a diff comes before the file', async ({
  page,
}) => {
  const path = file(`zerosigma/model_configs/${modelId}.yaml`)
  const before = await readFile(path, 'utf8')
  await page.goto(`${served.url}/#/models?tab=config&model_id=${modelId}`)
  const text = page.getByTestId('config-text')
  const depth = page.getByTestId('config-form').getByLabel('Max depth')
  await depth.fill('5')
  await expect(text).toHaveValue(before.replace('max_depth: 3', 'max_depth: 5'))
  await text.press('Control+z')
  await expect(text).toHaveValue(before)
  await expect(depth).toHaveValue('3')

  await text.fill(before.replace('max_depth', 'max_dept'))
  await expect(page.getByTestId('problems')).toContainText('did you mean max_depth?')
  await expect(page.getByTestId('review-config-text')).toBeDisabled()
  await page.getByRole('button', { name: /Go to line/ }).click()
  await expect(text).toBeFocused()
  await text.fill(before.replace('max_depth: 3', 'max_depth: 4'))
  await expect(depth).toHaveValue('4')

  // Somebody else writes another line meanwhile: both edits are kept.
  await writeFile(path, before.replace('reg_lambda: 5', 'reg_lambda: 6'))
  await page.getByTestId('changed-underneath').getByRole('button', { name: 'Take both' }).click()
  await expect(text).toHaveValue(/max_depth: 4[\s\S]*reg_lambda: 6/)
  await expect(page.getByTestId('review-config-text')).toBeEnabled()
  await text.press('Control+s')
  const review = page.getByRole('dialog')
  await expect(review.locator('.added')).toHaveText(/max_depth: 4/)
  await expect(review.locator('.added')).toHaveCount(1)
  await page.keyboard.press('Enter')
  const after = before.replace('max_depth: 3', 'max_depth: 4').replace('reg_lambda: 5', 'reg_lambda: 6')
  await expect.poll(() => readFile(path, 'utf8')).toBe(after)
})

test('an edit outlives a reload until it is written or taken back', async ({ page }) => {
  await page.goto(`${served.url}/#/models?tab=config&model_id=${modelId}`)
  const text = page.getByTestId('config-text')
  const before = await text.inputValue()
  await text.fill(`${before}# a thought\n`)
  await expect(page.getByText('not written')).toBeVisible()
  await page.reload()
  await expect(text).toHaveValue(`${before}# a thought\n`)
  await page.getByRole('button', { name: 'Revert' }).click()
  await expect(text).toHaveValue(before)
})
