import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Host } from '#main/host.ts'
import { sessionClose, sessionsBetween } from '#shared/calendar/sessions.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { copySampleWorkspace, request, startSampleHost, until } from '#test/sample-host.ts'

type Explained = ReplyOf<'explainRow'>
type Signals = ReplyOf<'generateSignals'>

const daily = 'spx_eq_swing_daily'
const hourly = 'spy_opt_0dte_hourly'

let root: string
let host: Host
let signals: Signals['rows']
let optionSignals: Signals['rows']
let trainingRunId: string

beforeAll(async () => {
  root = await copySampleWorkspace()
  host = await startSampleHost(root)
  const must = async <Body>(path: string, body: object): Promise<Body> => {
    const answer = await request<Body>(host, 'POST', path, body)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return answer.body
  }
  await must('/matrix/build', { model_id: daily, date_window: { start: '2010-01-04', end: '2016-12-30' } })
  await must('/backtest', { model_id: daily, thresholds: '0.50,0.52', splits: 3 })
  trainingRunId = (await must<ReplyOf<'trainModel'>>('/train', { model_id: daily })).training_run_id
  const generate = { model_id: daily, start: '2016-01-04', end: '2016-12-30' }
  signals = (await must<Signals>('/signals/generate', generate)).rows
  await must('/build_matrix', { model_id: hourly, start: '2024-01-02', end: '2024-06-28' })
  await must('/train', { model_id: hourly, allowed_hours: '9,10,11,12,13,14,15' })
  const newest = { model_id: hourly, start: '2024-06-03', end: '2024-06-28' }
  optionSignals = (await must<Signals>('/signals/generate', newest)).rows
}, 240_000)

afterAll(async () => {
  await host.close()
  await rm(root, { recursive: true })
})

async function explain(body: object): Promise<Explained> {
  const { status, body: reply } = await request<Explained>(host, 'POST', '/policy/explain_row', body)
  expect(status, JSON.stringify(reply)).toBe(200)
  return reply
}

const stepOf = ({ steps }: Explained, id: string) => steps.find((step) => step.id === id)!

