import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { askHost, test } from '#test/screen-page.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

const modelId = 'spy_opt_0dte_hourly_xgb_v1'
// Later tests look at what earlier ones made.
test.describe.configure({ mode: 'serial' })

let root: string
let served: ServedChild

test.beforeAll(async () => {
  test.setTimeout(180_000)
  root = await mkdtemp(join(tmpdir(), 'sigma-more-screens-'))
  served = await serveChild(join(root, 'workspace'))
})

test.afterAll(async () => {
  expect(await closeChild(served)).toBe(0)
  await rm(root, { recursive: true })
})

const ask = <T>(path: string, body?: unknown) => askHost<T>(served.url, path, body)

/** A small sweep under a profile; resolves when its rows are there. */
async function sweep(profile: string): Promise<string> {
  const { sweep_id: id } = await ask<{ sweep_id: string }>('/sweeps/run', {
    model_id: modelId,
    risk_profile: profile,
    sweep: {
      threshold_variants: ['0.50', '0.52'],
      top_pct_variants: [0.2, 0.4],
      hours_variants: ['13,14,15'],
    },
  })
  await expect
    .poll(async () => (await ask<{ status: string }>(`/sweeps/${id}/status`)).status, { timeout: 120_000 })
    .toBe('completed')
  return id
}

test('compare, cards and settings say what to do while nothing was made yet', async ({ page }) => {
  await page.goto(`${served.url}/#/compare`)
  await expect(page.getByText('No runs chosen')).toBeVisible()
  await page.goto(`${served.url}/#/cards?model_id=${modelId}`)
  await expect(page.getByText('Nothing was made for this model yet')).toBeVisible()
  await expect(page.getByText(`No card of ${modelId} yet`)).toBeVisible()
  await page.goto(`${served.url}/#/settings`)
  await expect(page.getByTestId('base-url')).toHaveText(served.url)
  await expect(page.getByTestId('about-version')).toContainText(/Sigma Lab \d/)
})

test('ticked runs stand side by side with the best of each figure marked, and the link keeps them', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await sweep('balanced')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${served.url}/#/leaderboard?model_id=${modelId}&profile=balanced`)
  const ticks = page.getByTestId('compare-tick')
  for (const place of [0, 1, 2]) await ticks.nth(place).check()
  await page.getByTestId('open-compare').click()
  await expect(page.getByTestId('compared-run')).toHaveCount(3)
  await expect(
    page.locator('figure[aria-label="Equity and drawdown of 3 runs"] .plot-container'),
  ).toBeVisible()
  await expect(page.getByLabel('Correlation of daily returns').locator('td')).toHaveCount(9)

  const ids = (new URL(page.url()).hash.match(/ids=([^&]+)/)?.[1] ?? '').split('%2C')
  const sharpes = await Promise.all(
    ids.map(async (id) => {
      const { run } = await ask<{ run: { metrics: { sharpe: number } } }>(`/backtest_runs/${id}`)
      return run.metrics.sharpe
    }),
  )
  const best = sharpes.map((value) => String(value === Math.max(...sharpes)))
  const cells = page.getByTestId('compare-sharpe').locator('td')
  for (const [place, flag] of best.entries())
    await expect(cells.nth(place)).toHaveAttribute('data-best', flag)
  await expect(page.getByLabel('What differs').getByText('Model', { exact: true })).toHaveCount(0)

  await page.reload()
  await expect(page.getByTestId('compared-run')).toHaveCount(3)
  await page
    .getByLabel(/^Stop comparing/)
    .first()
    .click()
  await expect(page.getByTestId('compared-run')).toHaveCount(2)
})

test('a link that names a run or a sweep alone puts its model in force, and another model leaves it', async ({
  page,
}) => {
  const { rows } = await ask<{ rows: { id: string; sweep_id: string }[] }>(
    `/leaderboard?model_id=${modelId}&limit=1`,
  )
  const [run] = rows
  await page.goto(`${served.url}/#/run?id=${run?.id}&model_id=spx_eq_swing_daily`)
  await expect(page.getByTestId('model-picker')).toHaveValue(modelId)
  await expect(page.locator('.top-bar .badge')).toHaveText('simulated')
  await page.goto(`${served.url}/#/sweeps?sweep_id=${run?.sweep_id}&model_id=spx_eq_swing_daily`)
  await expect(page.getByTestId('model-picker')).toHaveValue(modelId)

  await page.goto(`${served.url}/#/run?id=${run?.id}`)
  await expect(page.getByRole('heading', { name: `Run ${run?.id}` })).toBeVisible()
  await page.getByTestId('model-picker').selectOption('spx_eq_swing_daily')
  await expect(page.getByText('Newest runs')).toBeVisible()
  await expect(page.getByTestId('model-picker')).toHaveValue('spx_eq_swing_daily')
  await expect(page.locator('.top-bar .badge')).toHaveText('real')
})

