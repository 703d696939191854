import { describe, expect, test } from 'vitest'
import { leaderboardRow } from '#main/ledger/leaderboard-row.ts'
import { addSweep, backtestRun } from '#test/ledger-rows.ts'
import { temporaryLedger } from '#test/temp-ledger.ts'

const fold = (number: number) => ({
  fold: number,
  train_start: '2023-01-03',
  train_end: '2023-06-30',
  test_start: '2023-07-03',
  test_end: '2023-09-29',
  train_rows: 800,
  test_rows: 400,
  purged_rows: 7,
  embargoed_rows: 0,
  skipped: null,
  threshold: 0.55,
  metrics: { sharpe: number },
})

describe('backtest runs', () => {
  test('come back as they were stored, folds included', () => {
    const ledger = temporaryLedger()
    const entry = backtestRun({ folds: [fold(0), fold(1)], tag: 'demo' })
    const id = ledger.backtestRuns.add(entry)
    expect(ledger.backtestRuns.get(id)).toEqual({
      row: {
        id: String(id),
        started_at: entry.started_at,
        created_at: expect.stringMatching(/^2024-01-01T00:00:\d\d\.000Z$/),
        model_id: 'm',
        pack_id: 'zerosigma',
        sweep_id: null,
        ticker: 'SPY',
        simulated: true,
        metrics: entry.metrics,
        config: entry.config,
        lineage: entry.lineage,
        gate: entry.gate,
        checks: [],
        best_sharpe_hourly: 1.2,
        best_cum_ret: 0.2,
        spark: [1, 1.1],
        tag: 'demo',
      },
      kind: 'backtest',
      status: 'completed',
      config_key: 'key',
      params: { slippage_bps: 1 },
      detail_uri: 'reports/x.json',
      folds: [fold(0), fold(1)],
      finished_at: entry.finished_at,
    })
  })

  test('of a sweep are stored once, however often the unit is repeated', () => {
    const ledger = temporaryLedger()
    const sweep = addSweep(ledger)
    const entry = backtestRun({ sweep: { id: sweep, position: 1 }, config_key: 'b' })
    const id = ledger.backtestRuns.add(entry)
    expect(ledger.backtestRuns.add({ ...entry, metrics: { sharpe: 9 } })).toBe(id)
    ledger.backtestRuns.add(backtestRun({ sweep: { id: sweep, position: 0 }, config_key: 'a' }))
    expect(ledger.stats().runs).toBe(2)
    expect([...ledger.sweeps.runsByKey(sweep).keys()].sort()).toEqual(['a', 'b'])
    expect(ledger.backtestRuns.ofSweep(sweep, 10, 0).rows.map((row) => Number(row.id))).toEqual([id + 1, id])
    expect(ledger.sweeps.results(sweep, 1, 1)).toMatchObject({
      total: 2,
      rows: [{ position: 1, kind: 'thr', backtest_run_id: id }],
    })
    expect(ledger.sweeps.get(sweep)).toMatchObject({ completed: 2, passed: 2, status: 'queued', error: null })
  })

  test('leave nothing behind when a part of them cannot be stored', () => {
    const ledger = temporaryLedger()
    const entry = backtestRun({
      folds: [fold(0), fold(0)],
      trial: { daily_returns: new Float64Array([0.01]), sharpe_daily: 1 },
    })
    expect(() => ledger.backtestRuns.add(entry)).toThrow(/UNIQUE/)
    expect(ledger.stats().runs).toBe(0)
    expect(ledger.trials.count('m')).toBe(0)
  })

  test('cannot point at a sweep that does not exist', () => {
    const ledger = temporaryLedger()
    expect(() => ledger.backtestRuns.add(backtestRun({ sweep: { id: 5, position: 0 } }))).toThrow(
      /FOREIGN KEY/,
    )
  })

  test('are found by configuration and lineage as a client names them', () => {
    const ledger = temporaryLedger()
    const { config, lineage } = backtestRun()
    const withSha = { ...lineage, config_sha: 'c'.repeat(64) }
    ledger.backtestRuns.add(backtestRun())
    const newest = ledger.backtestRuns.add(backtestRun({ lineage: withSha }))
    const find = (wanted: object) =>
      ledger.backtestRuns.findByConfig({ model_id: 'm', config, lineage, ...wanted })?.id
    expect(find({})).toBe(String(newest))
    expect(find({ config: { kind: 'thr', value: '0.55', allowed_hours: '13,14' } })).toBe(String(newest))
    expect(find({ lineage: withSha })).toBe(String(newest))
    expect(find({ lineage: { ...lineage, config_sha: 'd'.repeat(64) } })).toBeUndefined()
    expect(find({ lineage: { ...lineage, risk_profile: 'aggressive' } })).toBeUndefined()
    expect(find({ config: { ...config, value: '0.6' } })).toBeUndefined()
    expect(find({ config: { ...config, splits: 4 } })).toBeUndefined()
    expect(find({ config: { kind: 'thr', value: '0.55' } })).toBeUndefined()
    expect(find({ model_id: 'other' })).toBeUndefined()
  })

  test('take new figures when later trials change them', () => {
    const ledger = temporaryLedger()
    const id = ledger.backtestRuns.add(backtestRun())
    const gate = { pass: false, reasons: ['dsr_below_min'] }
    ledger.backtestRuns.setFigures(id, { metrics: { sharpe: 1.5, dsr: 0.4 }, gate, checks: [] })
    const { rows } = ledger.backtestRuns.leaderboard({ pass_gate: false }, 'dsr', 10, 0)
    expect(rows.map(leaderboardRow)).toMatchObject([{ id: String(id), gate, metrics: { dsr: 0.4 } }])
    expect(() => ledger.backtestRuns.setFigures(99, { metrics: {}, gate, checks: [] })).toThrow(
      'backtest run 99',
    )
  })
})

describe('trials', () => {
  const trial = {
    model_id: 'm',
    matrix_sha: 'x',
    config_key: 'k',
    daily_returns: new Float64Array([0.1, -0.2]),
    sharpe_daily: 0.5,
  }

  test('count each configuration of a matrix once and keep its returns to the bit', () => {
    const { trials } = temporaryLedger()
    const returns = new Float64Array([1, 0.1, 1 / 3, -0]).subarray(1)
    expect(trials.add({ ...trial, daily_returns: returns })).toBe(true)
    expect(trials.add(trial)).toBe(false)
    expect(trials.add({ ...trial, matrix_sha: 'y', sharpe_daily: Number.NaN })).toBe(true)
    expect(trials.add({ ...trial, model_id: 'other' })).toBe(true)
    expect(trials.count('m')).toBe(2)
    const [first, second] = trials.after('m', 0, 10)
    expect(first).toMatchObject({ matrix_sha: 'x', sharpe_daily: 0.5, daily_returns: returns.slice() })
    expect(second).toMatchObject({ matrix_sha: 'y', sharpe_daily: Number.NaN })
    expect(trials.after('m', 0, 1)).toEqual([first])
    expect(trials.after('m', first!.id, 10)).toEqual([second])
    expect(trials.after('unknown', 0, 10)).toEqual([])
  })

  test('outlive everything: the ledger refuses to delete one', async () => {
    const ledger = temporaryLedger()
    ledger.trials.add(trial)
    const { default: Database } = await import('better-sqlite3')
    const db = new Database(ledger.path)
    expect(() => db.exec('DELETE FROM trials')).toThrow('trials are never deleted')
    db.close()
  })
})
