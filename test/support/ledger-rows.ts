import { join } from 'node:path'
import type { NewBacktestRun } from '#main/ledger/backtest-runs.ts'
import type { Ledger } from '#main/ledger/ledger.ts'

export const migrationsDir = join(import.meta.dirname, '../../src-main/ledger/migrations')

/** A clock that starts at 2024-01-01 and goes on by a second at each look. */
export function tickingClock(): () => string {
  let now = Date.UTC(2024, 0, 1)
  return () => {
    now += 1000
    return new Date(now).toISOString()
  }
}

/** A stored sweep to hang runs on. */
export function addSweep(ledger: Ledger, identity_sha = 'identity'): number {
  return ledger.sweeps.add({
    identity_sha,
    pack_id: 'zerosigma',
    model_id: 'm',
    tag: 'demo',
    risk_profile: 'balanced',
    matrix_sha: 'a'.repeat(64),
    total: 3,
    spec: { splits: 5 },
  })
}

/** A run with the given differences from an ordinary one. */
export function backtestRun(changes: Partial<NewBacktestRun> = {}): NewBacktestRun {
  return {
    model_id: 'm',
    pack_id: 'zerosigma',
    ticker: 'SPY',
    sweep: null,
    kind: 'backtest',
    status: 'completed',
    tag: null,
    simulated: true,
    config_key: 'key',
    config: { kind: 'thr', value: '0.55', allowed_hours: '13,14', splits: 5 },
    params: { slippage_bps: 1 },
    metrics: { sharpe: 1.5, cum_return: 0.1, trades: 80 },
    gate: { pass: true, reasons: [] },
    checks: [],
    lineage: {
      matrix_sha: 'a'.repeat(64),
      config_sha: null,
      policy_sha: null,
      risk_profile: 'balanced',
      risk_sha: 'b'.repeat(64),
    },
    best_sharpe_hourly: 1.2,
    best_cum_ret: 0.2,
    spark: [1, 1.1],
    detail_uri: 'reports/x.json',
    folds: [],
    trial: null,
    started_at: '2024-01-01T00:00:00.000Z',
    finished_at: '2024-01-01T00:00:01.000Z',
    ...changes,
  }
}
