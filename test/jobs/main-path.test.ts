import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Host } from '#main/host.ts'
import { sessionDate, sessionOfDate } from '#shared/calendar/sessions.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { copySampleWorkspace, request, startSampleHost, until } from '#test/sample-host.ts'

const model_id = 'spx_eq_swing_daily'
const date_window = { start: '2010-01-04', end: '2016-12-30' }
const sweep = { threshold_variants: ['0.50', '0.52,0.55'], top_pct_variants: ['0.2'], splits: 3 }

let root: string
let host: Host

beforeAll(async () => {
  root = await copySampleWorkspace()
  host = await startSampleHost(root)
}, 120_000)

afterAll(async () => {
  await host.close()
  await rm(root, { recursive: true })
})

const bytesOf = (uri: string) =>
  createHash('sha256')
    .update(readFileSync(join(root, uri)))
    .digest('hex')

async function buildMatrix(): Promise<ReplyOf<'buildMatrixByWindow'>> {
  const { status, body } = await request<ReplyOf<'buildMatrixByWindow'>>(host, 'POST', '/matrix/build', {
    model_id,
    date_window,
    preview: true,
  })
  expect(status).toBe(200)
  return body
}

async function runSweep(body: object): Promise<{ id: string; rows: ReplyOf<'getSweepResults'>['rows'] }> {
  const started = await request<ReplyOf<'runSweep'>>(host, 'POST', '/sweeps/run', body)
  expect(started.status, JSON.stringify(started.body)).toBe(202)
  const id = started.body.sweep_id
  const end = await until<ReplyOf<'getSweepStatus'>>(host, `/sweeps/${id}/status`, ({ status }) =>
    ['completed', 'failed'].includes(status),
  )
  expect(end.error).toBeNull()
  const { body: results } = await request<ReplyOf<'getSweepResults'>>(
    host,
    'GET',
    `/sweeps/${id}/results?limit=200`,
  )
  return { id, rows: results.rows }
}

