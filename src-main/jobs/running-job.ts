import type { StoredJob } from '#main/ledger/jobs.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { SigmaError } from '#shared/errors.ts'
import { asUser, type UserId } from './asking-user.ts'
import type { Executor } from './executor.ts'
import type { JobRunContext } from './job-types.ts'
import { createProgressMeter } from './progress-meter.ts'

export type Outcome =
  | { ok: true; result: unknown; commits: (() => void)[] }
  | { ok: false; error: unknown; wasCanceled: boolean }

export interface RunningJob {
  kind: string
  user_id: UserId
  /** Never rejects. */
  outcome: Promise<Outcome>
  progress: () => JobRow['progress']
  /** Asks the job to stop and resolves when it has an outcome; after the grace that is CANCELED whatever the job still does. */
  cancel: (graceMs: number) => Promise<void>
  stop: () => void
}

interface Start {
  job: StoredJob
  attempt: number
  executor: Executor
  work: (input: never, context: JobRunContext) => Promise<unknown>
  tell: () => void
}

/** Sets the work of a job going and holds what can be asked of it meanwhile. */
export function createRunningJob({ job, attempt, executor, work, tell }: Start): RunningJob {
  const abort = new AbortController()
  const meter = createProgressMeter(tell)
  const commits: (() => void)[] = []
  const givenUp = Promise.withResolvers<Outcome>()
  const canceled = () => new SigmaError('CANCELED', `${job.row.title} was canceled`)
  const priority = job.priority > 0 ? 'interactive' : 'batch'

  const context: JobRunContext = {
    job_id: job.id,
    attempt,
    signal: abort.signal,
    cancelled: () => abort.signal.aborted,
    checkpoint: () => {
      if (abort.signal.aborted) throw canceled()
    },
    report: meter.report,
    run: (spec, input, { report = meter.report } = {}) =>
      executor.run(spec, input, { signal: abort.signal, report, priority }),
    commit: (each) => void commits.push(each),
  }

  async function go(): Promise<Outcome> {
    try {
      return { ok: true, result: await asUser(job.user_id, () => work(job.input as never, context)), commits }
    } catch (error) {
      return { ok: false, error, wasCanceled: abort.signal.aborted }
    }
  }

  const outcome = Promise.race([go(), givenUp.promise])
  return {
    kind: job.row.kind,
    user_id: job.user_id,
    outcome,
    progress: () => meter.current,
    async cancel(graceMs) {
      abort.abort()
      const timer = setTimeout(
        () => givenUp.resolve({ ok: false, error: canceled(), wasCanceled: true }),
        graceMs,
      )
      await outcome
      clearTimeout(timer)
    },
    stop: meter.stop,
  }
}
