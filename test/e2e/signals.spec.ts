import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import type { ReplyOf } from '#shared/contract/index.ts'
import { askHost, test } from '#test/screen-page.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

type Signals = ReplyOf<'listSignals'>
type Performance = ReplyOf<'getModelPerformance'>

const modelId = 'spy_eq_swing_daily'
const own = `model_id=${modelId}&profile=balanced`
// Later tests look at what earlier ones made.
test.describe.configure({ mode: 'serial' })

let root: string
let served: ServedChild

const ask = <T>(path: string, body?: unknown) => askHost<T>(served.url, path, body)
const listSignals = (limit: number) =>
  ask<Signals>(`/signals?model_id=${modelId}&risk_profile=balanced&limit=${limit}`)
const performance = () => ask<Performance>(`/models/${modelId}/performance?risk_profile=balanced`)

test.beforeAll(async () => {
  test.setTimeout(180_000)
  root = await mkdtemp(join(tmpdir(), 'sigma-signals-'))
  served = await serveChild(join(root, 'workspace'))
  await ask('/build_matrix', { model_id: modelId, start: '2023-07-03', end: '2024-12-31' })
  await ask('/train', { model_id: modelId, override: true })
})

test.afterAll(async () => {
  expect(await closeChild(served)).toBe(0)
  await rm(root, { recursive: true })
})

/** Faults of what is on screen that axe calls serious, in both themes. */
async function findFaults(page: Page): Promise<string[]> {
  const found: string[] = []
  for (let theme = 0; theme < 2; theme++) {
    // A fault of colour alone is what the other theme can add.
    const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
    const { violations } = await (theme === 0 ? axe : axe.withRules(['color-contrast'])).analyze()
    found.push(
      ...violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)),
    )
    await page.getByTestId('theme-toggle').click()
  }
  return found
}

test('without signals each part says what to do, and a trained model is scored from there', async ({
  page,
}) => {
  await page.goto(`${served.url}/#/signals?model_id=${modelId}&profile=aggressive`)
  await expect(page.getByText('It is not trained for aggressive')).toBeVisible()
  await expect(page.getByTestId('generate-signals')).toBeDisabled()
  await page.goto(`${served.url}/#/signals?${own}&tab=live`)
  await expect(page.getByText('Drift needs a backtest')).toBeVisible()
  await page.getByTestId('tab-board').click()
  await expect(page.getByText('No model has given signals yet')).toBeVisible()
  await page.getByTestId('tab-signals').click()
  await page.getByTestId('score-first').click()
  await expect(page.getByTestId('signal-card')).toBeVisible()
})

test('the card is the newest row of the API, its bracket is drawn, and links lead to earlier ones and to why', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await ask('/signals/generate', { model_id: modelId, start: '2024-09-03', end: '2024-12-31' })
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${served.url}/#/signals?${own}`)
  const { rows, total } = await listSignals(2)
  const [newest, before] = rows
  const card = page.getByTestId('signal-card')
  await expect(card).toHaveAttribute('data-id', String(newest!.id))
  await expect(card).toHaveAttribute('data-score', String(newest!.score_total))
  const { side, score_total, threshold, entry_ref_px, stop_px, target_px } = newest!
  const probability = side === 'buy' ? score_total : 1 - score_total
  for (const text of [
    side === 'buy' ? 'Buy' : 'Sell',
    `${(100 * probability).toFixed(1)}%`,
    `needs ${(100 * threshold).toFixed(1)}%`,
    ...[entry_ref_px, stop_px, target_px].map((price) => `$${price.toFixed(2)}`),
    'New',
  ])
    await expect(card).toContainText(text)

  const figure = page.locator('figure[aria-label^="SPY, daily bars"]')
  // Entry, stop and target: three lines over the candles, and nothing of the other signals.
  await expect(figure.locator('.scatterlayer path.js-line')).toHaveCount(3)
  await expect(page.getByTestId('chart-note')).toHaveAttribute('data-lines', '3')
  await page.getByRole('button', { name: 'All', exact: true }).click()
  await expect(page.getByTestId('chart-note')).toHaveAttribute('data-signals', String(total))
  await page.getByRole('button', { name: 'All brackets' }).click()
  await expect(page.getByTestId('chart-note')).toHaveAttribute('data-lines', String(2 * total + 1))
  await figure.getByTestId('chart-table-toggle').click()
  await expect(figure.getByLabel(/^Data of SPY/).first()).toContainText('Marks')
  await page.reload()
  await expect(page.getByTestId('chart-note')).toHaveAttribute('data-lines', String(2 * total + 1))

  await page.getByRole('button', { name: 'Earlier' }).click()
  await expect(card).toHaveAttribute('data-id', String(before!.id))
  expect(page.url()).toContain(`signal_id=${before!.id}`)
  await page.reload()
  await expect(card).toHaveAttribute('data-id', String(before!.id))
  expect(await findFaults(page)).toEqual([])

  await page.getByTestId('explain-signal').click()
  await expect(page.getByTestId('decision-outcome')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('link', { name: `Signal ${before!.id}` })).toBeVisible()
  await expect(page.getByText(`${before!.date} 16:00 New York`).first()).toBeVisible()
})

