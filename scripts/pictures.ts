// `npm run pictures`: the pictures of the README, made again from the sample data. The page must be built.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { sourcePaths, startHost } from '#main/host.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import unpackBrowser from '#test/unpack-browser.ts'
import { shrinkPng } from './shrink-png.ts'

const model_id = 'spy_opt_0dte_hourly'
const day = '2024-06-07'
const model = `model_id=${model_id}&profile=balanced`

interface Picture {
  name: string
  theme: 'dark' | 'light'
  route: string
  /** Seen when the picture is complete. */
  awaits: string
  /** What stands at the top, where that is not the head of the screen. */
  top?: string
}

const root = join(import.meta.dirname, '..')
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
const folder = await mkdtemp(join(tmpdir(), 'sigma-lab-pictures-'))
const workspace = join(folder, 'SigmaLab')
const program = sourcePaths(root, version)
const host = await startHost({
  workspace,
  port: 0,
  auth: 'local',
  sample: true,
  program,
  log: (text) => console.error(text),
})
try {
  await host.sampleReady
  for (const picture of await fill()) await take(picture)
} finally {
  await host.close()
  await rm(folder, { recursive: true })
}

/** A sweep with rows on both sides of the gate, and a trained model whose signals have option positions. */
async function fill(): Promise<Picture[]> {
  const { sweep_id } = await ask<ReplyOf<'runSweep'>>('/sweeps/run', {
    model_id,
    risk_profile: 'balanced',
    sweep: {
      threshold_variants: ['0.50', '0.55'],
      top_pct_variants: [0.1, 0.4],
      hours_variants: ['13,14,15', '10,11,12,13,14,15'],
      splits: 5,
    },
  })
  for (;;) {
    const { status } = await ask<ReplyOf<'getSweepStatus'>>(`/sweeps/${sweep_id}/status`)
    if (status === 'completed') break
    if (status === 'failed' || status === 'canceled') throw new Error(`the sweep is ${status}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const { rows } = await ask<ReplyOf<'getLeaderboard'>>(
    `/leaderboard?model_id=${model_id}&order_by=sharpe&limit=200`,
  )
  const best = rows.toSorted((a, b) => (b.metrics.cum_return ?? 0) - (a.metrics.cum_return ?? 0))[0]
  const failing = rows.find(({ gate }) => !gate.pass)
  if (!best || !failing) throw new Error('the sweep has no row that fails its gate')
  await ask('/train', { model_id, override: true, allowed_hours: '9,10,11,12,13,14,15' })
  await ask('/signals/generate', { model_id, start: '2024-06-03', end: '2024-06-28' })
  await ask('/options_overlay', { model_id, date: day, option_mode: 'vertical' })
  const positions = await ask<ReplyOf<'listOptionSignals'>>(
    `/option_signals?model_id=${model_id}&date=${day}`,
  )
  const position = positions.rows.at(-1)?.id
  return [
    {
      name: 'leaderboard',
      theme: 'dark',
      route: `leaderboard?${model}&gate=${failing.id}`,
      awaits: '[data-testid="gate-drawer"] tbody tr',
    },
    {
      name: 'sweep',
      theme: 'light',
      route: `sweeps?${model}&sweep_id=${sweep_id}`,
      awaits: '[data-testid="sweep-grid"] .ag-row',
    },
    {
      name: 'tear-sheet',
      theme: 'light',
      route: `run?${model}&id=${best.id}`,
      awaits: 'figure .plot-container',
    },
    {
      name: 'options',
      theme: 'dark',
      route: `options?${model}&start=${day}&option_mode=vertical&position=${position}`,
      awaits: '[data-testid="position-detail"] figure .plot-container',
      top: '[data-testid="position-detail"]',
    },
  ]
}

async function take({ name, theme, route, awaits, top }: Picture): Promise<void> {
  await unpackBrowser()
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  await page.goto(`${host.url}/#/${route}`)
  await page.locator(awaits).first().waitFor()
  await page.locator('main .skeleton').first().waitFor({ state: 'detached' })
  if (top !== undefined) await page.locator(top).evaluate((element) => element.scrollIntoView())
  await page.waitForTimeout(1000)
  const path = join(root, 'docs', 'images', `${name}.png`)
  const picture = shrinkPng(await page.screenshot())
  await writeFile(path, picture)
  await browser.close()
  console.log(`${path}: ${Math.round(picture.length / 1000)} kB`)
}

async function ask<T>(path: string, body?: object): Promise<T> {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const reply = await fetch(host.url + path, init)
  if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`)
  return (await reply.json()) as T
}
