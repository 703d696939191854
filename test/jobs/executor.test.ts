import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createPoolExecutor } from '#main/jobs/executor.ts'
import type { JobProgress } from '#shared/jobs/define.ts'
import { jobs } from '#shared/jobs/index.ts'
import {
  countJob,
  dieJob,
  failJob,
  missingJob,
  spinJob,
  stuckJob,
  sumJob,
  threadsJob,
  wideThreadsJob,
} from '#test/test-jobs.ts'

const entry = join(import.meta.dirname, '../support/test-worker.ts')
const executor = createPoolExecutor({ entry, threads: 2 })
afterAll(() => executor.close())

const shared = () => new Int32Array(new SharedArrayBuffer(8))

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('the pool', () => {
  test('computes on typed arrays and hands the result over', async () => {
    const input = new Float64Array([1, 2, 3.5])
    expect(await executor.run(sumJob, input)).toEqual({ sum: 6.5, halves: new Float64Array([0.5, 1, 1.75]) })
    expect(input).toEqual(new Float64Array([1, 2, 3.5]))
  })

  test('reads shared memory without a copy', async () => {
    const input = new Float64Array(new SharedArrayBuffer(8 * 1000)).fill(2)
    expect((await executor.run(sumJob, input)).sum).toBe(2000)
  })

  test('passes progress on while a synchronous loop runs, ends with the last, and none comes after the result', async () => {
    const seen: JobProgress[] = []
    expect(await executor.run(countJob, 200_000, { report: (progress) => seen.push(progress) })).toBe(200_000)
    const count = seen.length
    expect(seen.at(-1)).toEqual({ done: 200_000, total: 200_000 })
    expect(count).toBeLessThan(100)
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b))
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(seen).toHaveLength(count)
  })

  test('gives a wide job the threads that nobody uses, and any other its own alone', async () => {
    expect(await executor.run(threadsJob, null)).toBe(1)
    expect(await executor.run(wideThreadsJob, null)).toBe(2)
    const state = shared()
    const abort = new AbortController()
    const running = executor.run(spinJob, state, { signal: abort.signal })
    await until(() => state[0] === 1)
    expect(await executor.run(wideThreadsJob, null)).toBe(1)
    abort.abort()
    await expect(running).rejects.toMatchObject({ code: 'CANCELED' })
  })

  test('carries errors over the thread with code, message and details', async () => {
    const failure = { code: 'NO_DATA', message: 'no bars of SPY', details: { ticker: 'SPY' } }
    await expect(executor.run(failJob, 'sigma')).rejects.toMatchObject(failure)
    await expect(executor.run(failJob, 'plain')).rejects.toMatchObject({
      code: 'INTERNAL',
      message: 'a plain error',
    })
    await expect(executor.run(missingJob, null)).rejects.toMatchObject({
      code: 'INTERNAL',
      message: /missing/,
    })
  })

  test('says so when a thread dies, and goes on with a new one', async () => {
    const deaths = shared()
    deaths[0] = 1
    await expect(executor.run(dieJob, deaths)).rejects.toMatchObject({
      code: 'INTERNAL',
      details: { worker_died: true },
    })
    expect(await executor.run(dieJob, deaths)).toBe('alive')
  })

  test('stops a job that looks at its flag at once', async () => {
    const state = shared()
    const abort = new AbortController()
    const running = executor.run(spinJob, state, { signal: abort.signal })
    await until(() => state[0] === 1)
    const start = performance.now()
    abort.abort()
    await expect(running).rejects.toMatchObject({ code: 'CANCELED' })
    expect(performance.now() - start).toBeLessThan(500)
  })

  test('stops a job that does not, with its thread, within two seconds', async () => {
    const state = shared()
    const abort = new AbortController()
    const running = executor.run(stuckJob, state, { signal: abort.signal })
    await until(() => state[0] === 1)
    const start = performance.now()
    abort.abort()
    await expect(running).rejects.toMatchObject({ code: 'CANCELED' })
    expect(performance.now() - start).toBeLessThan(2000)
    await new Promise((resolve) => setTimeout(resolve, 100))
    const turns = state[1]
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(state[1]).toBe(turns)
    expect(await executor.run(countJob, 1)).toBe(1)
  })

  test('starts what a person waits for before the rest, and drops what is canceled in the line', async () => {
    const [a, b] = [shared(), shared()]
    const stops = [new AbortController(), new AbortController()]
    const busy = [a, b].map((state, i) =>
      executor.run(spinJob, state, { signal: stops[i]!.signal }).catch(() => {}),
    )
    await until(() => a[0] === 1 && b[0] === 1)
    const ended: string[] = []
    const run = (name: string, priority: 'batch' | 'interactive', signal?: AbortSignal) =>
      executor.run(countJob, 1, { priority, ...(signal && { signal }) }).then(
        () => ended.push(name),
        (error) => ended.push(`${name} ${error.code}`),
      )
    const abort = new AbortController()
    const all = [run('first', 'batch'), run('dropped', 'batch', abort.signal), run('urgent', 'interactive')]
    abort.abort()
    await until(() => ended.length === 1)
    stops[0]!.abort()
    await Promise.all(all)
    expect(ended).toEqual(['dropped CANCELED', 'urgent', 'first'])
    stops[1]!.abort()
    await Promise.all(busy)
  })
})

test('every job is registered under the name in its spec', () => {
  for (const [name, spec] of Object.entries(jobs)) expect(spec.name).toBe(name)
})

test('the real workers load, and refuse a job they do not have', async () => {
  const real = createPoolExecutor({
    entry: new URL('../../src-workers/entry.ts', import.meta.url),
    threads: 1,
  })
  await expect(real.run(missingJob, null)).rejects.toMatchObject({
    message: 'no worker handles the job missing',
  })
  await real.close()
})
