import { memoryUsage } from 'node:process'

// Loaded into a host before its own program, started with --expose-gc: tells on request what it holds once all that can go has gone.

export interface MemoryTold {
  /** Of the main thread's heap, alive. */
  heapMb: number
  /** Of what that heap holds outside of itself: typed arrays, texts on their way. */
  externalMb: number
  /** Of the process with all its threads and natives, whether needed or not. */
  residentMb: number
}

const mb = (bytes: number): number => Math.round((bytes / 2 ** 20) * 10) / 10

process.on('message', (asked) => {
  if (asked !== 'memory') return
  globalThis.gc?.()
  const { heapUsed, external, rss } = memoryUsage()
  process.send?.({ heapMb: mb(heapUsed), externalMb: mb(external), residentMb: mb(rss) } satisfies MemoryTold)
})
process.channel?.unref()
