import { memoryUsage } from 'node:process'

// Loaded into a host before its own program, started with --expose-gc: tells on request what it holds once all that can go has gone.

export interface MemoryTold {
  /** Of the main thread's heap, alive. */
  heapMb: number
  /** Of the process with all its threads and natives, whether needed or not. */
  residentMb: number
}

const mb = (bytes: number): number => Math.round((bytes / 2 ** 20) * 10) / 10

process.on('message', () => {
  globalThis.gc?.()
  const { heapUsed, rss } = memoryUsage()
  process.send?.({ heapMb: mb(heapUsed), residentMb: mb(rss) } satisfies MemoryTold)
})
process.channel?.unref()
