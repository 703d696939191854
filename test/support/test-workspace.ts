import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEvents, type Events } from '#main/jobs/events.ts'
import { createJobRunner, type JobRunner } from '#main/jobs/job-runner.ts'
import { type Duck, openDuck } from '#main/lake/duck.ts'
import { createLake, type Lake } from '#main/lake/lake.ts'
import { emptyBars } from '#main/lake/resample-bars.ts'
import { createLedger, type Ledger } from '#main/ledger/ledger.ts'
import { createPackStore } from '#main/pack-store/pack-store.ts'
import type { PackStore } from '#main/pack-store/types.ts'
import { createMatrixStore, type MatrixStore } from '#main/services/matrix-store.ts'
import { openWorkspace } from '#main/workspace/workspace.ts'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'

export interface TestWorkspace {
  root: string
  ledger: Ledger
  packStore: PackStore
  lake: Lake
  duck: Duck
  matrixStore: MatrixStore
  runner: JobRunner
  events: Events
  clock: () => string
  close: () => Promise<void>
}

/** A workspace in a temporary folder with the shipped packs, an empty lake and a job runner without worker threads. */
export async function openTestWorkspace(): Promise<TestWorkspace> {
  const root = await mkdtemp(join(tmpdir(), 'sigma-workspace-'))
  const clock = () => new Date().toISOString()
  const repository = new URL('../../', import.meta.url).pathname
  const workspace = await openWorkspace(root, { packsSource: join(repository, 'packs'), clock })
  const migrationsDir = join(repository, 'src-main/ledger/migrations')
  const ledger = createLedger({ path: workspace.paths.ledger, migrationsDir, clock })
  const packStore = createPackStore({ root, watching: false })
  const duck = await openDuck()
  const events = createEvents({ log: ledger.events, clock })
  const executor = { run: () => Promise.reject(new Error('no worker threads here')), close: async () => {} }
  const runner = createJobRunner({ ledger, executor, events, clock })
  return {
    root,
    ledger,
    packStore,
    lake: createLake(root, duck),
    duck,
    matrixStore: createMatrixStore(root, duck, ledger),
    runner,
    events,
    clock,
    async close() {
      await runner.close()
      packStore.close()
      ledger.close()
      duck.close()
      workspace.close()
      await rm(root, { recursive: true })
    },
  }
}

/** Daily bars from a date on that rise by a point a session from 100. */
export function risingDays(firstDate: string, count: number) {
  const bars = emptyBars(count)
  const first = sessionOfDate(firstDate)
  for (let i = 0; i < count; i++) {
    bars.session[i] = first + i
    bars.openTs[i] = sessionOpen[first + i]!
    bars.ts[i] = sessionClose[first + i]!
    bars.open[i] = 100.5 + i
    bars.high[i] = 102 + i
    bars.low[i] = 99 + i
    bars.close[i] = 101 + i
    bars.volume[i] = 1000
    bars.vwap[i] = Number.NaN
  }
  return bars
}
