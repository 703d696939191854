import type { JobError, StoredJob } from '#main/ledger/jobs.ts'
import type { Ledger } from '#main/ledger/ledger.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { SigmaError } from '#shared/errors.ts'
import { askingUser, type UserId } from './asking-user.ts'
import type { Events } from './events.ts'
import type { Executor } from './executor.ts'
import type { JobKind, SubmitOptions } from './job-types.ts'
import { limitsOf } from './quota-limits.ts'
import { createRunningJob, type Outcome, type RunningJob } from './running-job.ts'
import { createWaiters, type JobEnd } from './waiters.ts'

export type { JobKind, JobRunContext, SubmitOptions } from './job-types.ts'

export interface JobRunnerOptions {
  ledger: Ledger
  executor: Executor
  events: Events
  clock: () => string
}

export type JobRunner = ReturnType<typeof createJobRunner>

const mostAttempts = 2
/** A job that has not stopped by itself is given up this long after its cancel; the promise to the user is 2 s. */
const cancelGraceMs = 1600
const retryMs = 1000

/** Runs jobs by kind from the queue in the ledger, which outlives the host. */
export function createJobRunner(options: JobRunnerOptions) {
  const { ledger, executor, events, clock } = options
  /** Read anew at each use: an admin may change them at any time. */
  const quotas = (): Record<string, number> => limitsOf(ledger)
  const kinds = new Map<string, JobKind<never, unknown>>()
  const running = new Map<number, RunningJob>()
  const waiters = createWaiters()
  /** Ends that a full disk kept out of the ledger; written as soon as there is room. */
  const unsaved = new Map<number, JobEnd>()
  let isClosing = false
  let isPumpDue = false

  const announce = (id: number, transient = false): void => {
    try {
      events.publish({ type: 'job', data: { ...rowOf(id) }, transient })
    } catch {
      // An event is a courtesy: what it says is in the ledger, and a full disk must not take the runner down.
    }
  }

  function stored(id: number): StoredJob {
    const job = ledger.jobs.get(id)
    if (!job) throw new SigmaError('NOT_FOUND', `job ${id} does not exist`)
    return job
  }

  function withProgress({ id, row }: StoredJob): JobRow {
    const end = unsaved.get(id)
    if (end) return { ...row, status: end.status, error: end.error }
    const live = running.get(id)
    return live ? { ...row, progress: live.progress() } : row
  }
  const rowOf = (id: number): JobRow => withProgress(stored(id))

  function checkQueue(user: UserId): void {
    const limit = limitsOf(ledger).max_queue
    const use = ledger.jobs.countQueued(user)
    if (use < limit) return
    const message = `your queue is full: ${use} jobs wait and ${limit} may`
    throw new SigmaError('QUOTA_EXCEEDED', message, { details: { quota: 'max_queue', limit, use } })
  }

  /** Starts what may start, once the current turn (and its transaction) is over. */
  function pump(): void {
    if (isPumpDue || isClosing) return
    isPumpDue = true
    setImmediate(() => {
      isPumpDue = false
      if (isClosing) return
      try {
        for (const [id, end] of unsaved) saveEnd(id, end)
        startQueued()
      } catch {
        // Most likely the disk is full: nothing was started, and room may come back.
        setTimeout(pump, retryMs).unref()
      }
    })
  }

  function startQueued(): void {
    for (const job of ledger.jobs.queued()) {
      const kind = kinds.get(job.row.kind)
      if (!kind) settle(job.id, { status: 'failed', error: unknownKind(job.row.kind) })
      else if (placesOf(kind) > countRunning(job, kind)) start(job, kind)
    }
  }

  /** A quota holds for each user, the rule of a kind without one for the machine. */
  const countRunning = ({ row, user_id }: StoredJob, { quota }: JobKind<never, unknown>): number =>
    [...running.values()].filter(
      (each) => each.kind === row.kind && (quota === undefined || each.user_id === user_id),
    ).length
  const placesOf = ({ quota, maxConcurrent = 2 }: JobKind<never, unknown>): number =>
    (quota === undefined ? undefined : quotas()[quota]) ?? maxConcurrent

  function start(job: StoredJob, kind: JobKind<never, unknown>): void {
    const { id } = job
    const attempts = job.row.attempts + 1
    ledger.jobs.update(id, { status: 'running', attempts, started_at: clock() })
    const live = createRunningJob({
      job,
      attempt: attempts,
      executor,
      work: kind.run,
      tell: () => announce(id, true),
    })
    running.set(id, live)
    announce(id, true)
    // What cannot be written now stays `running` in the ledger, where the next start finds it.
    void live.outcome.then((outcome) => finish(id, attempts, outcome)).catch(() => release(id))
  }

  function finish(id: number, attempts: number, outcome: Outcome): void {
    if (outcome.ok) complete(id, outcome)
    else if (outcome.wasCanceled && !isClosing) settle(id, { status: 'canceled', error: null })
    else {
      const error = jobError(outcome.error)
      const goesOn = isClosing || (error.details?.['worker_died'] === true && attempts < mostAttempts)
      if (goesOn) requeue(id, isClosing ? { attempts: attempts - 1 } : {})
      else settle(id, { status: 'failed', error })
    }
  }

  function complete(id: number, { commits, result }: Extract<Outcome, { ok: true }>): void {
    const end: JobEnd = { status: 'completed', error: null, result }
    try {
      ledger.transaction(() => {
        for (const work of commits) work()
        saveEnd(id, end)
      })
      settled(id, end)
    } catch (error) {
      settle(id, { status: 'failed', error: jobError(error) })
    }
  }

  function requeue(id: number, patch: { attempts?: number; recovered?: boolean }): void {
    release(id)
    ledger.jobs.update(id, { status: 'queued', started_at: null, ...patch })
    announce(id, true)
    pump()
  }

  function saveEnd(id: number, { status, error, result }: JobEnd): void {
    const progress = lastProgress(running.get(id)?.progress(), status)
    ledger.jobs.update(id, { status, error, result, finished_at: clock(), ...(progress && { progress }) })
    unsaved.delete(id)
  }

  function settle(id: number, end: JobEnd): void {
    try {
      saveEnd(id, end)
    } catch {
      unsaved.set(id, end)
    }
    settled(id, end)
  }

  /** Frees the place of a job that has ended and tells everybody. */
  function settled(id: number, end: JobEnd): void {
    release(id)
    waiters.settle(id, rowOf(id).title, end)
    announce(id)
    pump()
  }

  function release(id: number): void {
    running.get(id)?.stop()
    running.delete(id)
  }

  return {
    define<I, R>(name: string, kind: JobKind<I, R>): void {
      kinds.set(name, kind)
    },
    /** Queues a job. QUOTA_EXCEEDED when the queue is full. */
    submit(
      name: string,
      input: unknown,
      { subject = {}, priority = 'batch', title, commit }: SubmitOptions = {},
    ): JobRow {
      const kind = kinds.get(name)
      if (!kind) throw new SigmaError('INTERNAL', unknownKind(name).message)
      const named = title ?? (typeof kind.title === 'string' ? kind.title : kind.title(input as never))
      const user_id = askingUser()
      const { id, row } = ledger.transaction(() => {
        checkQueue(user_id)
        const rank = priority === 'interactive' ? 1 : 0
        const job = ledger.jobs.add({ kind: name, title: named, priority: rank, input, subject, user_id })
        commit?.(job.id)
        return job
      })
      // Later, since an outer transaction may still take the job back: then there is nothing to announce.
      setImmediate(announce, id, true)
      pump()
      return row
    },
    /** The job's result once it is there; throws the error it failed with, or CANCELED. */
    wait<R>(job_id: string | number): Promise<R> {
      return waiters.wait(stored(Number(job_id))) as Promise<R>
    },
    /** Asks a job to stop and returns it when it has, within 2 s; one that has ended is returned as it is. */
    async cancel(job_id: string | number): Promise<JobRow> {
      const id = Number(job_id)
      const { row } = stored(id)
      const live = running.get(id)
      if (live) await live.cancel(cancelGraceMs)
      else if (row.status === 'queued') settle(id, { status: 'canceled', error: null })
      return rowOf(id)
    },
    /** Queues a failed or canceled job again. */
    retry(job_id: string | number): JobRow {
      const id = Number(job_id)
      const { row, user_id } = stored(id)
      if (row.status !== 'failed' && row.status !== 'canceled') {
        throw new SigmaError(
          'CONFLICT',
          `job ${id} is ${row.status}: only failed and canceled jobs can be retried`,
        )
      }
      checkQueue(user_id)
      ledger.jobs.update(id, { error: null, finished_at: null, recovered: false })
      requeue(id, { attempts: 0 })
      return rowOf(id)
    },
    /** To be called once at start, when every kind is defined: takes up what the last host left. Returns what was running then. */
    recover(): JobRow[] {
      const left = ledger.jobs.running()
      for (const { id, row } of left) {
        if (row.attempts < mostAttempts) requeue(id, { recovered: true })
        else settle(id, { status: 'failed', error: diedTwice })
      }
      pump()
      return left.map(({ id }) => rowOf(id))
    },
    /** Starts what may start now, where limits have been raised. */
    wake: pump,
    get: (job_id: string | number): JobRow => rowOf(Number(job_id)),
    /** Newest first, with live progress. */
    list(filter: Parameters<Ledger['jobs']['list']>[0]): { rows: JobRow[]; total: number } {
      const { rows, total } = ledger.jobs.list(filter)
      return { rows: rows.map(withProgress), total }
    },
    /** Stops; running jobs go back to the queue for the next start. */
    async close(): Promise<void> {
      isClosing = true
      await Promise.all([...running.values()].map((live) => live.cancel(cancelGraceMs)))
      waiters.rejectAll(
        new SigmaError('CANCELED', 'the host is stopping; the job goes on when it starts again'),
      )
    },
  }
}

/** What is kept of the progress: a completed job is all done, whatever it last said. */
function lastProgress(progress: JobRow['progress'] | undefined, status: JobRow['status']) {
  if (!progress) return undefined
  const total = Math.max(progress.total, 1)
  return status === 'completed'
    ? { ...progress, done: total, total, eta_seconds: 0 }
    : { ...progress, eta_seconds: null }
}

const diedTwice: JobError = {
  code: 'INTERNAL',
  message: 'the program stopped twice while this job was running, so it was not started a third time',
}

const unknownKind = (kind: string): JobError => ({
  code: 'INTERNAL',
  message: `jobs of kind ${kind} are not known to this release`,
})

function jobError(error: unknown): JobError {
  if (error instanceof SigmaError) {
    return { code: error.code, message: error.message, ...(error.details && { details: error.details }) }
  }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) }
}