describe('POST /policy/explain_row', () => {
  it('leads from the newest signal to the order that the signal is, with every contribution adding up', async () => {
    const newest = signals.reduce((a, b) => (b.ts > a.ts ? b : a))
    const reply = await explain({ model_id: daily, top: 5 })
    expect(reply).toMatchObject({ ts: newest.ts, date: newest.date, what_if: null, warnings: [] })
    expect(reply.score_total).toBeCloseTo(newest.score_total, 12)
    const { side, size_r, entry_ref_px, stop_px, target_px, rr, time_stop_minutes } = newest
    const { order, ...end } = reply.outcome
    expect(end).toMatchObject({ trade: true, stopped_by: null })
    expect(order).toMatchObject({ side, size_r, entry_ref_px, rr, time_stop_minutes, contract: null })
    expect(order!.stop_px).toBeCloseTo(stop_px, 9)
    expect(order!.target_px).toBeCloseTo(target_px, 9)
    const { base, margin, others, features, unit } = reply.contributions
    expect([unit, features.length]).toEqual(['log_odds', 5])
    const sum = features.reduce((total, { contribution }) => total + contribution!, base! + others!)
    expect(sum).toBeCloseTo(margin!, 9)
    const sizes = features.map(({ contribution }) => Math.abs(contribution!))
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
    // The margin is the log odds of the raw probabilities of UP and DOWN.
    const rawOf = (name: string) => reply.classes.find((each) => each.class === name)!.raw!
    expect(Math.log(rawOf('UP') / rawOf('DOWN'))).toBeCloseTo(margin!, 9)
  })

  it('trades exactly the rows that have a signal, at the score of the signal', async () => {
    const byTs = new Map(signals.map((signal) => [signal.ts, signal]))
    const { first, end } = sessionsBetween('2016-03-01', '2016-03-16')
    expect(end - first).toBe(12)
    for (let session = first; session < end; session++) {
      const ts = new Date(sessionClose[session]!).toISOString().replace('.000Z', 'Z')
      const reply = await explain({ model_id: daily, ts, top: 1 })
      const signal = byTs.get(ts)
      expect([ts, reply.outcome.trade, reply.outcome.signal]).toEqual([
        ts,
        ...Array(2).fill(signal !== undefined),
      ])
      if (signal) expect(reply.score_total).toBeCloseTo(signal.score_total, 9)
      else expect(reply.outcome.reason).toContain('no trade because')
    }
  })

  it('names the line of the policy that each bracket stands on', async () => {
    const reply = await explain({ model_id: hourly, signal_id: optionSignals[0]!.id })
    expect(reply.signal_id).toBe(optionSignals[0]!.id)
    for (const [id, key] of [
      ['atr', 'atr_period'],
      ['stop', 'atr_mult_stop'],
      ['target', 'atr_mult_target'],
      ['time_stop', 'time_stop_minutes'],
      ['reward_to_risk', 'min_rr'],
      ['contract', 'target_delta'],
      ['momentum', 'momentum_gate'],
    ] as const) {
      const { from, source } = stepOf(reply, id)
      expect(from).toBe('policy')
      const lines = readFileSync(join(root, source!.path), 'utf8').split('\n')
      expect(lines[source!.line! - 1]).toContain(`${key}:`)
      expect(source!.key.endsWith(key)).toBe(true)
    }
  })

  it('stops where a tried threshold is not reached, and says what was in force', async () => {
    const traded = new Set(signals.map(({ date }) => date))
    const reply = await explain({ model_id: daily, ts: signals[0]!.ts, what_if: { threshold: 0.99 } })
    expect(traded.has(reply.date)).toBe(true)
    expect(reply.outcome).toMatchObject({ trade: false, stopped_by: 'threshold', order: null })
    expect(reply.outcome.reason).toContain('no trade because')
    expect(reply.outcome.reason).toContain('below the threshold 0.99')
    expect(stepOf(reply, 'threshold')).toMatchObject({ limit: 0.99, effect: 'stops', from: 'what_if' })
    expect(reply.what_if!.outcome_before.trade).toBe(true)
    expect(reply.what_if!.changed).toEqual(['threshold'])
  })

  it('evaluates the newest backtest anew: settings as they are change nothing, others count as a trial', async () => {
    const board = await request<ReplyOf<'getLeaderboard'>>(host, 'GET', `/leaderboard?model_id=${daily}`)
    const run = board.body.rows[0]!
    const same = await explain({ model_id: daily, what_if: {} })
    expect(same.what_if!.changed).toEqual([])
    const { backtest_run_id, before, after } = same.what_if!.backtest!
    expect(backtest_run_id).toBe(run.id)
    expect(after).toEqual(before)
    expect(before).toMatchObject({
      trades: run.metrics.trades,
      sharpe: run.metrics.sharpe,
      max_dd: run.metrics.max_dd,
    })
    const stricter = await explain({
      model_id: daily,
      what_if: { threshold: 0.6, execution: { size_by_conf: true, conf_cap: 0.2, slippage_bps: 5 } },
    })
    const changed = stricter.what_if!.backtest!
    expect(changed.before).toEqual(before)
    expect(changed.after.trades).toBeLessThan(before.trades)
    // What the what-if shows is what a backtest with those settings gives; both looks are one trial.
    const settings = { thresholds: '0.60', splits: 3, size_by_conf: true, conf_cap: 0.2, slippage_bps: 5 }
    const fresh = await request<ReplyOf<'runBacktest'>>(host, 'POST', '/backtest', {
      ...{ model_id: daily, ...settings, save: false },
    })
    const { trades, sharpe, max_dd, trials } = fresh.body.result.metrics
    expect(changed.after).toMatchObject({ trades, sharpe, max_dd })
    const again = await request<ReplyOf<'runBacktest'>>(host, 'POST', '/backtest', {
      ...{ model_id: daily, ...settings, save: false },
    })
    expect(again.body.result.metrics.trials).toBe(trials)
  })

  it('moves levels with tried brackets, and stops where the target is too near', async () => {
    const plain = await explain({ model_id: daily })
    const brackets = { atr_mult_stop: 3, atr_mult_target: 6 }
    const wide = await explain({ model_id: daily, what_if: { execution: { brackets } } })
    const gap = ({ outcome }: Explained) => outcome.order!.entry_ref_px - outcome.order!.stop_px
    expect(gap(wide)).toBeCloseTo(2 * gap(plain), 6)
    expect(stepOf(wide, 'stop')).toMatchObject({ from: 'what_if', limit: 3 })
    const near = await explain({
      ...{ model_id: daily, what_if: { execution: { brackets: { enabled: true, atr_mult_target: 0.5 } } } },
    })
    expect(near.outcome).toMatchObject({ trade: false, stopped_by: 'reward_to_risk' })
  })

  it('shows the momentum gate when it is tried, on the column named', async () => {
    const execution = { momentum_gate: true, momentum_min: 1000, momentum_column: 'close' }
    const reply = await explain({ model_id: daily, signal_id: signals[0]!.id, what_if: { execution } })
    const { close, side } = signals[0]!
    expect(stepOf(reply, 'momentum')).toMatchObject({
      ...{ value: close, limit: side === 'buy' ? 1000 : -1000, from: 'what_if' },
      effect: side === 'buy' && close >= 1000 ? 'passes' : 'stops',
    })
    const { status, body } = await request<{ error: { message: string } }>(
      host,
      'POST',
      '/policy/explain_row',
      {
        ...{ model_id: daily, what_if: { execution: { momentum_gate: true, momentum_column: 'clothes' } } },
      },
    )
    expect(status).toBe(400)
    expect(body.error.message).toContain('momentum_column clothes is not a column')
  })

  it('picks the contract of an options model as the overlay does, and tells why there is none', async () => {
    const [signal] = optionSignals.filter(({ date }) => date === '2024-06-07')
    const reply = await explain({ model_id: hourly, signal_id: signal!.id })
    const overlay = await request<ReplyOf<'createOptionsOverlay'>>(host, 'POST', '/options_overlay', {
      ...{ model_id: hourly, date: '2024-06-07' },
    })
    const row = overlay.body.rows.find(({ signal_id }) => signal_id === signal!.id)
    const skipped = overlay.body.skipped.find(({ signal_id }) => signal_id === signal!.id)
    const step = stepOf(reply, 'contract')
    expect(step.value).toBe(row?.occ_symbol ?? null)
    expect(step.note).toBe(skipped?.reason ?? null)
    if (row) expect(reply.outcome.order!.contract!.entry_premium_est).toBeCloseTo(row.entry_premium_est!, 9)
    const none = await explain({
      ...{ model_id: hourly, signal_id: signal!.id },
      what_if: { execution: { options: { selection: { min_oi: 100_000_000 } } } },
    })
    expect(none.outcome).toMatchObject({ trade: false, stopped_by: 'contract' })
    expect(none.outcome.reason).toContain('low open interest')
  })

  it('says what it cannot find', async () => {
    const refusal = async (body: object) => {
      const answer = await request<{ error: { message: string } }>(host, 'POST', '/policy/explain_row', body)
      return answer.body.error.message
    }
    expect(await refusal({ model_id: 'spy_eq_swing_daily' })).toContain('no trained artifact')
    expect(await refusal({ model_id: daily, ts: '2016-12-25T12:00:00Z' })).toContain('the nearest is')
    expect(await refusal({ model_id: daily, ts: 'yesterday' })).toContain('ts must be a time')
    expect(await refusal({ model_id: daily, signal_id: 999_999 })).toContain('has no signal 999999')
  })
})

