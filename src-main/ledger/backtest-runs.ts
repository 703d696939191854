import type { FoldReport, RunMetrics } from '#shared/contract/metrics.ts'
import type { ConfigTuple, Gate, GateCheck, Lineage, RiskProfile } from '#shared/contract/schemas.ts'
import { SigmaError } from '#shared/errors.ts'
import { fromJson, toJson } from './json-column.ts'
import { createLeaderboard } from './leaderboard.ts'
import {
  type LeaderboardRow,
  leaderboardColumns,
  leaderboardRow,
  type StoredLeaderboardRow,
} from './leaderboard-row.ts'
import { bit, type Clock, type Query, type Value } from './query.ts'
import type { NewTrial, Trials } from './trials.ts'

type Metrics = Partial<RunMetrics>

export interface NewBacktestRun {
  model_id: string
  pack_id: string
  ticker: string | null
  /** With its place among the sweep's configurations, from 0. */
  sweep: { id: number; position: number } | null
  kind: 'backtest' | 'sweep'
  status: 'completed' | 'failed'
  tag: string | null
  simulated: boolean
  /** Identity of the evaluated configuration: once per sweep. */
  config_key: string
  config: ConfigTuple
  params: Record<string, unknown>
  metrics: Metrics
  gate: Gate
  checks: GateCheck[]
  lineage: Lineage
  best_sharpe_hourly: number | null
  best_cum_ret: number | null
  spark: number[]
  /** Workspace path of the file with equity, trades and hours. */
  detail_uri: string | null
  folds: FoldReport[]
  trial: Pick<NewTrial, 'daily_returns' | 'sharpe_daily'> | null
  started_at: string
  finished_at: string
}

export interface BacktestRun {
  row: LeaderboardRow
  kind: string
  status: string
  config_key: string
  params: Record<string, unknown>
  detail_uri: string | null
  folds: FoldReport[]
  finished_at: string
}

const columns = `model_id, pack_id, ticker, sweep_id, kind, status, tag, simulated, config_key, config, params, metrics, gate_pass,
  gate_reasons, checks, lineage, matrix_sha, config_sha, policy_sha, risk_profile, risk_sha, best_sharpe_hourly,
  best_cum_ret, sharpe_order, sharpe_hourly_order, cum_ret_order, score_order, dsr_order, spark, detail_uri, started_at, finished_at, created_at`
const insertion = `INSERT INTO backtest_runs (${columns}) VALUES (${columns
  .split(',')
  .map(() => '?')
  .join(', ')})`

