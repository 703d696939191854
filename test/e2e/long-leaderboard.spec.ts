import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { createLedger } from '#main/ledger/ledger.ts'
import { backtestRun, migrationsDir, tickingClock } from '#test/ledger-rows.ts'
import { test } from '#test/screen-page.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

const ROWS = 50_000

let root: string
let served: ServedChild

test.beforeAll(async () => {
  test.setTimeout(240_000)
  root = await mkdtemp(join(tmpdir(), 'sigma-long-board-'))
  const workspace = join(root, 'workspace')
  await closeChild(await serveChild(workspace, ['--no-sample']))
  fill(join(workspace, 'ledger.db'))
  served = await serveChild(workspace, ['--no-sample'])
})

test.afterAll(async () => {
  expect(await closeChild(served)).toBe(0)
  await rm(root, { recursive: true })
})

/** Every seventh run passes, and the tag of some would be run as a formula by a spreadsheet. */
function fill(path: string): void {
  const ledger = createLedger({ path, migrationsDir, clock: tickingClock() })
  ledger.transaction(() => {
    for (let i = 0; i < ROWS; i++) {
      ledger.backtestRuns.add(
        backtestRun({
          config_key: `k${i}`,
          model_id: i % 1000 === 0 ? '=odd' : `m${i % 20}`,
          gate: { pass: i % 7 === 0, reasons: i % 7 === 0 ? [] : ['sharpe_below_min'] },
          metrics: {
            sharpe: ((i * 7919) % ROWS) / 10_000,
            dsr: (i % 997) / 1000,
            trades: i % 300,
            cum_return: 0.1,
          },
        }),
      )
    }
  })
  ledger.close()
}

test('50,000 runs are sorted by the host, few of them are in the page, and the CSV has every filtered one', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${served.url}/#/leaderboard`)
  const grid = page.getByTestId('leaderboard-grid')
  const cell = (row: number, column: string) =>
    grid.locator(`.ag-row[row-index="${row}"] [col-id="${column}"]`)
  await expect(cell(0, 'sharpe')).toHaveText('5.00')
  await expect(grid.locator('..').getByRole('status')).toHaveText('50,000 rows')
  expect(await grid.locator('.ag-row').count()).toBeLessThan(200)

  const began = Date.now()
  await grid.locator('.ag-header-cell[col-id="dsr"]').click()
  await expect(cell(0, 'dsr')).toHaveText('99.6%')
  const took = (type: string, since: number) =>
    test.info().annotations.push({ type, description: `${Date.now() - since} ms` })
  took('sorted 50,000 rows', began)
  await expect(page).toHaveURL(/order_by=dsr/)

  await page.goto(`${served.url}/#/leaderboard?pass_gate=1`)
  const passing = Math.ceil(ROWS / 7)
  await expect(grid.locator('..').getByRole('status')).toHaveText(`${passing.toLocaleString('en-US')} rows`)
  const download = page.waitForEvent('download', { timeout: 120_000 })
  const started = Date.now()
  await grid.locator('..').getByRole('button', { name: 'CSV' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  took(`wrote ${passing} rows`, started)
  const lines = text.trimEnd().split('\r\n')
  expect(lines).toHaveLength(passing + 1)
  expect(new Set(lines.map((line) => line.split(',')[4])).size).toBeGreaterThan(1)
  expect(text).not.toMatch(/(^|,)"?=/m)
  expect(text).toContain("'=odd")
})

test('a view is kept under its name, opens from it, and comes back when it was forgotten', async ({
  page,
}) => {
  await page.goto(`${served.url}/#/leaderboard?order_by=dsr&pass_gate=1`)
  await page.getByLabel('Name of this view').fill('Passing by DSR')
  await page.getByTestId('save-view').click()
  const view = page.getByTestId('saved-view')
  await expect(view).toHaveText('Passing by DSR')
  await page.goto(`${served.url}/#/leaderboard`)
  await page.reload()
  await view.click()
  await expect(page).toHaveURL(/order_by=dsr&pass_gate=1/)
  await page.getByLabel('Forget the view Passing by DSR').click()
  await expect(view).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(view).toHaveText('Passing by DSR')
})
