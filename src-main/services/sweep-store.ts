import type { JobRunContext } from '#main/jobs/job-runner.ts'
import type { PackedFile } from '#shared/jobs/pack-details.ts'
import type { ServiceContext } from './context.ts'
import type { Evaluated } from './evaluated.ts'
import { type Basis, describeRun, type Judgeable, type Judged } from './judgement.ts'
import { detailOf, packDetails, writePacked } from './run-detail.ts'
import type { GridPoint, RunPlan } from './run-plan.ts'

/** Configurations of a sweep with their details, packed unless they are stored already. */
interface Packed {
  evaluated: readonly Evaluated[]
  fresh: readonly Evaluated[]
  files: PackedFile[]
}

/** The end of the job is synced; rows that a power cut took are evaluated again when the sweep goes on. */
const unsynced = { synced: false }

/** The rows of a sweep in the ledger, some at a time in one transaction each. */
export function createSweepStore(
  context: Pick<ServiceContext, 'ledger' | 'root' | 'clock'>,
  sweepId: number,
  { plan, grid }: { plan: RunPlan; grid: readonly GridPoint[] },
) {
  const { ledger, root } = context
  const started_at = context.clock()
  const places = new Map(grid.map((point, position) => [point, position]))
  const stored = ledger.sweeps.runsByKey(sweepId)
  return {
    async pack(evaluated: readonly Evaluated[], job: Pick<JobRunContext, 'run'>): Promise<Packed> {
      const fresh = evaluated.filter(({ configKey }) => !stored.has(configKey))
      const details = fresh.map((each) => detailOf(plan, each))
      return { evaluated, fresh, files: await packDetails(details, job) }
    },
    /** Adds what is not there yet. */
    async add({ fresh, files }: Packed, judgeOf: (each: Evaluated) => Judged): Promise<void> {
      const uris = await writePacked(root, files)
      ledger.transaction(() => {
        for (const [i, each] of fresh.entries()) {
          const run = describeRun(context, plan, each, judgeOf(each), {
            kind: 'sweep',
            sweep: { id: sweepId, position: places.get(each.point)! },
            params: { ...each.point },
            started_at,
            detail_uri: uris[i]!,
          })
          stored.set(each.configKey, ledger.backtestRuns.add(run))
        }
      }, unsynced)
    },
    judgeAgain(
      rows: readonly { configKey: string; basis: Basis }[],
      judgeOf: (each: Judgeable) => Judged,
    ): void {
      ledger.transaction(() => {
        for (const { configKey, basis } of rows) {
          const id = stored.get(configKey)!
          ledger.backtestRuns.setFigures(id, judgeOf({ ...basis, ...ledger.backtestRuns.figuresOf(id) }))
        }
      }, unsynced)
    },
  }
}