/** Backtest runs, a sweep's configurations included. */
export function createBacktestRuns(query: Query, clock: Clock, trials: Trials) {
  const { all, get, run, transaction } = query
  const leaderboard = createLeaderboard(query)
  const rowsOf = (sql: string, ...values: Value[]): LeaderboardRow[] =>
    all<StoredLeaderboardRow>(`SELECT ${leaderboardColumns} ${sql}`, ...values).map(leaderboardRow)

  return {
    /**
     * Stores a run with its folds, its trial and its place in a sweep, all or nothing, and returns its id. A configuration that
     * the sweep already holds is left as it is and its id returned.
     */
    add(entry: NewBacktestRun): number {
      return transaction(() => {
        const { sweep } = entry
        const known = sweep && runOfSweep(sweep.id, entry.config_key)
        if (known) return known
        const id = run(insertion, ...valuesOf(entry, clock())).id
        for (const fold of entry.folds) {
          run(
            'INSERT INTO backtest_folds (run_id, fold, report) VALUES (?, ?, ?)',
            id,
            fold.fold,
            toJson(fold),
          )
        }
        if (entry.trial) {
          const { model_id, config_key, lineage } = entry
          trials.add({ model_id, config_key, matrix_sha: lineage.matrix_sha, ...entry.trial })
        }
        if (sweep) {
          run(
            `INSERT INTO sweep_results (sweep_id, position, config_key, backtest_run_id, created_at) VALUES (?, ?, ?, ?, ?)`,
            sweep.id,
            sweep.position,
            entry.config_key,
            id,
            clock(),
          )
        }
        leaderboard.changed()
        return id
      })
    },
    get(id: number): BacktestRun | undefined {
      const stored = get<StoredLeaderboardRow & StoredExtras>(
        `SELECT ${leaderboardColumns}, kind, status, config_key, params, detail_uri, finished_at
         FROM backtest_runs r WHERE id = ?`,
        id,
      )
      if (!stored) return undefined
      return {
        row: leaderboardRow(stored),
        kind: stored.kind,
        status: stored.status,
        config_key: stored.config_key,
        params: fromJson(stored.params),
        detail_uri: stored.detail_uri,
        finished_at: stored.finished_at,
        folds: foldsOf(id),
      }
    },
    /** What a verdict on a run that was judged before rests on. */
    figuresOf(id: number): { metrics: RunMetrics; folds: FoldReport[] } {
      const run = get<{ metrics: string }>('SELECT metrics FROM backtest_runs WHERE id = ?', id)
      if (!run) throw new SigmaError('NOT_FOUND', `backtest run ${id} does not exist`)
      return { metrics: fromJson(run.metrics), folds: foldsOf(id) }
    },
    /** Figures that later trials change (dsr, trials, score) and the gate that rests on them. */
    setFigures(id: number, figures: { metrics: Metrics; gate: Gate; checks: GateCheck[] }): void {
      const { metrics, gate, checks } = figures
      const { changes } = run(
        `UPDATE backtest_runs SET metrics = ?, gate_pass = ?, gate_reasons = ?, checks = ?,
         sharpe_order = ?, score_order = ?, dsr_order = ? WHERE id = ?`,
        toJson(metrics),
        bit(gate.pass),
        toJson(gate.reasons),
        toJson(checks),
        rank(metrics.sharpe),
        rank(metrics.score),
        rank(metrics.dsr),
        id,
      )
      if (changes === 0) throw new SigmaError('NOT_FOUND', `backtest run ${id} does not exist`)
      leaderboard.changed()
    },
    /** The deflated ratio alone: where no gate rests on it, five of seven indexes need not be touched. */
    setDeflated(id: number, metrics: Metrics): void {
      run(
        'UPDATE backtest_runs SET metrics = ?, dsr_order = ? WHERE id = ?',
        toJson(metrics),
        rank(metrics.dsr),
        id,
      )
      leaderboard.changed()
    },
    /** Some of the runs of a model that were judged among fewer trials. */
    judgedAmongFewer(model_id: string, trials: number, limit: number) {
      return all<{ id: number; metrics: string; checks: string }>(
        `SELECT id, metrics, checks FROM backtest_runs
         WHERE model_id = ? AND coalesce(json_extract(metrics, '$.trials'), 0) < ? LIMIT ?`,
        model_id,
        trials,
        limit,
      ).map(({ id, metrics, checks }) => ({
        id,
        metrics: { sharpe: null, sharpe_se: null, ...fromJson<Metrics>(metrics) },
        checks: fromJson<GateCheck[]>(checks),
      }))
    },
    leaderboard: leaderboard.page,
    verdictsOf: leaderboard.verdictsOf,
    /** The newest completed runs of a pack under a profile, with what judging them again needs. */
    judged(packId: string, profile: RiskProfile, limit: number) {
      const clause = `FROM backtest_runs WHERE pack_id = ? AND risk_profile = ? AND status = 'completed'`
      const rows = all<{ id: number; metrics: string; checks: string; gate_pass: number }>(
        `SELECT id, metrics, checks, gate_pass ${clause} ORDER BY id DESC LIMIT ?`,
        ...[packId, profile, limit],
      ).map(({ id, metrics, checks, gate_pass }) => ({
        id,
        metrics: fromJson<Metrics>(metrics),
        checks: fromJson<GateCheck[]>(checks),
        pass: gate_pass === 1,
      }))
      return { rows, total: get<{ n: number }>(`SELECT count(*) AS n ${clause}`, packId, profile)?.n ?? 0 }
    },
    /** Completed runs of each model and profile, and how many of them passed their gate. */
    countByProfile: () =>
      all<{ model_id: string; risk_profile: string; runs: number; passing: number }>(
        `SELECT model_id, risk_profile, count(*) AS runs, sum(gate_pass) AS passing FROM backtest_runs
         INDEXED BY backtest_runs_by_model WHERE status = 'completed' GROUP BY model_id, risk_profile`,
      ),
    /** Rows of a sweep in the order of its configurations. */
    ofSweep(sweep_id: number, limit: number, offset: number): { rows: LeaderboardRow[]; total: number } {
      const rows = rowsOf(
        `FROM sweep_results s JOIN backtest_runs r ON r.id = s.backtest_run_id
         WHERE s.sweep_id = ? ORDER BY s.position, r.id LIMIT ? OFFSET ?`,
        sweep_id,
        limit,
        offset,
      )
      const count = get<{ n: number }>(
        'SELECT count(backtest_run_id) AS n FROM sweep_results WHERE sweep_id = ?',
        sweep_id,
      )
      return { rows, total: count?.n ?? 0 }
    },
    newestOfSweep: (sweep_id: number, limit: number): LeaderboardRow[] =>
      rowsOf('FROM backtest_runs r WHERE r.sweep_id = ? ORDER BY r.id DESC LIMIT ?', sweep_id, limit),
    /** The newest run of a configuration as a client names it: by its tuple and lineage; what the lineage leaves out matches any. */
    findByConfig(wanted: {
      model_id: string
      config: ConfigTuple
      lineage: Lineage
    }): LeaderboardRow | undefined {
      const { config, lineage } = wanted
      return rowsOf(
        `FROM backtest_runs r WHERE r.model_id = ? AND r.matrix_sha = ? AND r.risk_sha = ? AND r.risk_profile = ?
         AND coalesce(?, r.config_sha) IS r.config_sha AND coalesce(?, r.policy_sha) IS r.policy_sha
         AND r.config ->> 'kind' = ? AND r.config ->> 'value' = ? AND coalesce(r.config ->> 'allowed_hours', '') = ?
         AND coalesce(?, r.config ->> 'splits') IS r.config ->> 'splits' ORDER BY r.id DESC LIMIT 1`,
        wanted.model_id,
        lineage.matrix_sha,
        lineage.risk_sha,
        lineage.risk_profile,
        lineage.config_sha ?? null,
        lineage.policy_sha ?? null,
        config.kind,
        config.value,
        config.allowed_hours ?? '',
        config.splits ?? null,
      )[0]
    },
    latestFor: (model_id: string): LeaderboardRow | undefined =>
      rowsOf('FROM backtest_runs r WHERE r.model_id = ? ORDER BY r.id DESC LIMIT 1', model_id)[0],
  }

  function foldsOf(run_id: number): FoldReport[] {
    const sql = 'SELECT report FROM backtest_folds WHERE run_id = ? ORDER BY fold'
    return all<{ report: string }>(sql, run_id).map(({ report }) => fromJson(report))
  }

  function runOfSweep(sweep_id: number, config_key: string): number | undefined {
    const sql = 'SELECT id FROM backtest_runs WHERE sweep_id = ? AND config_key = ?'
    return get<{ id: number }>(sql, sweep_id, config_key)?.id
  }
}

