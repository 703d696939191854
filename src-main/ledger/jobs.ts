import type { JobRow } from '#shared/contract/jobs.ts'
import { type ErrorCode, SigmaError } from '#shared/errors.ts'
import { fromJson, toJson } from './json-column.ts'
import { bit, type Clock, type Page, type Query, where } from './query.ts'

export interface JobError {
  code: ErrorCode
  message: string
  details?: Record<string, unknown>
}

/** A job as stored: the contract's row with what runs it. */
export interface StoredJob {
  id: number
  row: JobRow
  /** Who asked for it; null for scripts of this machine. */
  user_id: number | null
  priority: number
  input: unknown
  result: unknown
  error: JobError | null
}

export interface NewJob {
  kind: string
  title: string
  priority: number
  input: unknown
  subject: Record<string, unknown>
  user_id?: number | null
}

/** Jobs of one user and kind that wait or run. */
export interface JobUse {
  user_id: number | null
  kind: string
  queued: number
  running: number
}

export interface JobPatch {
  status?: JobRow['status']
  progress?: JobRow['progress']
  result?: unknown
  error?: JobError | null
  recovered?: boolean
  attempts?: number
  started_at?: string | null
  finished_at?: string | null
}

interface Stored extends Omit<JobRow, 'job_id' | 'progress' | 'subject' | 'error' | 'recovered'> {
  id: number
  user_id: number | null
  priority: number
  input: string
  subject: string
  result: string | null
  error: string | null
  progress: string | null
  recovered: number
}

const noProgress: JobRow['progress'] = { done: 0, total: 0, note: null, eta_seconds: null }

function parsed(stored: Stored): StoredJob {
  const { id, priority, input, result, kind, title, status, attempts, created_at, started_at, finished_at } =
    stored
  const error: JobError | null = stored.error === null ? null : fromJson(stored.error)
  return {
    id,
    user_id: stored.user_id,
    priority,
    input: fromJson(input),
    result: result === null ? undefined : fromJson(result),
    error,
    row: {
      job_id: String(id),
      kind,
      title,
      status,
      progress: stored.progress === null ? noProgress : fromJson(stored.progress),
      subject: fromJson(stored.subject),
      error: error && { code: error.code, message: error.message },
      recovered: stored.recovered === 1,
      attempts,
      created_at,
      started_at,
      finished_at,
    },
  }
}

/** The queue and history of jobs; the runner alone changes their status. */
export function createJobs({ all, get, run }: Query, clock: Clock) {
  return {
    add(job: NewJob): StoredJob {
      const { id } = run(
        `INSERT INTO jobs (kind, title, status, priority, input, subject, user_id, created_at) VALUES (?, ?, 'queued', ?, ?, ?, ?, ?)`,
        job.kind,
        job.title,
        job.priority,
        toJson(job.input ?? null),
        toJson(job.subject),
        job.user_id ?? null,
        clock(),
      )
      return this.get(id) as StoredJob
    },
    get(id: number): StoredJob | undefined {
      const row = get<Stored>('SELECT * FROM jobs WHERE id = ?', id)
      return row && parsed(row)
    },
    /** Sets the given fields and leaves the rest. */
    update(id: number, patch: JobPatch): void {
      const columns = Object.entries({
        status: patch.status,
        progress: patch.progress && toJson(patch.progress),
        result: patch.result === undefined ? undefined : toJson(patch.result),
        error: patch.error ? toJson(patch.error) : patch.error,
        recovered: patch.recovered === undefined ? undefined : bit(patch.recovered),
        attempts: patch.attempts,
        started_at: patch.started_at,
        finished_at: patch.finished_at,
      }).filter((each): each is [string, string | number | null] => each[1] !== undefined)
      if (columns.length === 0) return
      const { changes } = run(
        `UPDATE jobs SET ${columns.map(([name]) => `${name} = ?`).join(', ')} WHERE id = ?`,
        ...columns.map(([, value]) => value),
        id,
      )
      if (changes === 0) throw new SigmaError('NOT_FOUND', `job ${id} does not exist`)
    },
    /** Newest first. */
    list(filter: {
      status?: string | undefined
      kind?: string | undefined
      recovered?: boolean | undefined
      limit: number
      offset: number
    }): Page<StoredJob> {
      const { clause, values } = where({
        'status = ?': filter.status,
        'kind = ?': filter.kind,
        'recovered = ?': filter.recovered === undefined ? undefined : bit(filter.recovered),
      })
      const rows = all<Stored>(
        `SELECT * FROM jobs ${clause} ORDER BY id DESC LIMIT ? OFFSET ?`,
        ...values,
        filter.limit,
        filter.offset,
      ).map(parsed)
      return {
        rows,
        total: get<{ n: number }>(`SELECT count(*) AS n FROM jobs ${clause}`, ...values)?.n ?? 0,
      }
    },
    /** In the order in which they are to run: a person waiting before batch work, then oldest first. */
    queued(): StoredJob[] {
      return all<Stored>(`SELECT * FROM jobs WHERE status = 'queued' ORDER BY priority DESC, id`).map(parsed)
    },
    running(): StoredJob[] {
      return all<Stored>(`SELECT * FROM jobs WHERE status = 'running' ORDER BY id`).map(parsed)
    },
    /** Jobs of a user that wait. */
    countQueued(user_id: number | null): number {
      return (
        get<{ n: number }>(`SELECT count(*) AS n FROM jobs WHERE status = 'queued' AND user_id IS ?`, user_id)
          ?.n ?? 0
      )
    },
    /** What waits and runs, by user and kind. */
    use: (): JobUse[] =>
      all<JobUse>(
        `SELECT user_id, kind, sum(status = 'queued') AS queued, sum(status = 'running') AS running
         FROM jobs WHERE status IN ('queued', 'running') GROUP BY user_id, kind ORDER BY user_id, kind`,
      ),
  }
}
