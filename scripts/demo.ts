// `npm run demo`: the whole path, from data to signals, on the real S&P 500 and on the simulated 0DTE model.
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sourcePaths, startHost } from '#main/host.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { createProgressLine } from './progress-line.ts'

interface Chapter {
  title: string
  model_id: string
  window: { start: string; end: string }
  sweep: {
    threshold_variants: string[]
    top_pct_variants: string[]
    hours_variants?: string[]
    splits: number
  }
}

type Row = ReplyOf<'getLeaderboard'>['rows'][number]

const chapters: Chapter[] = [
  {
    title: 'S&P 500, real daily bars 2000 to 2020: does the next week go up?',
    model_id: 'spx_eq_swing_daily',
    window: { start: '2001-01-02', end: '2019-12-31' },
    sweep: { threshold_variants: ['0.50', '0.52,0.55', '0.55,0.60'], top_pct_variants: ['0.25'], splits: 5 },
  },
  {
    title: 'SPY options on their expiry day, simulated: does the next hour go up?',
    model_id: 'spy_opt_0dte_hourly',
    window: { start: '2023-07-03', end: '2024-12-31' },
    sweep: {
      threshold_variants: ['0.50', '0.50,0.52,0.55', '0.55,0.60'],
      top_pct_variants: ['0.20'],
      hours_variants: ['13,14,15', '10,11,12,13,14,15'],
      splits: 5,
    },
  },
]

const root = join(import.meta.dirname, '..')
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
const workspace = await mkdtemp(join(tmpdir(), 'sigma-lab-demo-'))
const began = performance.now()
const line = createProgressLine()
const host = await startHost({
  workspace,
  port: 0,
  auth: 'local',
  sample: true,
  program: sourcePaths(root, version),
  log: (text) => console.error(text),
})

try {
  console.log(`Sigma Lab ${version}: from market data to gated results, trained models and signals.\n`)
  await line.during(
    'Sample data: SPX from vega-datasets, SPY and AAPL from the simulator',
    host.sampleReady,
    progress,
  )
  for (const chapter of chapters) await play(chapter)
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  console.log(`\nDone in ${seconds} s. Everything lies in ${workspace}`)
  console.log(`Look at it:  npm run serve -- --workspace ${workspace} --port 8001`)
} catch (error) {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
} finally {
  await host.close()
}

async function play({ title, model_id, window, sweep }: Chapter): Promise<void> {
  console.log(`\n── ${title}`)
  const matrix = await line.during(
    'Matrix',
    call<ReplyOf<'buildMatrixByWindow'>>('POST', '/matrix/build', {
      model_id,
      date_window: window,
      preview: true,
    }),
    progress,
  )
  const { meta, red } = await describe(matrix.matrix_sha)
  console.log(
    `   ${meta.rows} rows × ${meta.training_features.length} features for training, ${red} leaking columns, ${meta.simulated ? 'SIMULATED data' : 'real data'}`,
  )
  const rows = await line.during(
    'Sweep, purged walk-forward, every figure out of sample and net of costs',
    runSweep(model_id, sweep),
    progress,
  )
  console.log(table(rows))
  const best = rows.find((row) => row.gate.pass) ?? rows[0]
  if (!best) throw new Error(`the sweep of ${model_id} has no rows`)
  const isPassing = best.gate.pass
  const trained = await line.during(
    isPassing
      ? `Training ${best.config.kind} ${best.config.value}, which passes its gate`
      : 'Training the best row by override, since none passes',
    train(best),
    progress,
  )
  const signals = await line.during(
    'Signals on the newest rows',
    call<ReplyOf<'generateSignals'>>('POST', '/signals/generate', {
      model_id,
      start: newestStart(window.end),
      end: window.end,
    }),
    progress,
  )
  const { lineage } = best
  console.log(`   matrix    ${lineage.matrix_sha}`)
  console.log(`   config    ${lineage.config_sha}`)
  console.log(`   policy    ${lineage.policy_sha}`)
  console.log(`   risk      ${lineage.risk_sha} (${lineage.risk_profile})`)
  console.log(`   artifact  ${join(workspace, trained.artifact ?? '')}`)
  console.log(
    `             onnxruntime agrees with the trainer to ${trained.metrics.onnx_max_abs_diff?.toExponential(1)} on ${trained.metrics.rows} rows`,
  )
  console.log(`   signals   ${signals.count}, newest: ${signalText(signals.rows[signals.rows.length - 1])}`)
}