test('fills are checked, imported and taken back, and the live figures follow', { tag: '@refused' }, async ({
  page,
}) => {
  test.setTimeout(120_000)
  const { sweep_id } = await ask<{ sweep_id: string }>('/sweeps/run', {
    model_id: modelId,
    risk_profile: 'balanced',
    sweep: { threshold_variants: ['0.50'], splits: 3 },
  })
  await expect
    .poll(async () => (await ask<{ status: string }>(`/sweeps/${sweep_id}/status`)).status, {
      timeout: 60_000,
    })
    .toBe('completed')
  const { rows } = await listSignals(25)
  expect(rows).toHaveLength(25)
  const header = 'ts,model_id,risk_profile,ticker,status,fill_px,pnl\n'
  const lineOf = ({ ts, entry_ref_px }: Signals['rows'][number], i: number) =>
    `${ts},${modelId},balanced,SPY,closed,${(entry_ref_px + 0.1).toFixed(2)},${i % 3 === 0 ? -0.004 : 0.006}\n`
  const good = header + rows.map(lineOf).join('')

  await page.goto(`${served.url}/#/signals?${own}&tab=live`)
  const { backtest } = await performance()
  await expect(page.getByTestId('too-few-fills')).toContainText('Not enough live fills yet (0 of 20')
  await expect(page.getByTestId('live-sharpe')).toHaveText('–')
  await expect(page.getByTestId('backtest-sharpe')).toHaveText(
    backtest!.metrics.sharpe!.toFixed(2).replace('-', '−'),
  )
  await expect(page.getByTestId('drift-verdict')).toBeVisible()

  const text = page.getByTestId('fills-text')
  await text.fill(`${header}${rows[0]!.ts},${modelId},balanced,SPY,eaten,1,\n`)
  await page.getByTestId('check-fills').click()
  await expect(page.getByTestId('bad-fills')).toContainText('status eaten is not one of')
  await expect(page.getByTestId('commit-fills')).toBeDisabled()

  await page.getByTestId('fills-file').setInputFiles({
    ...{ name: 'fills.csv', mimeType: 'text/csv' },
    buffer: Buffer.from(`${good}2020-01-02T21:00:00Z,${modelId},balanced,SPY,filled,1,\n`),
  })
  await page.getByTestId('check-fills').click()
  const report = page.getByTestId('fills-report')
  await expect(report).toHaveAttribute('data-updated', '25')
  await expect(report).toHaveAttribute('data-unknown', '1')
  await expect(report.getByLabel('Rows of no known signal')).toContainText('27')
  expect((await performance()).live.metrics.trades).toBe(0)

  await page.getByTestId('commit-fills').click()
  await expect(page.getByTestId('live-trades')).toHaveText('25')
  await expect(page.getByTestId('too-few-fills')).toHaveCount(0)
  const { metrics } = (await performance()).live
  expect(metrics).toMatchObject({ trades: 25, fill_rate: 1 })
  await expect(page.getByTestId('live-win_rate')).toHaveText(`${(100 * metrics.win_rate!).toFixed(1)}%`)
  await expect(page.getByTestId('live-sharpe')).toHaveText(metrics.sharpe!.toFixed(2).replace('-', '−'))
  await page.setViewportSize({ width: 1024, height: 700 })
  expect(await findFaults(page)).toEqual([])

  await page.getByTestId('tab-board').click()
  const board = page.getByTestId('live-board')
  await expect(board.getByRole('link')).toHaveText([modelId])
  await expect(board).toContainText(metrics.sharpe!.toFixed(2).replace('-', '−'))
  await board.getByRole('link', { name: modelId }).click()
  await expect(page.getByTestId('live-trades')).toHaveText('25')
  await page.getByTestId('tab-signals').click()
  await expect(page.getByTestId('signal-card')).toContainText('Closed')

  await page.getByTestId('tab-live').click()
  await text.fill(good.replaceAll('closed', 'canceled').replaceAll(/,-?[0-9.]+,-?0\.\d+\n/g, ',,\n'))
  await page.getByTestId('check-fills').click()
  await page.getByTestId('commit-fills').click()
  await expect(page.getByTestId('live-trades')).toHaveText('0')
  await page.getByTestId('undo-fills').click()
  await expect(page.getByTestId('live-trades')).toHaveText('25')
  expect((await performance()).live.metrics).toMatchObject({
    trades: 25,
    fill_rate: 1,
    sharpe: metrics.sharpe,
  })
})