describe('a model trained from a row with thresholds per hour', () => {
  it('signals by them, and its training, its explanations and its signals name the one that applies', async () => {
    const run = await request<ReplyOf<'runBacktest'>>(host, 'POST', '/backtest', {
      ...{ model_id: hourly, thresholds: '0.50,0.51,0.52,0.54', allowed_hours: '10,11,12,13,14', splits: 3 },
      per_hour_thresholds: true,
    })
    const { config, lineage, folds } = run.body.result
    const ofFolds = folds.filter(({ skipped }) => skipped === null).map((fold) => fold.thresholds_by_hour!)
    for (const each of ofFolds) expect(Object.keys(each)).toEqual(['10', '11', '12', '13', '14'])
    const jobs = [{ model_id: hourly, config, lineage, override: true, tag: 'by hour' }]
    const queued = await request<ReplyOf<'trainBatch'>>(host, 'POST', '/train/batch', { jobs })
    const { rows } = await until<ReplyOf<'listTrainJobs'>>(host, '/train/jobs', (body) =>
      body.rows.every(({ status }) => status === 'completed' || status === 'failed'),
    )
    const { metrics, error } = rows.find(({ job_id }) => job_id === queued.body.job_ids[0])!
    expect(error).toBeNull()
    const byHour = metrics.thresholds_by_hour!
    expect(Object.keys(byHour)).toEqual(['10', '11', '12', '13', '14'])
    expect(new Set(Object.values(byHour)).size).toBeGreaterThan(1)

    const newest = { model_id: hourly, start: '2024-06-03', end: '2024-06-28' }
    const { body } = await request<Signals>(host, 'POST', '/signals/generate', newest)
    expect(body.count).toBeGreaterThan(0)
    for (const { hour_et, threshold, score_total } of body.rows) {
      expect(threshold).toBe(byHour[String(hour_et)])
      expect(Math.max(score_total, 1 - score_total)).toBeGreaterThanOrEqual(threshold)
    }
    const [signal] = body.rows
    const step = stepOf(await explain({ model_id: hourly, signal_id: signal!.id }), 'threshold')
    expect(step).toMatchObject({ limit: signal!.threshold, effect: 'passes', from: 'artifact' })
    expect(step.note).toContain(
      `the threshold of hour ${signal!.hour_et}; ${metrics.threshold} holds in hours`,
    )
  }, 60_000)
})

