import type { EventMessage } from '#shared/contract/jobs.ts'
import { invalidatedBy } from './invalidation.ts'
import { invalidate } from './query-cache.ts'

const POLL_WHILE_DOWN_MS = 3000
const types = ['job', 'result', 'pack', 'data'] as const satisfies EventMessage['type'][]

/** Follows the host's events for as long as the window lives; while they are out of reach, polls what is on screen. */
export function followEvents(): () => void {
  let source: EventSource | undefined
  let poll: ReturnType<typeof setInterval> | undefined
  let reopen: ReturnType<typeof setTimeout> | undefined

  const startPolling = () => {
    poll ??= setInterval(() => invalidate('all'), POLL_WHILE_DOWN_MS)
  }
  const open = () => {
    source = new EventSource('/events')
    source.onopen = () => {
      // Events missed while away are gone, so everything on screen is asked for again.
      if (poll !== undefined) invalidate('all')
      clearInterval(poll)
      poll = undefined
    }
    source.onerror = () => {
      startPolling()
      // The browser retries a broken stream by itself, but gives up on one that was refused.
      if (source?.readyState === EventSource.CLOSED) reopen = setTimeout(open, POLL_WHILE_DOWN_MS)
    }
    for (const type of types) source.addEventListener(type, (event) => receive(type, String(event.data)))
  }
  open()
  return () => {
    source?.close()
    clearInterval(poll)
    clearTimeout(reopen)
  }
}

function receive(type: EventMessage['type'], text: string): void {
  invalidate(invalidatedBy[type])
  if (type === 'job' && hasEnded(text)) invalidate(invalidatedBy.jobEnd)
}

const hasEnded = (text: string): boolean => /"status":"(completed|failed|canceled)"/.test(text)
