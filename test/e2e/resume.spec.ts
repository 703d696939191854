import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { ReplyOf } from '#shared/contract/index.ts'
import { askHost, test } from '#test/screen-page.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

const modelId = 'spy_opt_0dte_hourly_xgb_v1'
// Later tests look at what earlier ones made.
test.describe.configure({ mode: 'serial' })

let root: string
let served: ServedChild

test.beforeAll(async () => {
  test.setTimeout(120_000)
  root = await mkdtemp(join(tmpdir(), 'sigma-resume-'))
  served = await serveChild(join(root, 'workspace'))
  // Its matrix stands before a sweep asks for it, so that folds start at once.
  await ask('/build_matrix', { model_id: modelId, start: '2023-07-03', end: '2024-12-31' })
})

test.afterAll(async () => {
  expect(await closeChild(served)).toBe(0)
  await rm(root, { recursive: true })
})

const ask = <T>(path: string, body?: unknown) => askHost<T>(served.url, path, body)

/** A sweep of five sets of hours, each its own training, so that it is still busy after its first rows. */
function startSweep(profile: string, splits: number) {
  return ask<ReplyOf<'runSweep'>>('/sweeps/run', {
    model_id: modelId,
    risk_profile: profile,
    sweep: {
      threshold_variants: ['0.50', '0.52'],
      hours_variants: ['10,11', '11,12', '12,13', '13,14', '14,15'],
      splits,
    },
  })
}

const readStatus = (id: string) => ask<ReplyOf<'getSweepStatus'>>(`/sweeps/${id}/status`)
const readRows = (id: string) => ask<ReplyOf<'getSweepResults'>>(`/sweeps/${id}/results?limit=200`)

/** Waits until a sweep has rows; it must still be running then. */
async function waitForRows(id: string): Promise<void> {
  await expect
    .poll(async () => (await readStatus(id)).progress.completed, { timeout: 60_000, intervals: [50] })
    .toBeGreaterThan(0)
  expect((await readStatus(id)).status).toBe('running')
}

test('cancel shows canceled within 2 seconds and keeps the finished rows', async ({ page }) => {
  await page.goto(served.openUrl)
  const { sweep_id: id } = await startSweep('balanced', 20)
  await page.goto(`${served.url}/#/sweeps?sweep_id=${id}&model_id=${modelId}`)
  const status = page.getByTestId('sweep-status')
  await expect(status).toHaveAttribute('data-status', 'running')
  await waitForRows(id)
  await page.getByTestId('cancel-sweep').click()
  await expect(status).toHaveAttribute('data-status', 'canceled', { timeout: 2_000 })
  const { total } = await readRows(id)
  expect(total).toBeGreaterThan(0)
  expect(total).toBeLessThan(10)
  await expect(status).toContainText(`${total} of 10`)
  await expect(page.locator('[data-testid="sweep-grid"] .ag-row [col-id="run"]')).toHaveCount(total)
})

test('a killed host comes back with a banner that names the sweep, and ends it with every row once', async ({
  page,
}) => {
  const { sweep_id: id } = await startSweep('aggressive', 12)
  await waitForRows(id)
  served.child.kill('SIGKILL')
  await once(served.child, 'exit')
  served = await serveChild(join(root, 'workspace'))
  await page.goto(served.openUrl)
  const banner = page.getByTestId('resume-banner')
  await expect(banner).toContainText(modelId)
  await expect.poll(async () => (await readStatus(id)).status, { timeout: 60_000 }).toBe('completed')
  await banner.getByRole('button').click()
  await expect(banner).toHaveCount(0)
  const { rows, total } = await readRows(id)
  expect(total).toBe(10)
  expect(new Set(rows.map(({ config }) => `${config.value} ${config.allowed_hours}`)).size).toBe(10)
  await page.goto(`${served.url}/#/sweeps?sweep_id=${id}&model_id=${modelId}`)
  await expect(page.getByTestId('sweep-status')).toHaveAttribute('data-status', 'completed')
  await expect(page.locator('[data-testid="sweep-grid"] .ag-row [col-id="run"]')).toHaveCount(10)
})
