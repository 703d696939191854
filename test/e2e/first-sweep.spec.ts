import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { ReplyOf } from '#shared/contract/index.ts'
import { test } from '#test/screen-page.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

const screens = ['home', 'models', 'matrix', 'sweeps', 'leaderboard', 'run', 'train', 'signals', 'options']
let root: string
let served: ServedChild

test.beforeAll(async () => {
  test.setTimeout(180_000)
  root = await mkdtemp(join(tmpdir(), 'sigma-first-sweep-'))
  served = await serveChild(join(root, 'workspace'), [], { isBuilt: true })
})

test.afterAll(async () => {
  expect(await closeChild(served)).toBe(0)
  await rm(root, { recursive: true })
})

test('a fresh workspace comes to a leaderboard with passing and failing rows in at most 5 clicks', async ({
  page,
}) => {
  test.setTimeout(180_000)
  let clicks = 0
  const click = async (testId: string) => {
    await page.getByTestId(testId).first().click()
    clicks++
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(served.openUrl)
  await click('suggested-step-1')
  await expect(page.getByTestId('sweep-status')).toHaveAttribute('data-status', 'completed', {
    timeout: 150_000,
  })
  await click('open-leaderboard')
  await expect(page.locator('[data-testid="gate-chip"][data-pass="true"]').first()).toBeVisible()
  const failing = page.locator('[data-testid="gate-chip"][data-pass="false"]').first()
  await expect(failing).toBeVisible()
  expect(clicks).toBeLessThanOrEqual(5)

  await failing.click()
  const drawer = page.getByTestId('gate-drawer')
  await expect(drawer).toBeVisible()
  const id = /gate=(\d+)/.exec(page.url())?.[1]
  const { run } = (await (
    await fetch(`${served.url}/backtest_runs/${id}`)
  ).json()) as ReplyOf<'getBacktestRun'>
  expect(run.gate.pass).toBe(false)
  expect(run.checks.length).toBeGreaterThan(5)
  for (const check of run.checks) {
    const row = drawer.getByTestId(`gate-check-${check.rule}`)
    await expect(row).toHaveAttribute('data-status', check.status)
    await expect(row).toHaveAttribute('data-limit', JSON.stringify(check.limit))
    await expect(row).toHaveAttribute(
      'data-observed',
      check.observed === null ? '' : JSON.stringify(check.observed),
    )
  }
  for (const sha of [run.lineage.matrix_sha, run.lineage.risk_sha]) {
    await expect(drawer).toContainText(sha.slice(0, 10))
  }
})

test('every screen opens without a complaint, dark and light', async ({ page }) => {
  await page.goto(served.url)
  for (const theme of ['first', 'other']) {
    for (const screen of screens) {
      await page.getByTestId(`nav-${screen}`).click()
      await expect(page.locator('main h1, main h2').first(), `${screen}, ${theme} theme`).toBeVisible()
    }
    await page.getByTestId('theme-toggle').click()
  }
})
