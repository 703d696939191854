import type { JobProgress, JobSpec } from '#shared/jobs/define.ts'
import type { Priority } from './waiting-line.ts'

/** What a running job may do. */
export interface JobRunContext {
  job_id: number
  /** 1 at first, 2 after a crash: work that is stored already is then to be left out. */
  attempt: number
  signal: AbortSignal
  cancelled: () => boolean
  /** Throws CANCELED once a cancel was asked for. */
  checkpoint: () => void
  report: (progress: JobProgress) => void
  /** Computes in a worker; its progress becomes the job's unless `report` says otherwise. */
  run: <I, R>(
    spec: JobSpec<I, R>,
    input: I,
    options?: { report?: (progress: JobProgress) => void },
  ) => Promise<R>
  /** Work on the ledger to be done in the transaction that completes the job, and not at all if it does not complete. */
  commit: (work: () => void) => void
}

export interface JobKind<I, R> {
  title: string | ((input: I) => string)
  run: (input: I, job: JobRunContext) => Promise<R>
  /** How many of the kind run at once; 2 unless said. */
  maxConcurrent?: number
  /** Name of the quota that overrides it, for each user. */
  quota?: string
}

export interface SubmitOptions {
  subject?: Record<string, unknown>
  priority?: Priority
  title?: string
  /** Stores what belongs to the job in the transaction that queues it. */
  commit?: (job_id: number) => void
}
