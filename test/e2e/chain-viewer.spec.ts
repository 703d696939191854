import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { csvOf, fiveMinuteBars } from '#test/bar-files.ts'
import { test } from '#test/screen-page.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

test.describe.configure({ mode: 'serial' })

let root: string
let served: ServedChild

test.beforeAll(async () => {
  test.setTimeout(120_000)
  root = await mkdtemp(join(tmpdir(), 'sigma-chain-viewer-'))
  served = await serveChild(join(root, 'workspace'))
})

test.afterAll(async () => {
  expect(await closeChild(served)).toBe(0)
  await rm(root, { recursive: true })
})

interface Chain {
  at: string
  spot: number
  snapshots: string[]
  expiries: { date: string; atm_strike: number; atm_iv: number; strikes: number[]; put: { bid: number[] } }[]
}
const chain = async (query: string): Promise<Chain> =>
  (await fetch(`${served.url}/data/chain?ticker=SPY&${query}`)).json() as Promise<Chain>

test('the option chain shows the quotes of the snapshot and expiry that the link names', async ({ page }) => {
  const reply = await chain('date=2024-03-08&at=10:30')
  const expiry = reply.expiries.find(({ date }) => date === '2024-03-15')!
  await page.goto(`${served.url}/#/data?look=chain&date=2024-03-08&at=10:30&expiry=2024-03-15`)
  const quotes = page.getByLabel('Quotes of SPY for 2024-03-15')
  await expect(quotes.locator('tbody tr')).toHaveCount(expiry.strikes.length)
  const atm = quotes.locator('tr[data-atm]')
  await expect(atm).toHaveCount(1)
  await quotes.scrollIntoViewIfNeeded()
  await expect(atm).toBeInViewport()
  await expect(atm.locator('th')).toHaveText(`${expiry.atm_strike}ATM`)
  const bid = expiry.put.bid[expiry.strikes.indexOf(expiry.atm_strike)]!
  await expect(atm.locator('td').nth(7)).toHaveText(bid.toFixed(2))
  await expect(page.getByTestId('atm-iv')).toHaveText(`${(100 * expiry.atm_iv).toFixed(1)}%`)
  await expect(page.getByLabel('Option chain of SPY')).toContainText('simulated')
  for (const name of ['Smile', 'Term structure'])
    await expect(page.locator(`figure[aria-label^="${name} of SPY"] .plot-container`)).toBeVisible()
})

test('snapshots, expiries and sessions are stepped through, and a reload keeps the place', async ({
  page,
}) => {
  await page.goto(`${served.url}/#/data?look=chain&date=2024-03-08`)
  const snapshots = page.getByLabel('Snapshot', { exact: true })
  await expect(snapshots.locator('[aria-pressed="true"]')).toHaveText('16:00')
  await snapshots.getByRole('button', { name: '11:00' }).click()
  await expect(page.getByText('Snapshot of 2024-03-08 11:00 New York')).toBeVisible()
  await page.getByLabel('Expiry', { exact: true }).getByRole('button', { name: '24-03-22' }).click()
  await page.reload()
  await expect(page.getByLabel('Quotes of SPY for 2024-03-22')).toBeVisible()
  await expect(snapshots.locator('[aria-pressed="true"]')).toHaveText('11:00')
  await page.getByRole('button', { name: 'Later' }).click()
  await expect(page.getByLabel('Session')).toHaveValue('2024-03-11')
  await expect(page.getByText('Snapshot of 2024-03-11 16:00 New York')).toBeVisible()
})

test('a day without a session is named, and the way back is at hand', { tag: '@refused' }, async ({
  page,
}) => {
  await page.goto(`${served.url}/#/data?look=chain&date=2024-03-09`)
  await expect(page.getByRole('alert')).toContainText('Date 2024-03-09 is no trading session')
  await page.getByRole('button', { name: 'Newest' }).click()
  await expect(page.getByText('Snapshot of 2024-12-31 16:00 New York')).toBeVisible()
})

test('gaps show as days that say what they lack, a half day by its own hours', async ({ page }) => {
  const lines = fiveMinuteBars('2024-07-01', 5)
  // All of 2 July, and of the half day on 3 July the bars from 10:30 to 10:40.
  const kept = lines.filter((_, i) => i < 78 || (i >= 156 && i !== 168 && i !== 169))
  const reply = await fetch(`${served.url}/data/import?ticker=HOLE&cadence=5m&mode=commit`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: csvOf(kept),
  })
  expect(reply.status).toBe(200)
  await page.goto(`${served.url}/#/data?series=HOLE+bars+5m+import%3Afile&look=gaps`)
  await expect(page.getByTestId('gap-verdict')).toContainText(
    '1 session of 5 without any, 1 with some missing. 77.40% of the bars are there.',
  )
  await expect(page.locator('td[title="2024-07-02: none of 78 bars"]')).toHaveText('✕')
  await page.locator('td[title^="2024-07-03"]').hover()
  await expect(page.getByTestId('gap-readout')).toHaveText(
    '2024-07-03, a half day: 40 of 42 bars; missing 10:30–10:40 New York',
  )
  await expect(page.getByLabel('Sessions with holes').locator('tbody tr')).toHaveCount(2)
  await expect(page.getByLabel('Gaps of HOLE 5m bars')).toContainText('imported')

  await page.goto(`${served.url}/#/data?series=SPY+bars+5m+simulated%3Av1&look=gaps`)
  await expect(page.getByTestId('gap-verdict')).toHaveText(
    'All 378 sessions from the first to the last have all their bars.',
  )
})
