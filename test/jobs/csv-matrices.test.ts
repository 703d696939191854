import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#main/host.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { type CsvRow, dailyRows, upOrDown, writeCsv } from '#test/csv-rows.ts'
import { type Answer, program, request } from '#test/sample-host.ts'

type Run = ReplyOf<'runBacktest'>
type Trained = ReplyOf<'trainModel'>
type Rows = Record<string, number | string>[]
interface Refusal {
  error: { code: string; message: string }
}

const model_id = 'spx_eq_swing_daily'

let root: string
let host: Host
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sigma-csv-'))
  host = await startHost({ workspace: root, port: 0, auth: 'local', sample: false, program, log: () => {} })
}, 60_000)
afterAll(async () => {
  await host.close()
  await rm(root, { recursive: true })
})

const post = <Body>(path: string, body: object) => request<Body>(host, 'POST', path, { model_id, ...body })
const backtest = (csv: string) => post<Run>('/backtest', { csv, thresholds: '0.50', splits: 4 })
const train = (csv: string, more: object = {}) => post<Trained>('/train', { csv, ...more })

/** A return, its sign, and the features that `cells` adds. */
const labelled = (rows: number, cells: (row: CsvRow) => Record<string, number>, seed?: number): Rows =>
  dailyRows(rows, (row) => ({ ...cells(row), ret_fwd: row.ret, y: upOrDown(row.ret) }), seed)
const noise = ({ random }: CsvRow) => ({ f1: random.next(), f2: random.nextGaussian() })