interface StoredExtras {
  kind: string
  status: string
  config_key: string
  params: string
  detail_uri: string | null
  finished_at: string
}

const finite = (value: number | null | undefined): number | null =>
  Number.isFinite(value) ? (value as number) : null

/** What a figure is ordered by, ascending: the highest first, a missing one last. */
const rank = (value: number | null | undefined): number => -(finite(value) ?? Number.NEGATIVE_INFINITY)

/** In the order of `columns`. */
function valuesOf(entry: NewBacktestRun, created_at: string): Value[] {
  const { metrics, gate, lineage } = entry
  return [
    entry.model_id,
    entry.pack_id,
    entry.ticker,
    entry.sweep?.id ?? null,
    entry.kind,
    entry.status,
    entry.tag,
    bit(entry.simulated),
    entry.config_key,
    toJson(entry.config),
    toJson(entry.params),
    toJson(metrics),
    bit(gate.pass),
    toJson(gate.reasons),
    toJson(entry.checks),
    toJson(lineage),
    lineage.matrix_sha,
    lineage.config_sha ?? null,
    lineage.policy_sha ?? null,
    lineage.risk_profile,
    lineage.risk_sha,
    finite(entry.best_sharpe_hourly),
    finite(entry.best_cum_ret),
    rank(metrics.sharpe),
    rank(entry.best_sharpe_hourly),
    rank(entry.best_cum_ret),
    rank(metrics.score),
    rank(metrics.dsr),
    toJson(entry.spark),
    entry.detail_uri,
    entry.started_at,
    entry.finished_at,
    created_at,
  ]
}