test('the data screen draws a series, counts its months, and takes a file in and out again', async ({
  page,
}) => {
  await page.goto(`${served.url}/#/data`)
  await expect(page.getByTestId('coverage-verdict')).toContainText('No month lacks')
  await page.goto(`${served.url}/#/data?series=SPY+bars+5m+simulated%3Av1&range=1m`)
  await expect(page.getByTestId('bars-note')).toContainText('drawn as')
  await expect(page.locator('figure[aria-label^="SPY"] .plot-container')).toBeVisible()

  const rows = ['2024-03-04', '2024-03-05', '2024-03-06'].map(
    (day, i) => `${day},${10 + i},${12 + i},9,${11 + i},100`,
  )
  const file = {
    name: 'ZZZ_daily.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['date,open,high,low,close,volume', ...rows, '2024-03-07,x,12,9,11,100'].join('\n')),
  }
  await page.getByTestId('import-file').setInputFiles(file)
  await page.getByTestId('check-import').click()
  const report = page.getByTestId('import-report')
  await expect(report.getByLabel('Rows that cannot be taken')).toContainText('5')
  await page.getByTestId('commit-import').click()
  await expect(page.getByRole('link', { name: 'ZZZ' })).toBeVisible()
  await expect(page.getByLabel('Series', { exact: true }).last()).toContainText('imported')
  // The same file again: every row is known, and none would be added.
  await page.getByTestId('import-file').setInputFiles(file)
  await page.getByTestId('check-import').click()
  const figure = (name: string) => report.locator('.stat').filter({ hasText: name }).locator('dd')
  await expect(figure('In the lake')).toHaveText('3')
  await expect(figure('Would be added')).toHaveText('0')
  await page.getByTestId('undo-import').click()
  await expect(page.getByRole('link', { name: 'ZZZ' })).toHaveCount(0)
})

test('lineage marks what no longer rests on the newest matrix, and each card opens as a page', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await sweep('conservative')
  await page.goto(`${served.url}/#/cards?model_id=${modelId}`)
  const lineage = page.getByTestId('lineage')
  await expect(lineage.getByText('Sweep', { exact: false }).first()).toBeVisible()
  await expect(lineage.getByText('stale')).toHaveCount(0)
  await ask('/build_matrix', { model_id: modelId, start: '2023-10-02', end: '2024-12-31' })
  await expect(lineage.getByText('stale').first()).toBeVisible()
  await expect(page.getByTestId('open-card')).toHaveCount(2)
  await page.getByTestId('open-card').last().click()
  await expect(page.getByTestId('card-page')).toContainText('2023-07-03')
  await expect(page.getByTestId('card-page')).toContainText('Assumptions')
})

test('sweeps show their folds over time, and the leaderboard what flips between profiles', async ({
  page,
}) => {
  await page.goto(`${served.url}/#/sweeps?sweep_id=1&model_id=${modelId}`)
  await expect(page.getByTestId('fold-lane')).toHaveCount(5)
  await page.goto(`${served.url}/#/leaderboard?model_id=${modelId}&flips=1`)
  const { rows } = await ask<{ rows: { config: { value: string }; gate: { pass: boolean } }[] }>(
    `/leaderboard?model_id=${modelId}&limit=200`,
  )
  const flips = [...Map.groupBy(rows, ({ config }) => config.value).values()].filter(
    (members) => new Set(members.map(({ gate }) => gate.pass)).size > 1,
  )
  const shown = page.locator('[data-testid="leaderboard-grid"] .ag-row [col-id="run"]')
  if (flips.length === 0) await expect(page.getByText('No configuration flips')).toBeVisible()
  else await expect(shown).toHaveCount(flips.flat().length)
})

