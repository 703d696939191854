import { monitorEventLoopDelay } from 'node:perf_hooks'

// Loaded into a host before its own program: tells on request how late its turns began since it was last asked.

export interface DelayTold {
  /** Milliseconds beyond the wait that was asked for: 99 of 100 turns are at most so late. */
  p99: number
  max: number
}

const resolution = 1
const delays = monitorEventLoopDelay({ resolution })
delays.enable()
process.on('message', (asked) => {
  if (asked !== 'delay') return
  const late = (nanoseconds: number) => nanoseconds / 1e6 - resolution
  process.send?.({ p99: late(delays.percentile(99)), max: late(delays.max) } satisfies DelayTold)
  delays.reset()
})
process.channel?.unref()
