import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { ReplyOf } from '#shared/contract/index.ts'
import { askHost, watchPage } from '#test/screen-page.ts'
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
  const faults = watchPage(page, served.url)
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
  expect(faults).toEqual([])
})
