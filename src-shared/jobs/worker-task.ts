import type { ErrorCode } from '#shared/errors.ts'
import type { JobProgress } from './define.ts'

/** What a worker needs of a message port; typed here because the shared room knows no Node. */
export interface ReplyPort {
  postMessage: (message: WorkerReply, transfer?: ArrayBuffer[]) => void
}

/** One job on its way to a worker thread. */
export interface WorkerTask {
  job: string
  input: unknown
  /** That it may use, its own among them. */
  threads: number
  /** Every reply travels here, in order; the last is `result` or `error`. */
  port: ReplyPort
  /** Shared; element 0 turns 1 when the job is to stop. */
  cancel: Int32Array
}

/** An error as it crosses the thread: classes do not survive the crossing. */
export interface WorkerError {
  code: ErrorCode
  message: string
  details?: Record<string, unknown>
  stack?: string
}

export type WorkerReply =
  | { type: 'progress'; progress: JobProgress }
  | { type: 'result'; result: unknown }
  | { type: 'error'; error: WorkerError }
