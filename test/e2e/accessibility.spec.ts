import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import type { ReplyOf } from '#shared/contract/index.ts'
import { askHost, test } from '#test/screen-page.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

const modelId = 'spy_opt_0dte_hourly_xgb_v1'
let root: string
let served: ServedChild

test.use({ viewport: { width: 1440, height: 900 }, contextOptions: { reducedMotion: 'reduce' } })

test.beforeEach(async () => {
  test.setTimeout(300_000)
  root = await mkdtemp(join(tmpdir(), 'sigma-accessibility-'))
})

test.afterEach(async () => {
  expect(await closeChild(served)).toBe(0)
  await rm(root, { recursive: true })
})

const ask = <T>(path: string, body?: unknown) => askHost<T>(served.url, path, body)

/** The screens of the rail, by their links' names. */
async function listScreens(page: Page): Promise<string[]> {
  const ids = await page
    .locator('.rail-link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('data-testid') ?? ''))
  return ids.map((id) => id.replace('nav-', ''))
}

/** Serious and critical faults of what is on screen; a fault of colour alone is what the other theme can add. */
async function findFaults(page: Page, name: string, isColorOnly = false): Promise<string[]> {
  // Without its second page, which serves frames of other origins; here are none.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const { violations } = await (isColorOnly ? axe.withRules(['color-contrast']) : axe).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${name}: ${id}: ${html.slice(0, 160)}`))
}

async function findFaultsOfScreens(page: Page, links: Readonly<Record<string, string>>): Promise<string[]> {
  const faults: string[] = []
  const screens = await listScreens(page)
  expect(screens.length).toBeGreaterThan(10)
  for (const screen of screens) {
    await page.goto(`${served.url}/#/${links[screen] ?? screen}`)
    await expect(page.getByTestId(`nav-${screen}`)).toHaveAttribute('aria-current', 'page')
    await expect(page.locator('main h1, main h2').first(), screen).toBeVisible({ timeout: 15_000 })
    await expect(page.locator('main .skeleton'), screen).toHaveCount(0, { timeout: 15_000 })
    for (const isSecond of [false, true]) {
      const theme = await page.locator('html').getAttribute('data-theme')
      faults.push(...(await findFaults(page, `${screen}, ${theme}`, isSecond)))
      await page.getByTestId('theme-toggle').click()
    }
  }
  return faults
}

/** Parts of screens that have links of their own. */
async function findFaultsOfParts(page: Page, routes: readonly string[]): Promise<string[]> {
  const faults: string[] = []
  for (const route of routes) {
    await page.goto(`${served.url}/#/${route}`)
    await expect(page.locator('main h2').first(), route).toBeVisible({ timeout: 15_000 })
    await expect(page.locator('main .skeleton'), route).toHaveCount(0, { timeout: 15_000 })
    faults.push(...(await findFaults(page, route)))
    await page.getByTestId('theme-toggle').click()
    faults.push(...(await findFaults(page, route, true)))
  }
  return faults
}

/** One of everything: a sweep with its rows, a trained model, and its signals. */
async function fillWorkspace(): Promise<string> {
  const { sweep_id: id } = await ask<{ sweep_id: string }>('/sweeps/run', {
    model_id: modelId,
    risk_profile: 'balanced',
    sweep: { threshold_variants: ['0.50'], top_pct_variants: [0.4], hours_variants: ['13,14,15'] },
  })
  await expect
    .poll(async () => (await ask<{ status: string }>(`/sweeps/${id}/status`)).status, { timeout: 60_000 })
    .toBe('completed')
  const { rows } = await ask<ReplyOf<'getLeaderboard'>>('/leaderboard?limit=1')
  const { config, lineage } = rows[0]!
  await ask('/train/batch', {
    jobs: [{ model_id: modelId, config, lineage, tag: 'first', override: true }],
  })
  await expect
    .poll(async () => (await ask<ReplyOf<'listTrainJobs'>>('/train/jobs')).rows[0]?.status, {
      timeout: 60_000,
    })
    .toBe('completed')
  await ask('/signals/generate', { model_id: modelId })
  return id
}

test('axe finds nothing serious on any screen of a workspace that holds nothing, dark and light', async ({
  page,
}) => {
  served = await serveChild(join(root, 'workspace'), ['--no-sample'])
  await page.goto(served.openUrl)
  expect(await findFaultsOfScreens(page, {})).toEqual([])
  expect(await findFaultsOfParts(page, ['admin?tab=quotas', 'models?tab=sets&new=1'])).toEqual([])
})

test('axe finds nothing serious on any screen with data, nor in what lies over them, dark and light', async ({
  page,
}) => {
  served = await serveChild(join(root, 'workspace'))
  const sweepId = await fillWorkspace()
  await page.goto(served.openUrl)
  const model = `model_id=${modelId}`
  const faults = await findFaultsOfScreens(page, {
    data: 'data?series=SPY+bars+hourly+simulated%3Av1&range=1m',
    matrix: `matrix?${model}`,
    sweeps: `sweeps?sweep_id=${sweepId}&${model}`,
    leaderboard: `leaderboard?${model}&gate=1`,
    compare: 'compare?ids=1%2C2',
    run: 'run?id=1',
    options: `options?${model}`,
    cards: `cards?${model}`,
  })
  await page.goto(`${served.url}/#/leaderboard?${model}`)
  await page.getByTestId('add-to-cart').first().click()
  for (const [key, name] of [
    ['c', 'cart'],
    ['Control+k', 'palette'],
    ['?', 'shortcuts'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog')).toBeVisible()
    faults.push(...(await findFaults(page, name)))
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  expect(faults).toEqual([])
})
