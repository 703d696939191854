import type { JobRow } from '#shared/contract/jobs.ts'
import type { JobProgress } from '#shared/jobs/define.ts'

const tellEveryMs = 100

/** Progress of one running job: told at most ten times a second, the newest always in the end, with the time that is left. */
export function createProgressMeter(tell: (progress: JobRow['progress']) => void) {
  const startedAt = performance.now()
  let current: JobRow['progress'] = { done: 0, total: 0, note: null, eta_seconds: null }
  let toldAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined

  function tellNow(): void {
    timer = undefined
    toldAt = performance.now()
    tell(current)
  }

  return {
    get current() {
      return current
    },
    report({ done, total, note }: JobProgress): void {
      const elapsed = (performance.now() - startedAt) / 1000
      const eta_seconds = done > 0 && total >= done ? (elapsed * (total - done)) / done : null
      current = { done, total, note: note ?? null, eta_seconds }
      if (timer !== undefined) return
      const wait = toldAt + tellEveryMs - performance.now()
      if (wait <= 0) tellNow()
      else timer = setTimeout(tellNow, wait)
    },
    stop(): void {
      clearTimeout(timer)
    },
  }
}
