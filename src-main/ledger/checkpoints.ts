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
  let thread: Worker | undefined
  let seen = ''
  let done: (() => void) | undefined
  let running: Promise<void> | undefined
  const settle = () => {
    running = undefined
    done?.()
  }
  const start = () => {
    const started = new Worker(program, { workerData: ledgerPath })
    started.on('message', settle)
    // The writer's own checkpoints go on without it.
    started.on('error', () => {
      clearInterval(timer)
      thread = undefined
      settle()
    })
    started.unref()
    return started
  }
  const look = () => {
    const log = statSync(`${ledgerPath}-wal`, { throwIfNoEntry: false })
    if (running !== undefined || log === undefined || log.size < leastBytes) return
    // The file keeps its size when its content has been moved.
    const stamp = `${log.size} ${log.mtimeMs}`
    if (stamp === seen) return
    seen = stamp
    thread ??= start()
    running = new Promise((resolve) => {
      done = resolve
    })
    thread.postMessage('checkpoint')
  }
  const timer = setInterval(look, lookEveryMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      // A program that has nothing else to do must not end before it.
      thread?.ref()
      await running
      const ending = thread
      if (ending === undefined) return
      // Whatever becomes of it, those that close after it must have their turn.
      const ended = new Promise((resolve) => ending.once('exit', resolve))
      ending.postMessage('close')
      await ended
    },
  }
}