test('brushing an axis leaves the same configurations in every view of a sweep, and its link brings them back', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${served.url}/#/sweeps?sweep_id=1&model_id=${modelId}`)
  const axis = page.getByTestId('axis-trades')
  await expect(axis).toBeVisible()
  const { rows } = await ask<{ rows: { id: string; metrics: { trades: number } }[] }>('/sweeps/1/results')
  const most = Math.max(...rows.map(({ metrics }) => metrics.trades))
  const box = (await axis.locator('.reach').boundingBox())!
  const x = box.x + box.width / 2
  await page.mouse.move(x, box.y + 4)
  await page.mouse.down()
  await page.mouse.move(x, box.y + box.height * 0.5, { steps: 4 })
  await page.mouse.up()

  const shown = async () => {
    const from = Number(/trades:([\d.]+)\.\./.exec(decodeURIComponent(page.url()))?.[1])
    expect(from).toBeGreaterThan(0)
    expect(from).toBeLessThan(most)
    const kept = rows.filter(({ metrics }) => metrics.trades >= from)
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.length).toBeLessThan(rows.length)
    for (const view of ['lines', 'scatter', 'heatmap'])
      await expect(page.getByTestId(`kept-${view}`)).toHaveAttribute('data-count', String(kept.length))
    const ids = page.locator('[data-testid="sweep-grid"] .ag-row [col-id="run"]')
    await expect(ids).toHaveCount(kept.length)
    expect((await ids.allInnerTexts()).toSorted()).toEqual(kept.map(({ id }) => `#${id}`).toSorted())
    await expect(page.locator('.heat td:not(.dim) a')).toHaveCount(kept.length)
    return from
  }
  const from = await shown()
  await page.reload()
  expect(await shown()).toBe(from)
  await page.getByTestId('clear-brushes').click()
  await expect(page.getByTestId('kept-lines')).toHaveAttribute('data-count', String(rows.length))
  await expect(page.getByTestId('sweep-cost')).toContainText('Configurations')
})

test('the settings decide in which zone times are written and how candles look', async ({ page }) => {
  await page.goto(`${served.url}/#/settings`)
  await expect(page.getByTestId('zone-sample')).toContainText('09:30 New York')
  await page.getByRole('button', { name: 'UTC' }).click()
  await expect(page.getByTestId('zone-sample')).toContainText('13:30 UTC')
  await page.getByRole('button', { name: 'Green and red' }).click()
  await page.reload()
  await expect(page.getByRole('button', { name: 'UTC' })).toHaveAttribute('aria-pressed', 'true')
  await page.goto(`${served.url}/#/data?series=SPY+bars+hourly+simulated%3Av1&range=1m`)
  await expect(page.getByTestId('bars-note')).toContainText('UTC')
})

test('every new screen opens from the rail without a complaint, dark and light', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 700 })
  await page.goto(served.url)
  for (const theme of ['first', 'other']) {
    for (const screen of ['data', 'compare', 'options', 'cards', 'settings']) {
      await page.getByTestId(`nav-${screen}`).click()
      await expect(page.locator('main h1').first(), `${screen}, ${theme} theme`).toBeVisible()
      await expect(page.locator('main [role="alert"]'), `${screen}, ${theme} theme`).toHaveCount(0)
    }
    await page.getByTestId('theme-toggle').click()
  }
})

test('in a narrow window tables give way rather than scroll sideways, and get their columns back in a wide one', async ({
  page,
}) => {
  await ask('/matrix/build', { model_id: modelId, date_window: { start: '2024-01-02', end: '2024-12-31' } })
  const { rows } = await ask<{ rows: { model_id: string; config: unknown; lineage: unknown }[] }>(
    `/leaderboard?model_id=${modelId}&limit=1`,
  )
  const jobs = rows.map(({ model_id, config, lineage }) => ({
    ...{ model_id, config, lineage },
    ...{ override: true, tag: 'narrow' },
  }))
  await ask('/train/batch', { jobs })
  await page.setViewportSize({ width: 1024, height: 700 })
  for (const screen of ['home', 'data', 'matrix', 'sweeps', 'train']) {
    await page.goto(`${served.url}/#/${screen}?model_id=${modelId}`)
    // Models are being trained meanwhile.
    await expect(page.locator('main .table tbody tr').first()).toBeVisible({ timeout: 30_000 })
    const tooWide = () =>
      page
        .locator('main .table-scroll:has(> .table)')
        .evaluateAll((boxes) =>
          boxes
            .filter((box) => box.scrollWidth > box.clientWidth)
            .map((box) => box.getAttribute('aria-label')),
        )
    await expect.poll(tooWide, { message: screen }).toEqual([])
  }
  await page.goto(`${served.url}/#/matrix?model_id=${modelId}`)
  await expect(page.getByTestId('first-rows-grid')).toContainText(/2024-\d\d-\d\d \d\d:\d\d/)
  await expect(page.getByTestId('first-rows-grid')).not.toContainText(/\dT\d/)

  await page.goto(`${served.url}/#/data`)
  const head = page.getByRole('columnheader', { name: 'Known from' })
  await expect(page.getByRole('columnheader', { name: 'Source' })).toBeVisible()
  await expect(head).toHaveCount(0)
  await page.setViewportSize({ width: 1440, height: 900 })
  await expect(head).toBeVisible()
})
