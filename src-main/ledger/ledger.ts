import { statSync } from 'node:fs'
import { replaceAtomic } from '#main/workspace/atomic-file.ts'
import { createArtifacts } from './artifacts.ts'
import { createAuditLog } from './audit-log.ts'
import { createBacktestRuns } from './backtest-runs.ts'
import { createBuildRuns } from './build-runs.ts'
import { ownCheckpointPages } from './checkpoints.ts'
import { createEventLog } from './events.ts'
import { createIdempotencyKeys } from './idempotency-keys.ts'
import { createImports } from './imports.ts'
import { createJobs } from './jobs.ts'
import { createLiveRows } from './live-rows.ts'
import { createMatrices } from './matrices.ts'
import { migrate, migrationNames } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { createOptionSignals } from './option-signals.ts'
import { type Clock, createQuery } from './query.ts'
import { createRiskProfiles } from './risk-profiles.ts'
import { createSelections } from './selections.ts'
import { createFlags, createQuotas } from './settings.ts'
import { createSignals } from './signals.ts'
import { createSweeps } from './sweeps.ts'
import { createSync } from './sync.ts'
import { createTemplateDrafts } from './template-drafts.ts'
import { createTrainJobs } from './train-jobs.ts'
import { createTrainingRuns } from './training-runs.ts'
import { createTrials } from './trials.ts'
import { createUsers } from './users.ts'
import { createViews } from './views.ts'

export interface LedgerOptions {
  path: string
  migrationsDir: string
  /** Now, ISO 8601 UTC with Z. */
  clock: Clock
  /** Whether `startCheckpoints` looks after the log. */
  isHelped?: boolean
}

export interface LedgerCounts {
  matrices: number
  sweeps: number
  runs: number
  passing: number
  /** Models with a training run. */
  trained: number
  signals: number
}

export type Ledger = ReturnType<typeof createLedger>

/** Opens the ledger, brings its schema up to date, and gives one repository per table group over one connection. */
export function createLedger({ path, migrationsDir, clock, isHelped = false }: LedgerOptions) {
  const db = openDatabase(path, ownCheckpointPages[isHelped ? 'helped' : 'alone'])
  let schema: number
  try {
    schema = migrate(db, migrationsDir, clock())
  } catch (error) {
    db.close()
    throw error
  }
  const query = createQuery(db)
  const trials = createTrials(query, clock)
  const pragma = (name: string): number =>
    Number(Object.values(query.get<Record<string, number>>(`PRAGMA ${name}`) ?? {})[0])
  /** What a check of SQLite finds wrong, empty if nothing. */
  const faultsOf = (check: string): string[] => {
    const found = query.all<Record<string, string>>(`PRAGMA ${check}`).flatMap(Object.values<string>)
    return found.length === 1 && found[0] === 'ok' ? [] : found
  }
  return {
    path,
    schema,
    migrations: migrationNames(migrationsDir, schema),
    matrices: createMatrices(query, clock),
    buildRuns: createBuildRuns(query, clock),
    backtestRuns: createBacktestRuns(query, clock, trials),
    trials,
    sweeps: createSweeps(query, clock),
    trainJobs: createTrainJobs(query),
    trainingRuns: createTrainingRuns(query, clock),
    artifacts: createArtifacts(query, clock),
    selections: createSelections(query, clock),
    signals: createSignals(query, clock),
    liveRows: createLiveRows(query),
    optionSignals: createOptionSignals(query, clock),
    jobs: createJobs(query, clock),
    events: createEventLog(query),
    audit: createAuditLog(query, clock),
    users: createUsers(query, clock),
    views: createViews(query, clock),
    riskProfiles: createRiskProfiles(query, clock),
    quotas: createQuotas(query, clock),
    flags: createFlags(query, clock),
    templateDrafts: createTemplateDrafts(query, clock),
    imports: createImports(query, clock),
    sync: createSync(query, clock),
    idempotency: createIdempotencyKeys(query, clock),
    /** All of `work` or nothing of it; repository calls inside take part. */
    transaction: query.transaction,
    stats: () =>
      query.get<LedgerCounts>(
        `SELECT (SELECT count(*) FROM matrices) AS matrices, (SELECT count(*) FROM sweeps) AS sweeps,
         (SELECT count(*) FROM backtest_runs) AS runs, (SELECT count(*) FROM backtest_runs WHERE gate_pass = 1) AS passing,
         (SELECT count(DISTINCT model_id) FROM training_runs) AS trained, (SELECT count(*) FROM signals) AS signals`,
      ) as LedgerCounts,
    /** What SQLite finds wrong, empty if nothing. */
    integrityCheck: () => faultsOf('integrity_check'),
    /** The same without looking into indexes, its first ten faults: quick enough to ask while people work. */
    quickCheck: () => faultsOf('quick_check(10)'),
    size() {
      const page_count = pragma('page_count')
      const page_size = pragma('page_size')
      const wal = path === ':memory:' ? undefined : statSync(`${path}-wal`, { throwIfNoEntry: false })
      return {
        bytes: page_count * page_size,
        wal_bytes: wal?.size ?? 0,
        page_count,
        page_size,
        free_pages: pragma('freelist_count'),
      }
    },
    /** Copies the ledger while it is in use; the copy appears whole or not at all. Returns its size in bytes. */
    async backup(to: string): Promise<number> {
      await db.backup(`${to}.partial`)
      await replaceAtomic(`${to}.partial`, to)
      return statSync(to).size
    },
    close(): void {
      if (!db.open) return
      db.pragma('optimize')
      db.close()
    },
  }
}
