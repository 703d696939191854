import { memoryUsage } from 'node:process'
import type { Worker } from 'node:worker_threads'

// Loaded into a host before its own program, started with --expose-gc: tells on request what it holds once all that can go has gone.

export interface MemoryTold {
  /** Of the main thread's heap, alive. */
  heapMb: number
  /** Of what that heap holds outside of itself: typed arrays, texts on their way. */
  externalMb: number
  /** Of the heaps of all other threads together, alive; 0 where only `memory` was asked. */
  threadsMb: number
  /** Of the process with all its threads and natives, whether needed or not. */
  residentMb: number
}

const mb = (bytes: number): number => Math.round((bytes / 2 ** 20) * 10) / 10

const threads = new Set<Worker>()
process.on('worker', (worker) => {
  threads.add(worker)
  worker.once('exit', () => threads.delete(worker))
})

/**
 * Bytes of a thread's heap that are alive. Only a snapshot makes another thread collect what it no longer needs; one that is ended
 * meanwhile may take the process with it, so nothing may be canceled then.
 */
async function aliveIn(worker: Worker): Promise<number> {
  try {
    const snapshot = await worker.getHeapSnapshot()
    snapshot.destroy()
    return (await worker.getHeapStatistics()).used_heap_size
  } catch {
    // It ended meanwhile.
    return 0
  }
}

process.on('message', async (asked) => {
  if (asked !== 'memory' && asked !== 'memory of all threads') return
  const alive = asked === 'memory' ? [] : await Promise.all([...threads].map(aliveIn))
  globalThis.gc?.()
  const { heapUsed, external, rss } = memoryUsage()
  process.send?.({
    heapMb: mb(heapUsed),
    externalMb: mb(external),
    threadsMb: mb(alive.reduce((sum, bytes) => sum + bytes, 0)),
    residentMb: mb(rss),
  } satisfies MemoryTold)
})
process.channel?.unref()