async function runSweep(model_id: string, sweep: Chapter['sweep']): Promise<Row[]> {
  const { sweep_id } = await call<ReplyOf<'runSweep'>>('POST', '/sweeps/run', {
    model_id,
    risk_profile: 'balanced',
    sweep,
    tag: 'demo',
  })
  for (;;) {
    const { status, error } = await call<ReplyOf<'getSweepStatus'>>('GET', `/sweeps/${sweep_id}/status`)
    if (status === 'completed') break
    if (status === 'failed' || status === 'canceled') throw new Error(`the sweep ${status}: ${error}`)
    await pause()
  }
  const query = `/leaderboard?sweep_id=${sweep_id}&order_by=score&limit=200`
  return (await call<ReplyOf<'getLeaderboard'>>('GET', query)).rows
}

async function train({ model_id, config, lineage, gate }: Row) {
  const job = { model_id, config, lineage, tag: 'demo', override: !gate.pass }
  const { job_ids } = await call<ReplyOf<'trainBatch'>>('POST', '/train/batch', { jobs: [job] })
  for (;;) {
    const { rows } = await call<ReplyOf<'listTrainJobs'>>('GET', `/train/jobs?model_id=${model_id}&limit=200`)
    const row = rows.find((each) => each.job_id === job_ids[0])
    if (row?.status === 'completed') return row
    if (row?.status === 'failed') throw new Error(`training failed: ${row.error}`)
    await pause()
  }
}

async function describe(sha: string) {
  const { matrix, profile } = await call<ReplyOf<'getMatrixProfile'>>('GET', `/matrix/${sha}/profile?rows=0`)
  return { meta: matrix, red: profile.leakage_flags.filter(({ level }) => level === 'red').length }
}

async function call<Reply>(method: string, path: string, body?: object): Promise<Reply> {
  const response = await fetch(`${host.url}${path}`, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  })
  const reply = (await response.json()) as Reply & { error?: { code: string; message: string } }
  if (!response.ok) throw new Error(`${method} ${path}: ${reply.error?.code} ${reply.error?.message}`)
  return reply
}

async function progress(): Promise<{ share: number; note: string } | null> {
  const { rows } = await call<ReplyOf<'listJobs'>>('GET', '/jobs?status=running&limit=1')
  const job = rows[0]
  if (!job) return null
  return {
    share: job.progress.total > 0 ? job.progress.done / job.progress.total : 0,
    note: job.progress.note ?? '',
  }
}

function table(rows: readonly Row[]): string {
  const head = ['', 'config', 'hours', 'Sharpe', 'return', 'max DD', 'trades', 'DSR', 'gate']
  const figure = (value: number | null | undefined, digits = 2) =>
    value === null || value === undefined ? '–' : value.toFixed(digits)
  const percent = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : `${(value * 100).toFixed(1)}%`
  const body = rows.map(({ config, metrics, gate }, i) => [
    String(i + 1),
    `${config.kind} ${config.value}`,
    config.allowed_hours ?? 'all',
    figure(metrics.sharpe),
    percent(metrics.cum_return),
    percent(metrics.max_dd),
    String(metrics.trades ?? 0),
    figure(metrics.dsr),
    gate.pass ? 'pass' : gate.reasons.join(', '),
  ])
  const widths = head.map((_, c) => Math.max(...[head, ...body].map((row) => row[c]!.length)))
  const isText = (c: number) => c === 1 || c === 2 || c === head.length - 1
  return [head, ...body]
    .map(
      (row) =>
        `   ${row
          .map((cell, c) => (isText(c) ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
          .join('  ')
          .trimEnd()}`,
    )
    .join('\n')
}

function signalText(signal: ReplyOf<'generateSignals'>['rows'][number] | undefined): string {
  if (!signal) return 'none reaches the threshold'
  const { side, ticker, ts, score_total, stop_px, target_px } = signal
  return `${side} ${ticker} at ${ts}, score ${score_total.toFixed(3)}, stop ${stop_px.toFixed(2)}, target ${target_px.toFixed(2)}`
}

/** Two weeks before the end of a window. */
function newestStart(end: string): string {
  return new Date(Date.parse(end) - 14 * 86_400_000).toISOString().slice(0, 10)
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 200))
}
