import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import type { ReplyOf } from '#shared/contract/index.ts'
import { askHost, test } from '#test/screen-page.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

const model_id = 'spy_opt_0dte_hourly'
const date = '2024-06-07'
// Later tests look at what earlier ones made.
test.describe.configure({ mode: 'serial' })
test.use({ viewport: { width: 1440, height: 900 }, contextOptions: { reducedMotion: 'reduce' } })

test.setTimeout(120_000)

let root: string
let served: ServedChild

test.beforeAll(async () => {
  test.setTimeout(240_000)
  root = await mkdtemp(join(tmpdir(), 'sigma-options-'))
  served = await serveChild(join(root, 'workspace'))
  await ask('/build_matrix', { model_id, start: '2024-01-02', end: '2024-06-28' })
  await ask('/train', { model_id, allowed_hours: '9,10,11,12,13,14,15' })
})

test.afterAll(async () => {
  expect(await closeChild(served)).toBe(0)
  await rm(root, { recursive: true })
})

const ask = <T>(path: string, body?: unknown) => askHost<T>(served.url, path, body)
const open = (page: Page, params = '') =>
  page.goto(`${served.url}/#/options?model_id=${model_id}&profile=balanced&${params}`)
const dollars = (value: number, digits = 2) =>
  `${value < 0 ? '−' : ''}$${Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`
/** As a key figure: without cents from a hundred on. */
const short = (value: number) => dollars(value, Math.abs(value) > 99.995 ? 0 : 2)

/** Serious and critical faults of what is on screen. */
async function findFaults(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const { violations } = await axe.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

test('without signals the screen says what to do first', async ({ page }) => {
  await page.goto(`${served.url}/#/options`)
  await expect(page.getByText('No model chosen')).toBeVisible()
  await open(page)
  await expect(page.getByText(`${model_id} has no balanced signals yet`)).toBeVisible()
  await expect(page.getByRole('link', { name: 'Score signals first' })).toHaveAttribute('href', /#\/signals/)
  await ask('/signals/generate', { model_id, start: '2024-06-03', end: '2024-06-28' })
  await page.reload()
  await expect(page.getByText('No positions for 2024-06-28 yet')).toBeVisible()
})

test('an overlay is built from the form, and its rows and parity are those of the API', async ({ page }) => {
  await open(page, `start=${date}`)
  await page.getByRole('button', { name: 'Vertical' }).click()
  await page.getByRole('combobox', { name: /^Expiry/ }).selectOption('2024-06-14')
  await page.getByLabel('Target |delta|').fill('1.4')
  await expect(page.getByText('a number, above 0 to below 1')).toBeVisible()
  await expect(page.getByTestId('build-overlay')).toBeDisabled()
  await page.getByLabel('Target |delta|').fill('0.4')
  await page.getByTestId('build-overlay').click()
  const grid = page.getByTestId('position-grid')
  await expect(grid.getByTestId('open-position').first()).toBeVisible({ timeout: 20_000 })
  const { rows } = await ask<ReplyOf<'listOptionSignals'>>(
    `/option_signals?model_id=${model_id}&date=${date}`,
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { mode, expiry, lineage } of rows) {
    expect([mode, expiry]).toEqual(['vertical', '2024-06-14'])
    expect(lineage['selection']).toMatchObject({ target_delta: 0.4, spread_width: 5 })
  }
  expect((await grid.getByTestId('open-position').allInnerTexts()).toSorted()).toEqual(
    rows.map(({ legs, type }) => `${legs.map(({ strike }) => strike).join('/')} ${type}`).toSorted(),
  )
  const { parity_premium: premium } = await ask<ReplyOf<'getOptionParity'>>(
    `/option_signals/parity?model_id=${model_id}&date=${date}`,
  )
  await expect(page.getByTestId('total-pnl')).toHaveText(short(premium!.total_pnl))
})

test('a row opens its legs and payoff with the numbers of the API, and a reload keeps the place', async ({
  page,
}) => {
  await open(page, `start=${date}&option_mode=vertical`)
  await page.locator('[data-testid="position-grid"] .ag-row [col-id="Premium"]').first().click()
  const detail = page.getByTestId('position-detail')
  await expect(detail.locator('figure .plot-container')).toBeVisible({ timeout: 30_000 })
  const id = /position=(\d+)/.exec(page.url())?.[1]
  const { row, legs, curve } = await ask<ReplyOf<'getOptionPayoff'>>(`/option_signals/${id}/payoff`)
  const check = async () => {
    await expect(detail.getByTestId('break-even')).toHaveText(dollars(row.break_even))
    await expect(detail.getByTestId('max-loss')).toHaveText(short(100 * row.max_loss))
    await expect(detail.getByTestId('max-gain')).toHaveText(short(100 * row.max_profit!))
    await expect(detail.getByTestId('profit-probability')).toHaveText(
      `${(100 * row.profit_probability).toFixed(1)}%`,
    )
    await expect(detail.locator('figure')).toContainText(
      `${(100 * row.profit_probability).toFixed(1)}% to gain, at most ${dollars(100 * row.max_profit!, 0)}`,
    )
  }
  await check()
  const table = detail.getByLabel('Legs')
  await expect(table.locator('tbody tr')).toHaveCount(3)
  for (const [place, leg] of legs.entries()) {
    await expect(table.locator('tbody tr').nth(place)).toContainText(leg.occ_symbol)
    await expect(table.locator('tbody tr').nth(place)).toContainText(Math.abs(leg.delta).toFixed(3))
  }
  await expect(table.locator('tbody tr').last()).toContainText(Math.abs(row.greeks.delta).toFixed(3))
  await expect(detail.getByLabel('Replays').locator('tbody tr')).toHaveCount(2)

  await detail.getByTestId('chart-table-toggle').click()
  const drawn = detail.getByLabel(`Data of Payoff of ${row.occ_symbol}`)
  await expect(drawn.locator('tbody tr')).toHaveCount(curve.price.length)
  const at = curve.price.indexOf(row.break_even)
  await expect(drawn.locator('tbody tr').nth(at)).toContainText(row.break_even.toFixed(2))

  await page.reload()
  await expect(detail.locator('figure .plot-container')).toBeVisible({ timeout: 30_000 })
  await check()
  await expect(page.getByRole('button', { name: 'Vertical' })).toHaveAttribute('aria-pressed', 'true')
  for (const _ of ['first', 'other']) {
    expect(await findFaults(page)).toEqual([])
    await page.getByTestId('theme-toggle').click()
  }
})

test('the keyboard alone opens a position, and closing it leads back to its row', async ({ page }) => {
  await open(page, `start=${date}`)
  const first = page.locator('[data-testid="position-grid"] .ag-row').first().locator('[col-id="Contract"]')
  await first.locator('button').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('position-detail')).toBeFocused()
  await page.getByLabel('Close position').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('position-detail')).toHaveCount(0)
  await expect(first.locator('button')).toBeFocused()
})

