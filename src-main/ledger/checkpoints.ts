import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

/** A log that is shorter is left to grow: each checkpoint costs two syncs whatever it moves. */
const leastBytes = 4 * 2 ** 20
const lookEveryMs = 500

/**
 * Pages of the log at which the writer itself moves them: sooner where nobody else does, else only where a thread cannot keep up.
 */
export const ownCheckpointPages = { alone: 1000, helped: 16_384 }

export interface Checkpoints {
  close: () => Promise<void>
}

/**
 * Moves what the log of the ledger holds into its file, on a thread of its own: whoever writes need not wait for the disk. The thread
 * starts when there is something to move.
 * @param program the thread's, checkpoint-thread.ts
 */
export function startCheckpoints(program: string, ledgerPath: string): Checkpoints {
  let worker: Worker | undefined
  let running: Promise<void> | undefined
  let seen = ''
  const look = () => {
    const log = statSync(`${ledgerPath}-wal`, { throwIfNoEntry: false })
    if (running !== undefined || log === undefined || log.size < leastBytes) return
    // The file keeps its size when its content has been moved.
    const stamp = `${log.size} ${log.mtimeMs}`
    if (stamp === seen) return
    seen = stamp
    const thread = worker ?? new Worker(program, { workerData: ledgerPath })
    worker = thread
    running = new Promise<void>((resolve) => {
      const done = () => {
        running = undefined
        resolve()
      }
      thread.once('message', done)
      // The writer's own checkpoints go on without it.
      thread.once('error', () => {
        clearInterval(timer)
        worker = undefined
        done()
      })
      thread.postMessage('checkpoint')
      thread.unref()
    })
  }
  const timer = setInterval(look, lookEveryMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await running
      worker?.postMessage('close')
      if (worker) await new Promise((resolve) => worker!.once('exit', resolve))
    },
  }
}
