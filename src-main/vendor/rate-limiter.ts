import { SigmaError } from '#shared/errors.ts'

const minuteMs = 60_000
/** Requests under way at once, whatever the plan. */
const mostAtOnce = 4

export interface RateState {
  /** Null where the plan has no limit. */
  per_minute: number | null
  used_last_minute: number
  in_flight: number
  queued: number
  /** Until the next request may start; 0 where one may start now. */
  wait_ms: number
}

export interface RateLimiter {
  /** Waits for a place, first come first served; call what it returns when the request has ended. Rejects when aborted. */
  take: (signal: AbortSignal) => Promise<() => void>
  /** Starts nothing before this many ms have passed: the vendor asked for it. */
  pause: (ms: number) => void
  state: () => RateState
}

interface Waiter {
  start: () => void
}

/**
 * Keeps requests within a number per minute: in no span of 60 s are more started than the plan allows.
 * @param now milliseconds of a clock that never steps back
 */
export function createRateLimiter(
  perMinute: number,
  now: () => number = () => performance.now(),
): RateLimiter {
  const started: number[] = []
  const waiting: Waiter[] = []
  let inFlight = 0
  let pausedUntil = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined

  function waitMs(): number {
    const at = now()
    while (started.length > 0 && started[0]! <= at - minuteMs) started.shift()
    const free = started.length < perMinute ? 0 : started[started.length - perMinute]! + minuteMs - at
    return Math.max(0, free, pausedUntil - at)
  }

  function release(): void {
    inFlight--
    pump()
  }

  function pump(): void {
    clearTimeout(timer)
    timer = undefined
    while (waiting.length > 0 && inFlight < mostAtOnce) {
      const wait = waitMs()
      if (wait > 0) {
        timer = setTimeout(pump, Math.ceil(wait))
        return
      }
      started.push(now())
      inFlight++
      waiting.shift()!.start()
    }
  }

  return {
    take: (signal) =>
      new Promise((resolve, reject) => {
        const refuse = () => reject(new SigmaError('CANCELED', 'the request to the vendor was canceled'))
        if (signal.aborted) return refuse()
        const leave = () => {
          waiting.splice(waiting.indexOf(waiter), 1)
          refuse()
          pump()
        }
        const waiter: Waiter = {
          start: () => {
            signal.removeEventListener('abort', leave)
            resolve(release)
          },
        }
        signal.addEventListener('abort', leave, { once: true })
        waiting.push(waiter)
        pump()
      }),
    pause: (ms) => {
      pausedUntil = Math.max(pausedUntil, now() + ms)
      pump()
    },
    state: () => {
      const wait_ms = Math.ceil(waitMs())
      return {
        per_minute: Number.isFinite(perMinute) ? perMinute : null,
        used_last_minute: started.length,
        in_flight: inFlight,
        queued: waiting.length,
        wait_ms,
      }
    },
  }
}