describe('GET /models/:model_id/performance', () => {
  type Performance = ReplyOf<'getModelPerformance'>
  const performanceOf = async (query = '') =>
    (await request<Performance>(host, 'GET', `/models/${daily}/performance${query}`)).body

  /** Rows of a matrix by date, as its CSV has them. */
  function readRows(uri: string): Record<string, string>[] {
    const [header = [], ...lines] = readFileSync(join(root, uri), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    return lines.map((line) => Object.fromEntries(line.map((value, i) => [header[i]!, value])))
  }

  it('measures drift of every feature of the backtest over all rows that were decided, as its CSV gives it', async () => {
    const { live, backtest } = await performanceOf()
    const run = await request<ReplyOf<'getBacktestRun'>>(
      ...[host, 'GET' as const, `/backtest_runs/${backtest!.backtest_run_id}`],
    )
    const { row, folds } = { row: run.body.run, folds: run.body.folds }
    const rows = readRows(`matrices/by-sha/${row.lineage.matrix_sha}.csv`)
    const first = folds
      .map((fold) => fold.test_start!)
      .sort()[0]!
      .slice(0, 10)
    const tested = rows.filter(({ date }) => date! >= first)
    const decided = rows.filter(({ date }) => date! >= '2016-01-04' && date! <= '2016-12-30')
    expect(live.drift.rows).toBe(decided.length)
    expect(live.drift.score.psi).toBeGreaterThan(0)
    expect(live.drift.features.length).toBeGreaterThan(5)
    for (const { feature, psi, missing_live } of live.drift.features) {
      expect(missing_live).toBe(0)
      const before = tested.map((each) => Number(each[feature])).sort((a, b) => a - b)
      const edges = [
        ...new Set(Array.from({ length: 9 }, (_, i) => before[Math.floor(((i + 1) * before.length) / 10)]!)),
      ]
      const sharesOf = (values: number[]) =>
        [...edges, Number.POSITIVE_INFINITY].map((edge, i) => {
          const inside = values.filter((value) => value < edge && (i === 0 || value >= edges[i - 1]!))
          return Math.max(inside.length / values.length, 1e-4)
        })
      const now = sharesOf(decided.map((each) => Number(each[feature])))
      const expected = sharesOf(before).reduce((sum, p, i) => sum + (now[i]! - p) * Math.log(now[i]! / p), 0)
      expect(psi, feature).toBeCloseTo(expected, 9)
    }
    const order = live.drift.features.map(({ psi, usual }) => psi! - (usual ?? 0))
    expect(order).toEqual([...order].sort((a, b) => b - a))
  })

  it('says of too few rows that nothing is known', async () => {
    const { live } = await performanceOf('?start=2016-12-20&end=2016-12-30')
    expect(live.drift.score).toEqual({ psi: null, usual: null, level: 'unknown' })
    expect(live.drift.rows).toBe(8)
    expect(live.drift.features.every(({ level }) => level === 'unknown')).toBe(true)
  })
})

describe('GET /training_runs/:id/importance', () => {
  it('has gain and permutation of the features of a training', async () => {
    const { body } = await request<ReplyOf<'getTrainingImportance'>>(
      ...[host, 'GET' as const, `/training_runs/${trainingRunId}/importance`],
    )
    expect(body.model_id).toBe(daily)
    expect(body.rows.length).toBeGreaterThan(5)
    for (const { gain, permutation, permutation_std } of body.rows) {
      expect(gain).toBeGreaterThanOrEqual(0)
      expect(Number.isFinite(permutation) && permutation_std! >= 0).toBe(true)
    }
    const unknown = await request(host, 'GET', '/training_runs/999999/importance')
    expect(unknown.status).toBe(404)
  })
})