function expectOk<Body>({ status, body }: Answer<Body>): Body {
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
async function expectRefused(csv: string, message: RegExp): Promise<void> {
  for (const path of ['/backtest', '/train']) {
    const { status, body } = await post<Refusal>(path, { csv })
    expect([path, status, body.error.code]).toEqual([path, 400, 'INVALID_PARAM'])
    expect(body.error.message).toMatch(message)
  }
}
async function expectNotTrained(csv: string, status: number, code: string, message: RegExp): Promise<void> {
  const reply = await post<Refusal>('/train', { csv })
  expect([reply.status, reply.body.error.code]).toEqual([status, code])
  expect(reply.body.error.message).toMatch(message)
}

describe('POST /backtest and /train with a CSV of', { timeout: 60_000 }, () => {
  it('a perfect feature: profit in every fold, named as a leak, failed by the gate, trained by override only', async () => {
    const csv = writeCsv(
      root,
      'perfect.csv',
      labelled(1000, (row) => ({ ...noise(row), perfect: row.ret })),
    )
    const { result, warnings } = expectOk(await backtest(csv))
    for (const { metrics } of result.folds) expect(metrics.cum_return).toBeGreaterThan(1)
    expect(result.metrics.win_rate).toBeGreaterThan(0.95)
    expect(warnings).toEqual([expect.stringMatching(/^perfect may leak: rank correlation 1\.00/)])
    expect(result.gate.reasons).toContain('leakage_flagged')
    await expectNotTrained(csv, 422, 'GATE_FAILED', /columns that leak: perfect$/)
    const { metrics } = expectOk(await train(csv, { override: true }))
    expect(metrics['accuracy']).toBeGreaterThan(0.97)
  })

  it('random labels: a Sharpe ratio whose interval holds 0, probabilities no better than the base rate, no leak', async () => {
    const csv = writeCsv(root, 'random.csv', labelled(1000, noise))
    const { result, warnings } = expectOk(await backtest(csv))
    const { metrics } = result
    expect(warnings).toEqual([])
    expect(metrics.sharpe_low).toBeLessThan(0)
    expect(metrics.sharpe_high).toBeGreaterThan(0)
    expect(metrics.psr).toBeLessThan(0.95)
    expect(metrics.log_loss).toBeGreaterThan(metrics.log_loss_base! - 0.002)
    expect(result.gate.pass).toBe(false)
    const trained = expectOk(await train(csv))
    expect(trained.metrics['accuracy']).toBeLessThan(0.57)
    expect(trained.metrics['log_loss']).toBeGreaterThan(Math.log(2) - 0.01)
  })

  it('a leaking column among honest ones: that one is named with its correlation, and nothing trains on it', async () => {
    const rows = labelled(1000, (row) => ({
      ...noise(row),
      leaking: row.ret + 0.012 * row.random.nextGaussian(),
      past: row.lagged,
    }))
    const csv = writeCsv(root, 'leaking.csv', rows)
    const { result, warnings } = expectOk(await backtest(csv))
    expect(warnings).toEqual([expect.stringMatching(/^leaking may leak: rank correlation 0\.[4-8]/)])
    expect(result.metrics.sharpe).toBeGreaterThan(4)
    expect(result.gate.reasons).toContain('leakage_flagged')
    await expectNotTrained(csv, 422, 'GATE_FAILED', /columns that leak: leaking$/)
  })

  it('one class only: refused, naming target and class', async () => {
    const rows = dailyRows(500, ({ ret, random }) => ({ f1: random.next(), ret_fwd: Math.abs(ret), y: 'UP' }))
    await expectRefused(writeCsv(root, 'up.csv', rows), /up\.csv: target y has 1 class, UP/)
  })

  it('constant features: the base rate and one side throughout, and a warning that names them with their value', async () => {
    const csv = writeCsv(
      root,
      'constant.csv',
      labelled(1000, () => ({ always: 1, never: 0 })),
    )
    const { result, warnings } = expectOk(await backtest(csv))
    expect(warnings).toEqual([
      'features that never change, from which nothing can be learned: always (1), never (0)',
    ])
    expect(result.metrics.log_loss).toBeCloseTo(result.metrics.log_loss_base!, 4)
    expect(result.metrics.brier).toBeCloseTo(result.metrics.brier_base!, 4)
    expect(result.metrics.exposure).toBeGreaterThan(0.99)
    expect(result.metrics.sharpe_low).toBeLessThan(0)
    const { body } = await request<ReplyOf<'getBacktestRun'>>(
      host,
      'GET',
      `/backtest_runs/${(await backtest(csv)).body.backtest_run_id}`,
    )
    for (const fold of body.folds) {
      const sides = body.trades.side.filter((_, t) => body.trades.fold[t] === fold.fold)
      expect(new Set(sides).size).toBe(1)
    }
    const trained = expectOk(await train(csv))
    expect(trained.warnings).toEqual([
      ...warnings,
      expect.stringMatching(
        /^out of fold the model told no row from another: every row scores the same, DOWN 0\.\d+, UP 0\.\d+$/,
      ),
    ])
  })

  it('30 rows: no figure at all rather than a poor one, folds that say why, sample_too_short; training refused', async () => {
    const csv = writeCsv(root, 'thirty.csv', labelled(30, noise))
    const { result } = expectOk(await backtest(csv))
    const { sessions, trials, trials_effective, ...figures } = result.metrics
    expect([sessions, trials === null, trials_effective === null]).toEqual([0, false, false])
    expect(Object.values(figures).filter((figure) => figure !== null)).toEqual([])
    expect(result.folds.map(({ skipped }) => skipped)).toEqual(
      [5, 11, 17, 23].map((rows) => `${rows} training rows after purge and embargo, 50 needed`),
    )
    expect(result.gate).toEqual({ pass: false, reasons: ['sample_too_short'] })
    await expectNotTrained(csv, 422, 'NO_DATA', /29 training rows after purge and embargo, 50 needed/)
  })

  it('20 % missing values: a warning with the share, and an edge that is still found where there are values', async () => {
    const rows = labelled(1000, (row) => ({
      ...noise(row),
      holed: row.random.next() < 0.2 ? Number.NaN : row.ret,
    }))
    const csv = writeCsv(root, 'holed.csv', rows)
    const share = (100 * rows.filter(({ holed }) => Number.isNaN(holed)).length) / 1000
    const { result, warnings } = expectOk(await backtest(csv))
    expect(warnings).toContain(`features with missing values: holed (${share.toFixed(1)} %)`)
    // Where the feature is known it is right; where it is not a model can only guess.
    const expected = 1 - share / 200
    expect(Math.abs(result.metrics.accuracy! - expected)).toBeLessThan(0.03)
    expect(result.metrics.fold_sharpe_min).toBeGreaterThan(5)
    const trained = expectOk(await train(csv, { override: true }))
    expect(trained.rows).toBe(999)
    expect(trained.onnx_max_abs_diff).toBeLessThan(1e-6)
  })

  it('rows that are not sorted: refused, naming line and time', async () => {
    const rows = labelled(300, noise)
    rows.splice(100, 0, ...rows.splice(150, 1))
    const early = rows[101]!['date']
    await expectRefused(
      writeCsv(root, 'unsorted.csv', rows),
      new RegExp(`unsorted\\.csv line 103 \\(${early}T2.:00:00\\.000Z\\) is earlier than the line before`),
    )
  })

  it('rows that come twice: refused, naming line and time', async () => {
    const rows = labelled(300, noise)
    rows.splice(100, 0, rows[100]!)
    await expectRefused(
      writeCsv(root, 'twice.csv', rows),
      new RegExp(
        `twice\\.csv line 103 \\(${rows[100]!['date']}T2.:00:00\\.000Z\\) repeats the time of the line before`,
      ),
    )
  })
})
