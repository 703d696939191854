import { fileURLToPath } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import { SigmaError } from '#shared/errors.ts'
import type { JobProgress, JobSpec } from '#shared/jobs/define.ts'
import type { WorkerReply } from '#shared/jobs/worker-task.ts'
import { createWaitingLine, type Priority } from './waiting-line.ts'

export interface ExecutorOptions {
  signal?: AbortSignal
  report?: (progress: JobProgress) => void
  priority?: Priority
}

/** Where jobs are computed: worker threads today, other machines one day, so inputs and results are plain data. */
export interface Executor {
  /** Throws the handler's SigmaError, CANCELED after an abort, or INTERNAL with `details.worker_died` if the thread went. */
  run<I, R>(spec: JobSpec<I, R>, input: I, options?: ExecutorOptions): Promise<R>
  close(): Promise<void>
}

export interface WorkerStats {
  /** At most; threads with nothing to do are ended after a while. */
  threads: number
  busy: number
  /** Pieces of work that wait for a thread. */
  queued: number
}

export interface PoolExecutor extends Executor {
  stats: () => WorkerStats
}

type LastReply = Exclude<WorkerReply, { type: 'progress' }>

/** A handler that does not look at its cancel flag for this long is stopped with its thread. Handlers are pure, so nothing breaks. */
const graceMs = 1000

/** An executor on a pool of worker threads, all running the module at `entry`. */
export function createPoolExecutor({
  entry,
  threads,
}: {
  entry: URL | string
  threads: number
}): PoolExecutor {
  const filename = entry instanceof URL ? fileURLToPath(entry) : entry
  const pool = new Piscina({
    filename,
    name: 'runTask',
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 60_000,
    // The pool never queues: `line` hands it no more tasks than it has threads, in order of priority.
    maxQueue: threads,
  })
  const line = createWaitingLine(threads)

  async function compute<I, R>(
    spec: JobSpec<I, R>,
    input: I,
    { signal, report }: ExecutorOptions,
  ): Promise<R> {
    const { port1: ours, port2: theirs } = new MessageChannel()
    const cancel = new Int32Array(new SharedArrayBuffer(4))
    const hardStop = new AbortController()
    const last = Promise.withResolvers<LastReply>()
    let stopTimer: NodeJS.Timeout | undefined
    const stop = () => {
      Atomics.store(cancel, 0, 1)
      stopTimer = setTimeout(() => hardStop.abort(), graceMs)
    }
    ours.on('message', (reply: WorkerReply) => {
      if (reply.type === 'progress') report?.(reply.progress)
      else last.resolve(reply)
    })
    signal?.addEventListener('abort', stop, { once: true })
    try {
      const { going, waiting } = line.counts()
      const unused = Math.max(0, threads - going - waiting)
      const task = {
        ...{ job: spec.name, input, port: theirs, cancel },
        threads: spec.isWide ? 1 + unused : 1,
      }
      await pool.run(task, { transferList: [theirs], signal: hardStop.signal })
      return resultOf<R>(await last.promise)
    } catch (error) {
      throw explain(error, spec.title, signal?.aborted === true)
    } finally {
      clearTimeout(stopTimer)
      signal?.removeEventListener('abort', stop)
      ours.close()
    }
  }

  return {
    run: (spec, input, options = {}) =>
      line.enter(options.priority ?? 'batch', options.signal, () => compute(spec, input, options)),
    stats() {
      const { going, waiting } = line.counts()
      return { threads, busy: going, queued: waiting }
    },
    close: () => pool.destroy(),
  }
}

function resultOf<R>(reply: LastReply): R {
  if (reply.type === 'result') return reply.result as R
  const { code, message, details, stack } = reply.error
  throw new SigmaError(code, message, { cause: stack, ...(details && { details }) })
}

function explain(error: unknown, title: string, isAborted: boolean): SigmaError {
  if (error instanceof SigmaError) return error
  if (isAborted) return new SigmaError('CANCELED', `${title.toLowerCase()} was canceled`)
  const reason = error instanceof Error ? error.message : String(error)
  // Input that cannot be cloned fails before a thread sees it; trying again would not help.
  const worker_died = !(error instanceof Error && error.name === 'DataCloneError')
  return new SigmaError('INTERNAL', `${title.toLowerCase()} stopped: ${reason}`, {
    cause: error,
    details: { worker_died },
  })
}
