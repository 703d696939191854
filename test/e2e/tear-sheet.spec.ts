import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { ReplyOf } from '#shared/contract/index.ts'
import { askHost, test, watchContext } from '#test/screen-page.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

const modelId = 'spy_opt_0dte_hourly_xgb_v1'
let root: string
let served: ServedChild
let runId: string | null

const ask = <T>(path: string, body?: unknown) => askHost<T>(served.url, path, body)

test.use({ viewport: { width: 1440, height: 900 } })

test.beforeAll(async () => {
  test.setTimeout(120_000)
  root = await mkdtemp(join(tmpdir(), 'sigma-tear-sheet-'))
  served = await serveChild(join(root, 'workspace'))
  await expect
    .poll(async () => (await ask<ReplyOf<'getWorkspace'>>('/workspace')).sample, { timeout: 60_000 })
    .toBe('ready')
  runId = (await ask<ReplyOf<'runBacktest'>>('/backtest', { model_id: modelId, thresholds: '0.50' }))
    .backtest_run_id
})

test.afterAll(async () => {
  expect(await closeChild(served)).toBe(0)
  await rm(root, { recursive: true })
})

test('a chart shows its data as a table by keyboard, gives all of it as CSV, and takes the colours of the theme', async ({
  page,
}) => {
  const { equity } = await ask<ReplyOf<'getBacktestRun'>>(`/backtest_runs/${runId}`)
  await page.goto(served.openUrl)
  await page.goto(`${served.url}/#/run?id=${runId}`)
  const chart = page.getByRole('figure', { name: `Equity and drawdown of run ${runId}` })
  await expect(chart).toHaveAccessibleDescription(
    new RegExp(
      `^${equity.date.length} rows, Time ${equity.date[0]} to ${equity.date.at(-1)}; Equity between`,
    ),
  )
  const line = chart.locator('.xgrid').first()
  const colorOf = () => line.evaluate((path) => getComputedStyle(path).stroke)
  await expect(line).toBeAttached()
  const before = await colorOf()
  await page.getByTestId('theme-toggle').click()
  await expect.poll(colorOf).not.toBe(before)
  const token = await page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue('--line'),
  )
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(token.trim().slice(at, at + 2), 16))
  expect(await colorOf()).toBe(`rgb(${r}, ${g}, ${b})`)

  const toggle = chart.getByTestId('chart-table-toggle')
  await toggle.focus()
  await page.keyboard.press('Enter')
  const table = chart.getByRole('region', { name: `Data of Equity and drawdown of run ${runId}` })
  await expect(table.locator('tbody tr')).toHaveCount(Math.min(200, equity.date.length))
  await expect(table.locator('tbody tr').nth(5)).toContainText(equity.date[5]!)
  await expect(table.locator('tbody tr').nth(5)).toContainText(equity.equity[5]!.toFixed(4))
  const saved = page.waitForEvent('download')
  await chart.getByRole('button', { name: 'CSV' }).press('Enter')
  const download = await saved
  expect(download.suggestedFilename()).toBe(`equity-and-drawdown-of-run-${runId}.csv`)
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
  expect(lines[0]).toBe('Time,Equity,Drawdown')
  expect(
    lines.slice(1).map((text) => text.split(',').map((cell, i) => (i === 0 ? cell : Math.abs(Number(cell))))),
  ).toEqual(equity.date.map((date, i) => [date, equity.equity[i], Math.abs(equity.drawdown[i]!)]))
  await toggle.press('Enter')
  await expect(table).toHaveCount(0)
  await expect(chart.locator('.main-svg').first()).toBeVisible()
})

test('the saved tear sheet opens from disk with the network off, asks for nothing, and holds every figure, dark and light', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const { run, folds } = await ask<ReplyOf<'getBacktestRun'>>(`/backtest_runs/${runId}`)
  const sheet = await ask<ReplyOf<'getTearSheet'>>(`/backtest_runs/${runId}/tear_sheet`)
  await page.goto(`${served.url}/#/run?id=${runId}`)
  const save = async () => {
    const saved = page.waitForEvent('download', { timeout: 60_000 })
    await page.getByTestId('export-run').click()
    return saved
  }
  const download = await save()
  expect(download.suggestedFilename()).toBe(`run-${runId}-${modelId}.html`)
  const path = join(root, 'report.html')
  await download.saveAs(path)
  const again = await readFile(await (await save()).path())
  expect(again.equals(await readFile(path)), 'saved twice it is the same bytes').toBe(true)

  const offline = await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 } })
  const report = await offline.newPage()
  const asked: string[] = []
  report.on('request', (request) => asked.push(request.url()))
  const complaints = watchContext(offline)
  await report.goto(`file://${path}`)
  const text = await report.locator('body').innerText()
  for (const sha of [
    run.lineage.matrix_sha,
    run.lineage.config_sha,
    run.lineage.policy_sha,
    run.lineage.risk_sha,
  ])
    expect(text).toContain(sha)
  expect(text).toContain('The data is simulated')
  for (const [name, value] of Object.entries(run.metrics)) {
    const cell = report.getByTestId(`metric-${name}`)
    await expect(cell, name).toHaveAttribute('data-value', value === null ? '' : String(value))
  }
  for (const { start, trough } of sheet.drawdowns) expect(text).toMatch(new RegExp(`${start}.*${trough}`))
  await expect(report.getByRole('region', { name: 'Folds', exact: true }).locator('tbody tr')).toHaveCount(
    folds.length,
  )
  await expect(report.locator('.saved-plot > svg')).toHaveCount(7)
  for (const table of [
    'Return by month',
    'Trades by weekday',
    'Sensitivity to costs and delay',
    'Costs',
    'Definitions',
  ])
    await expect(report.getByRole('region', { name: table, exact: true }).first(), table).toBeVisible()

  const background = () => report.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const line = report.locator('.saved-plot .xgrid').first()
  const stroke = () => line.evaluate((grid) => getComputedStyle(grid).stroke)
  const [dark, grid] = [await background(), await stroke()]
  await report.getByLabel('Light').click()
  expect(await background()).not.toBe(dark)
  expect(await stroke()).not.toBe(grid)
  expect(asked).toEqual([`file://${path}`])
  expect(complaints).toEqual([])
  await offline.close()
})

test('a run is run again from its record, and comes out equal byte for byte', async ({ page }) => {
  test.setTimeout(120_000)
  const model_id = 'spx_eq_swing_daily'
  await ask('/matrix/build', { model_id, date_window: { start: '2012-01-03', end: '2014-12-31' } })
  const { backtest_run_id: id } = await ask<ReplyOf<'runBacktest'>>('/backtest', {
    model_id,
    thresholds: '0.5',
    splits: 2,
  })
  await page.goto(`${served.url}/#/run?id=${id}&part=record`)
  await page.getByTestId('reproduce').click()
  await expect(page.getByRole('progressbar', { name: 'Running it again' })).toBeVisible()
  await expect(page.getByTestId('reproduction')).toHaveAttribute('data-equal', 'true', { timeout: 90_000 })
  await expect(page.getByTestId('reproduction')).toContainText('equal, byte for byte')
})
