import { SigmaError } from '#shared/errors.ts'
import type { JobContext, JobProgress } from '#shared/jobs/define.ts'
import type { WorkerError, WorkerTask } from '#shared/jobs/worker-task.ts'
import { ownedBuffers } from './owned-buffers.ts'

/** Any handler, seen without its types: the registry that it comes from has checked them. */
export type UntypedHandler = (input: never, context: JobContext) => unknown

/** Reports that come faster than this are dropped, so that a tight loop may report at every turn. */
const leastGapMs = 40

/** The function that a pool calls for each task: finds the handler by name, runs it, and replies over the task's port. */
export function createTaskRunner(
  handlers: Record<string, UntypedHandler>,
): (task: WorkerTask) => Promise<void> {
  return async ({ job, input, threads, port, cancel }) => {
    try {
      const handler = Object.hasOwn(handlers, job) ? handlers[job] : undefined
      if (!handler) throw new SigmaError('INTERNAL', `no worker handles the job ${job}`)
      const result = await handler(input as never, {
        threads,
        report: throttle((progress) => port.postMessage({ type: 'progress', progress })),
        cancelled: () => Atomics.load(cancel, 0) === 1,
      })
      port.postMessage({ type: 'result', result }, ownedBuffers(result))
    } catch (error) {
      port.postMessage({ type: 'error', error: crossing(error) })
    }
  }
}

function throttle(send: (progress: JobProgress) => void): (progress: JobProgress) => void {
  let last = Number.NEGATIVE_INFINITY
  let note: string | undefined
  return (progress) => {
    const now = performance.now()
    const isDue = now - last >= leastGapMs || progress.done >= progress.total || progress.note !== note
    if (!isDue) return
    last = now
    note = progress.note
    send(progress)
  }
}

function crossing(error: unknown): WorkerError {
  if (!(error instanceof Error)) return { code: 'INTERNAL', message: String(error) }
  const stack = error.stack === undefined ? {} : { stack: error.stack }
  if (!(error instanceof SigmaError)) return { code: 'INTERNAL', message: error.message, ...stack }
  const details = error.details === undefined ? {} : { details: error.details }
  return { code: error.code, message: error.message, ...details, ...stack }
}