describe('the path from data to signals on the real S&P 500', () => {
  it('builds equal bytes for equal inputs, and another sha for another window', async () => {
    const first = await buildMatrix()
    const bytes = bytesOf(first.out_csv)
    await rm(join(root, first.out_csv))
    const again = await buildMatrix()
    expect(again.matrix_sha).toBe(first.matrix_sha)
    expect(bytesOf(again.out_csv)).toBe(bytes)
    expect(bytesOf(`matrices/by-sha/${first.matrix_sha}.csv`)).toBe(bytes)
    const other = { start: date_window.start, end: '2016-12-29' }
    const shorter = await request<{ matrix_sha: string }>(host, 'POST', '/matrix/build', {
      model_id,
      date_window: other,
    })
    expect(shorter.body.matrix_sha).not.toBe(first.matrix_sha)
    // The newest build is the model's matrix from here on.
    await buildMatrix()
  })

  it('labels with closes only: the return of each row is the ratio of the closes that its label spans', async () => {
    const { matrix_sha } = await buildMatrix()
    const csv = readFileSync(join(root, `matrices/by-sha/${matrix_sha}.csv`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    const [header = [], ...lines] = csv
    const at = (name: string) => header.indexOf(name)
    const closes = lines.map((line) => Number(line[at('close')]))
    for (let i = 0; i + 5 < lines.length; i += 97) {
      expect(Number(lines[i]![at('ret_fwd')])).toBeCloseTo(closes[i + 5]! / closes[i]! - 1, 12)
    }
    for (const line of lines.slice(-5)) expect(line[at('y')]).toBe('')
  })

  it('fills the SPX at closes, since its opens before 2014 are not traded prices', async () => {
    const { matrix_sha } = await buildMatrix()
    const { body } = await request<ReplyOf<'getMatrix'>>(host, 'GET', `/matrix/${matrix_sha}`)
    expect(body.fill).toBe('next_close')
    expect(body.simulated).toBe(false)
  })

  it('runs a sweep once, finds it again, and gives other profiles the same figures from the same scores', async () => {
    const body = { model_id, risk_profile: 'balanced', sweep, tag: 'one' }
    const first = await runSweep(body)
    expect(first.rows).toHaveLength(3)
    const again = await request<ReplyOf<'runSweep'>>(host, 'POST', '/sweeps/run', {
      ...body,
      sweep: { ...sweep, splits: 3 },
    })
    expect(again.body).toMatchObject({ sweep_id: first.id, reused: true })
    const aggressive = await runSweep({ ...body, risk_profile: 'aggressive' })
    expect(aggressive.id).not.toBe(first.id)
    expect(aggressive.rows.map(({ metrics }) => metrics.sharpe)).toEqual(
      first.rows.map(({ metrics }) => metrics.sharpe),
    )
    expect(aggressive.rows[0]!.lineage.risk_sha).not.toBe(first.rows[0]!.lineage.risk_sha)
    // Profiles share their trials: three configurations were tried, not six.
    expect(aggressive.rows.map(({ metrics }) => metrics.trials)).toEqual([3, 3, 3])
  })

  it('shows in the gate of a row what its metrics say', async () => {
    const { rows } = await runSweep({ model_id, risk_profile: 'balanced', sweep, tag: 'one' })
    for (const row of rows) {
      for (const check of row.checks) {
        if (check.rule === 'max_dd') expect(check.observed).toBe(row.metrics.max_dd)
        if (check.rule === 'sharpe_min') expect(check.observed).toBe(row.metrics.sharpe)
        if (check.status === 'fail') expect(row.gate.reasons).toContain(check.reason)
      }
      expect(row.gate.pass).toBe(row.checks.every(({ status }) => status !== 'fail'))
    }
  })

  it('refuses a failing row for training, takes it with an override, and proves the ONNX file on every row', async () => {
    const override = { risk_budget_overrides: { min_trades: 1_000_000 } }
    const { rows } = await runSweep({ model_id, risk_profile: 'balanced', sweep, ...override, tag: 'fails' })
    const jobs = rows
      .slice(0, 1)
      .map(({ model_id: id, config, lineage }) => ({ model_id: id, config, lineage }))
    const refused = await request<{ error: { code: string } }>(host, 'POST', '/train/batch', { jobs })
    expect(refused.status).toBe(422)
    expect(refused.body.error.code).toBe('GATE_FAILED')
    const taken = { jobs: jobs.map((job) => ({ ...job, override: true, tag: 'by hand' })) }
    const { body } = await request<ReplyOf<'trainBatch'>>(host, 'POST', '/train/batch', taken)
    const twice = await request<ReplyOf<'trainBatch'>>(host, 'POST', '/train/batch', taken)
    expect(twice.body.job_ids).toEqual(body.job_ids)
    const done = await until<ReplyOf<'listTrainJobs'>>(host, '/train/jobs?limit=50', ({ rows: all }) =>
      all.every(({ status }) => status === 'completed' || status === 'failed'),
    )
    const job = done.rows.find(({ job_id }) => job_id === body.job_ids[0])
    expect(job).toMatchObject({ status: 'completed', error: null })
    expect(job!.metrics.onnx_max_abs_diff).toBeLessThan(1e-9)
    expect(job!.artifact).toMatch(/^artifacts\/spx_eq_swing_daily\/balanced\/.+\.onnx$/)
  })

  it('scores the newest rows with the trained model', async () => {
    const { status, body } = await request<ReplyOf<'generateSignals'>>(host, 'POST', '/signals/generate', {
      model_id,
      start: '2016-01-04',
      end: '2016-12-30',
    })
    expect(status).toBe(200)
    expect(body.count).toBeGreaterThan(0)
    for (const signal of body.rows) {
      const isLong = signal.side === 'buy'
      expect(isLong ? signal.score_total : 1 - signal.score_total).toBeGreaterThanOrEqual(signal.threshold)
      expect(signal.stop_px < signal.close).toBe(isLong)
      expect(signal.target_px > signal.close).toBe(isLong)
    }
    const again = await request<ReplyOf<'listSignals'>>(host, 'GET', `/signals?model_id=${model_id}`)
    expect(again.body.total).toBe(body.count)
  })
})

describe('POST /backtest with a CSV', () => {
  const first = sessionOfDate('2012-01-03')

  /** 1,400 daily rows with a return, its sign as y, and one feature column. */
  function writeMatrix(name: string, featureOf: (ret: number, next: () => number) => number): string {
    const random = createRandom(7)
    const lines = ['date,f1,f2,ret_fwd,y']
    for (let i = 0; i < 1400; i++) {
      const ret = random.nextGaussian() * 0.01
      const y = ret > 0 ? 'UP' : 'DOWN'
      lines.push([sessionDate(first + i), featureOf(ret, random.next), random.next(), ret, y].join(','))
    }
    writeFileSync(join(root, name), `${lines.join('\n')}\n`)
    return name
  }

  it('profits in every fold from a perfect feature, and names it as leaking', async () => {
    const csv = writeMatrix('perfect.csv', (ret) => ret)
    const { status, body } = await request<ReplyOf<'runBacktest'>>(host, 'POST', '/backtest', {
      model_id,
      csv,
      thresholds: '0.50',
      splits: 4,
      save: false,
    })
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body.result.folds).toHaveLength(4)
    for (const fold of body.result.folds) expect(fold.metrics.sharpe).toBeGreaterThan(5)
    expect(body.warnings.join()).toContain('f1 may leak')
    expect(body.result.gate.reasons).toContain('leakage_flagged')
  })

  it('gives a fold that cannot learn from its few rows the base rate, not the opposite of the truth', async () => {
    const csv = writeMatrix('perfect.csv', (ret) => ret)
    const { body } = await request<ReplyOf<'runBacktest'>>(host, 'POST', '/backtest', {
      model_id,
      csv,
      thresholds: '0.50',
      splits: 10,
      save: false,
    })
    // 127 rows train the first fold, 85 each of its inner models: too few to split in leaves of 50.
    const [first, ...others] = body.result.folds
    expect(first!.metrics.log_loss).toBeGreaterThan(0.68)
    expect(first!.metrics.log_loss).toBeLessThan(0.75)
    for (const fold of others.slice(1)) expect(fold.metrics.accuracy).toBeGreaterThan(0.95)
  })

  it('finds nothing in a random label', async () => {
    const csv = writeMatrix('random.csv', (_ret, next) => next())
    const { body } = await request<ReplyOf<'runBacktest'>>(host, 'POST', '/backtest', {
      model_id,
      csv,
      thresholds: '0.50',
      splits: 4,
      save: false,
    })
    expect(Math.abs(body.result.metrics.sharpe!)).toBeLessThan(2)
    expect(body.warnings.join()).not.toContain('leak')
  })

  it('refuses to train on a leaking column without an override', async () => {
    const { status, body } = await request<{ error: { code: string } }>(host, 'POST', '/train', {
      model_id,
      csv: 'perfect.csv',
    })
    expect(status).toBe(422)
    expect(body.error.code).toBe('GATE_FAILED')
  })

  it.each([
    ['one-class.csv', 'date,f1,ret_fwd,y\n2012-01-03,1,0.1,UP\n2012-01-04,2,0.1,UP\n', /1 class/],
    [
      'unsorted.csv',
      'date,f1,ret_fwd,y\n2012-01-04,1,0.1,UP\n2012-01-03,2,0.1,DOWN\n',
      /line 3 \(2012-01-03T21:00:00.000Z\) is earlier/,
    ],
    [
      'holiday.csv',
      'date,f1,ret_fwd,y\n2012-01-01,1,0.1,UP\n2012-01-03,2,0.1,DOWN\n',
      /2012-01-01 is not an NYSE session/,
    ],
    ['no-target.csv', 'date,f1,ret_fwd\n2012-01-03,1,0.1\n', /no target column y/],
  ])('says what is wrong with %s', async (name, text, message) => {
    writeFileSync(join(root, name), text)
    const { status, body } = await request<{ error: { message: string } }>(host, 'POST', '/backtest', {
      model_id,
      csv: name,
    })
    expect(status).toBe(400)
    expect(body.error.message).toMatch(message)
  })
})
