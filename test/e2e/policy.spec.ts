import { rm } from 'node:fs/promises'
import { expect } from '@playwright/test'
import type { ReplyOf } from '#shared/contract/index.ts'
import { copySampleWorkspace } from '#test/sample-host.ts'
import { askHost, test } from '#test/screen-page.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

const model_id = 'spx_eq_swing_daily'

let root: string
let served: ServedChild

test.beforeAll(async () => {
  test.setTimeout(180_000)
  root = await copySampleWorkspace()
  served = await serveChild(root)
  await askHost(served.url, '/build_matrix', { model_id, start: '2009-01-02', end: '2015-12-31' })
  await askHost(served.url, '/backtest', { model_id, splits: 3 })
  await askHost(served.url, '/train', { model_id, override: true })
})

test.afterAll(async () => {
  expect(await closeChild(served)).toBe(0)
  await rm(root, { recursive: true })
})

test('threshold and brackets are calibrated beside the policy, as the API does it, and a wrong wish is told', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${served.url}/#/policy?model_id=${model_id}`)
  const wanted = page.getByLabel('Trades wanted')
  await wanted.fill('2.5')
  await expect(page.getByText('expected a whole number of at least 1')).toBeVisible()
  await expect(page.getByTestId('calibrate-threshold')).toBeDisabled()
  await wanted.fill('100')
  await page.getByTestId('calibrate-threshold').click()
  const threshold = await askHost<ReplyOf<'calibrateThresholds'>>(served.url, '/calibrate_thresholds', {
    model_id,
    top_n: 100,
  })
  await expect(page.getByTestId('calibrated-threshold')).toContainText(
    `gives ${threshold.expected_count} trades`,
    { timeout: 20_000 },
  )
  await expect(page.getByRole('region', { name: 'Rows by threshold' }).locator('tbody tr')).toHaveCount(
    threshold.counts.length,
  )
  await page.getByRole('button', { name: 'Try it' }).click()
  await expect(page.getByTestId('what-if-threshold')).toHaveValue(
    String(Math.round(threshold.recommended_threshold! * 200) / 200),
  )
  await page.getByLabel('Or the best').selectOption('sharpe')
  await page.getByTestId('calibrate-threshold').click()
  await expect(page.getByRole('region', { name: 'Figures by threshold' })).toBeVisible({ timeout: 20_000 })

  await page.getByLabel('Reward to risk wanted').fill('3')
  await page.getByTestId('calibrate-brackets').click()
  const brackets = await askHost<ReplyOf<'calibrateBrackets'>>(served.url, '/calibrate_brackets', {
    model_id,
    desired_rr: 3,
  })
  const { time_stop_minutes } = brackets.recommended
  await expect(page.getByTestId('calibrated-brackets')).toContainText(
    `out after ${time_stop_minutes.toLocaleString('en-US')} minutes`,
    { timeout: 20_000 },
  )
  const pairs = page.getByRole('region', { name: 'Brackets, nearest to the wanted ratio first' })
  await expect(pairs.locator('tbody tr')).toHaveCount(brackets.candidates.length)
})