test('several days are built one after the other, and summed up', async ({ page }) => {
  await open(page, 'start=2024-06-10&end=2024-06-14&dte_target=0')
  await page.getByTestId('build-overlay').click()
  const days = page.getByLabel('Overlay by day').locator('tbody tr')
  await expect(days).toHaveCount(5, { timeout: 30_000 })
  const { rows, total } = await ask<ReplyOf<'listOptionSignals'>>(
    `/option_signals?model_id=${model_id}&start=2024-06-10&end=2024-06-14`,
  )
  expect(new Set(rows.map((row) => row.date)).size).toBe(5)
  await expect(page.getByRole('region', { name: 'Option positions' })).toContainText(`${total} rows`)
})

test('a holiday is named, with the days to go to instead', { tag: '@refused' }, async ({ page }) => {
  await open(page, 'start=2024-06-19')
  await page.getByTestId('build-overlay').click()
  const refusal = page.getByTestId('overlay-refusal')
  await expect(refusal.getByRole('alert')).toContainText(
    'There are no signals on 2024-06-19: the exchange is closed that day',
  )
  await expect(refusal.getByRole('button')).toHaveText(['Go to 2024-06-18', 'Go to 2024-06-20'])
  await refusal.getByRole('button', { name: 'Go to 2024-06-18' }).click()
  await expect(page.getByLabel('Signals from')).toHaveValue('2024-06-18')
  await expect(refusal).toHaveCount(0)
  await expect(page.getByTestId('build-overlay')).toHaveText('Build 2024-06-18')
})

test('an expiry that was not listed says which ones were', { tag: '@refused' }, async ({ page }) => {
  await open(page, 'start=2024-06-18&expiry=2024-06-22')
  await page.getByTestId('build-overlay').click()
  await expect(page.getByTestId('overlay-refusal')).toContainText(
    /expire on 2024-06-22 .* listed were 2024-06-18/,
  )
})

test('nothing is wider than the window, at either size', async ({ page }) => {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 1024, height: 700 },
  ]) {
    await page.setViewportSize(size)
    await open(page, `start=${date}`)
    await page.getByTestId('open-position').first().click()
    await expect(page.getByTestId('position-detail').locator('figure .plot-container')).toBeVisible({
      timeout: 30_000,
    })
    const boxes = await page.evaluate(() =>
      [document.documentElement, document.querySelector('main')!].map(
        ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
      ),
    )
    expect(boxes).toEqual([0, 0])
    // The frame stays where it is while the position is scrolled to.
    await expect(page.getByTestId('theme-toggle')).toBeInViewport()
  }
})
