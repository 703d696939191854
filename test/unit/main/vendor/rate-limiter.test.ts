import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRateLimiter } from '#main/vendor/rate-limiter.ts'

const never = new AbortController().signal

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a rate limiter of 5 a minute', () => {
  it('starts no sixth request within 60 s of the first, whenever they come', async () => {
    const limiter = createRateLimiter(5, Date.now)
    const starts: number[] = []
    const request = async () => {
      const release = await limiter.take(never)
      starts.push(Date.now())
      release()
    }
    for (let i = 0; i < 17; i++) {
      void request()
      await vi.advanceTimersByTimeAsync(1700)
    }
    expect(limiter.state()).toMatchObject({ per_minute: 5, used_last_minute: 5, queued: 12 })
    expect(limiter.state().wait_ms).toBeGreaterThan(30_000)
    await vi.advanceTimersByTimeAsync(240_000)
    expect(starts).toHaveLength(17)
    for (let i = 5; i < 17; i++) expect(starts[i]! - starts[i - 5]!).toBeGreaterThanOrEqual(60_000)
    expect(limiter.state()).toMatchObject({ used_last_minute: 0, queued: 0, in_flight: 0, wait_ms: 0 })
  })

  it('lets a waiting request go when it is aborted, and the next one move up', async () => {
    const limiter = createRateLimiter(1, Date.now)
    const releaseFirst = await limiter.take(never)
    releaseFirst()
    const stop = new AbortController()
    const second = limiter.take(stop.signal)
    const third = limiter.take(never)
    expect(limiter.state().queued).toBe(2)
    stop.abort()
    await expect(second).rejects.toMatchObject({ code: 'CANCELED' })
    await vi.advanceTimersByTimeAsync(60_000)
    await expect(third).resolves.toBeTypeOf('function')
  })

  it('waits out a pause', async () => {
    const limiter = createRateLimiter(Number.POSITIVE_INFINITY, Date.now)
    limiter.pause(5000)
    let isStarted = false
    void limiter.take(never).then(() => {
      isStarted = true
    })
    await vi.advanceTimersByTimeAsync(4900)
    expect(isStarted).toBe(false)
    await vi.advanceTimersByTimeAsync(200)
    expect(isStarted).toBe(true)
  })
})
