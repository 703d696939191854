import { join } from 'node:path'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { asUser } from '#main/jobs/asking-user.ts'
import { createEvents } from '#main/jobs/events.ts'
import { createPoolExecutor } from '#main/jobs/executor.ts'
import { createJobRunner, type JobRunContext } from '#main/jobs/job-runner.ts'
import { createLedger, type Ledger } from '#main/ledger/ledger.ts'
import type { EventMessage } from '#shared/contract/jobs.ts'
import { SigmaError } from '#shared/errors.ts'
import { backtestRun, migrationsDir, tickingClock } from '#test/ledger-rows.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'
import { countJob, dieJob, spinJob, stuckJob } from '#test/test-jobs.ts'

const executor = createPoolExecutor({
  entry: join(import.meta.dirname, '../support/test-worker.ts'),
  threads: 2,
})
afterAll(() => executor.close())

/** A host of jobs on a ledger; `dies` leaves the ledger as a crash would. */
function host(path = join(temporaryFolder(), 'ledger.db')) {
  const clock = tickingClock()
  const ledger = createLedger({ path, migrationsDir, clock })
  const events = createEvents({ log: ledger.events, clock })
  const runner = createJobRunner({ ledger, executor, events, clock })
  const dies = () => ledger.close()
  onTestFinished(dies)
  return { path, ledger, events, runner, dies }
}

const gate = () => Promise.withResolvers<void>()
const page = { limit: 100, offset: 0 }
const statuses = (ledger: Ledger) =>
  ledger.jobs
    .list(page)
    .rows.map(({ row }) => row.status)
    .reverse()

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('a job', () => {
  test('runs from queued to completed, gives its result, and says so in events', async () => {
    const { runner, events, ledger } = host()
    const seen: EventMessage[] = []
    events.subscribe((event) => seen.push(event))
    runner.define<{ a: number }, number>('double', {
      title: ({ a }) => `Double ${a}`,
      run: async ({ a }) => a * 2,
    })
    const row = runner.submit('double', { a: 21 }, { subject: { model_id: 'm' } })
    expect(row).toMatchObject({
      title: 'Double 21',
      status: 'queued',
      attempts: 0,
      subject: { model_id: 'm' },
    })
    expect(await runner.wait(row.job_id)).toBe(42)
    expect(runner.get(row.job_id)).toMatchObject({
      status: 'completed',
      attempts: 1,
      recovered: false,
      error: null,
    })
    expect(runner.get(row.job_id).progress).toMatchObject({ done: 1, total: 1 })
    expect(await runner.wait(row.job_id)).toBe(42)
    const told = seen.map(({ data }) => data['status'])
    expect([told[0], told.at(-1)]).toEqual(['queued', 'completed'])
    expect(ledger.events.list(0)).toMatchObject([{ type: 'job', data: { status: 'completed' } }])
  })

  test('that fails keeps code, message and details for those who wait, now or later', async () => {
    const { runner } = host()
    const failure = new SigmaError('NO_DATA', 'no bars of SPY', { details: { ticker: 'SPY' } })
    runner.define('fails', { title: 'Fails', run: () => Promise.reject(failure) })
    const { job_id } = runner.submit('fails', null)
    const expected = { code: 'NO_DATA', message: 'no bars of SPY', details: { ticker: 'SPY' } }
    await expect(runner.wait(job_id)).rejects.toMatchObject(expected)
    await expect(runner.wait(job_id)).rejects.toMatchObject(expected)
    expect(runner.get(job_id)).toMatchObject({
      status: 'failed',
      error: { code: 'NO_DATA', message: 'no bars of SPY' },
    })
  })

  test('stores what it commits together with its end, and none of it if it fails or the commit does', async () => {
    const { runner, ledger } = host()
    const run = async (input: { fails: boolean; bad: boolean }, job: JobRunContext) => {
      job.commit(() => ledger.backtestRuns.add(backtestRun()))
      if (input.bad) job.commit(() => ledger.sweeps.update(99, { pbo: 1 }))
      expect(ledger.stats().runs).toBe(0)
      if (input.fails) throw new Error('after the commit')
    }
    runner.define('commits', { title: 'Commits', run })
    const submit = (fails: boolean, bad: boolean) =>
      runner.wait(runner.submit('commits', { fails, bad }).job_id)
    await expect(submit(true, false)).rejects.toThrow('after the commit')
    await expect(submit(false, true)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'sweep 99 does not exist',
    })
    expect(ledger.stats().runs).toBe(0)
    await submit(false, false)
    expect(ledger.stats().runs).toBe(1)
  })

  test('does not exist if the transaction that submits it fails', async () => {
    const { runner, ledger } = host()
    let ran = 0
    runner.define('never', { title: 'Never', run: async () => void ran++ })
    const work = () => {
      runner.submit('never', null)
      throw new Error('no')
    }
    expect(() => ledger.transaction(work)).toThrow('no')
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect([ran, statuses(ledger)]).toEqual([0, []])
  })

  test('has the progress of its worker, told a few times a second, with the time left', async () => {
    const { runner, events } = host()
    const seen: { done: number; eta_seconds: number | null }[] = []
    events.subscribe(({ data }) => seen.push(data['progress'] as (typeof seen)[0]))
    runner.define('counts', {
      title: 'Counts',
      run: async (_, job) => {
        job.report({ done: 1, total: 4, note: 'half way' })
        await new Promise((resolve) => setTimeout(resolve, 150))
        return job.run(countJob, 100_000)
      },
    })
    const { job_id } = runner.submit('counts', null)
    await until(() => runner.get(job_id).progress.note === 'half way')
    expect(await runner.wait(job_id)).toBe(100_000)
    expect(runner.get(job_id).progress).toMatchObject({ done: 100_000, total: 100_000, eta_seconds: 0 })
    expect(seen.length).toBeLessThan(15)
  })
})

describe('the queue', () => {
  test('runs as many of a kind at once as its quota says, a person’s first', async () => {
    const { runner, ledger } = host()
    ledger.quotas.set('max_slow', 1)
    const started: string[] = []
    const open = gate()
    runner.define<string, void>('slow', {
      title: (name) => name,
      quota: 'max_slow',
      maxConcurrent: 5,
      run: async (name) => {
        started.push(name)
        await open.promise
      },
    })
    runner.submit('slow', 'first')
    await until(() => started.length === 1)
    runner.submit('slow', 'batch')
    const last = runner.submit('slow', 'waited for', { priority: 'interactive' })
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(started).toEqual(['first'])
    open.resolve()
    await runner.wait(last.job_id)
    await until(() => started.length === 3)
    expect(started).toEqual(['first', 'waited for', 'batch'])
  })

  test('refuses more than it may hold, with limit and use', () => {
    const { runner, ledger } = host()
    runner.define('waits', { title: 'Waits', maxConcurrent: 0, run: async () => {} })
    for (let i = 0; i < 100; i++) runner.submit('waits', i)
    const refused = { code: 'QUOTA_EXCEEDED', details: { quota: 'max_queue', limit: 100, use: 100 } }
    expect(() => runner.submit('waits', 101)).toThrow(expect.objectContaining(refused))
    ledger.quotas.set('max_queue', 101)
    expect(runner.submit('waits', 101).status).toBe('queued')
  })
})

describe('limits of users', () => {
  /** A host whose jobs of kind `slow` run until they are let go, and two users. */
  function busyHost() {
    const made = host()
    const open = gate()
    const add = (email: string) => made.ledger.users.add({ email, role: 'trader', token_sha: null })
    made.ledger.quotas.set('max_slow', 1)
    made.runner.define('slow', { title: 'Slow', quota: 'max_slow', run: () => open.promise })
    return { ...made, open, ann: add('ann'), ben: add('ben') }
  }
  const settle = () => new Promise((resolve) => setTimeout(resolve, 30))

  test('hold for each: one who has many waiting keeps nobody else waiting', async () => {
    const { runner, ledger, open, ann, ben } = busyHost()
    const ofAnn = [1, 2, 3].map((n) => asUser(ann, () => runner.submit('slow', n)))
    const ofBen = asUser(ben, () => runner.submit('slow', 1))
    const ofScript = runner.submit('slow', 1)
    await settle()
    const statusOf = ({ job_id }: { job_id: string }) => runner.get(job_id).status
    expect(ofAnn.map(statusOf)).toEqual(['running', 'queued', 'queued'])
    expect([statusOf(ofBen), statusOf(ofScript)]).toEqual(['running', 'running'])
    expect(ledger.jobs.use()).toEqual([
      { user_id: null, kind: 'slow', queued: 0, running: 1 },
      { user_id: ann, kind: 'slow', queued: 2, running: 1 },
      { user_id: ben, kind: 'slow', queued: 0, running: 1 },
    ])
    open.resolve()
    await until(() => ofAnn.every((each) => statusOf(each) === 'completed'))
  })

  test('refuse the one whose queue is full, and let others queue', async () => {
    const { runner, ledger, open, ann, ben } = busyHost()
    ledger.quotas.set('max_queue', 2)
    const submit = (user: number) => asUser(user, () => runner.submit('slow', 1))
    const first = submit(ann)
    await until(() => runner.get(first.job_id).status === 'running')
    for (let n = 0; n < 2; n++) submit(ann)
    const refused = { code: 'QUOTA_EXCEEDED', details: { quota: 'max_queue', limit: 2, use: 2 } }
    expect(() => submit(ann)).toThrow(expect.objectContaining(refused))
    expect(submit(ben).status).toBe('queued')
    open.resolve()
  })

  test('count what a job queues for the user of that job, whoever made room for it', async () => {
    const { runner, ledger, open, ann, ben } = busyHost()
    runner.define('parent', { title: 'Parent', run: async () => void runner.submit('slow', 'child') })
    const parent = asUser(ann, () => runner.submit('parent', 1))
    await asUser(ben, () => runner.wait(parent.job_id))
    expect(ledger.jobs.use()).toMatchObject([{ user_id: ann, kind: 'slow' }])
    open.resolve()
  })
})

describe('cancel', () => {
  test.each([
    ['looks at its flag', spinJob, 600],
    ['does not', stuckJob, 2000],
  ])('stops a worker that %s', async (_, spec, withinMs) => {
    const { runner } = host()
    const state = new Int32Array(new SharedArrayBuffer(8))
    runner.define('work', { title: 'Work', run: (_, job) => job.run(spec, state) })
    const { job_id } = runner.submit('work', null)
    const waiting = expect(runner.wait(job_id)).rejects.toMatchObject({
      code: 'CANCELED',
      message: 'Work was canceled',
    })
    await until(() => state[0] === 1)
    const start = performance.now()
    expect(await runner.cancel(job_id)).toMatchObject({ status: 'canceled', error: null })
    expect(performance.now() - start).toBeLessThan(withinMs)
    await waiting
  })

  test('gives up on a handler that hangs, frees its place, and ignores what it does later', async () => {
    const { runner, ledger } = host()
    const open = gate()
    runner.define<boolean, void>('hangs', {
      title: 'Hangs',
      maxConcurrent: 1,
      run: async (hangs, job) => {
        job.commit(() => ledger.quotas.set('late', 1))
        if (hangs) await open.promise
      },
    })
    const { job_id } = runner.submit('hangs', true)
    await until(() => runner.get(job_id).status === 'running')
    const start = performance.now()
    expect(await runner.cancel(job_id)).toMatchObject({ status: 'canceled' })
    expect(performance.now() - start).toBeLessThan(2000)
    open.resolve()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect([runner.get(job_id).status, ledger.quotas.list()]).toEqual(['canceled', {}])
    await runner.wait(runner.submit('hangs', false).job_id)
    expect(ledger.quotas.list()).toEqual({ late: 1 })
  })

  test('takes a waiting job out of the queue, and leaves an ended one as it is', async () => {
    const { runner } = host()
    let ran = 0
    runner.define('waits', { title: 'Waits', maxConcurrent: 0, run: async () => void ran++ })
    runner.define('quick', { title: 'Quick', run: async () => 1 })
    const waiting = runner.submit('waits', null)
    expect(await runner.cancel(waiting.job_id)).toMatchObject({ status: 'canceled', attempts: 0 })
    const quick = runner.submit('quick', null)
    await runner.wait(quick.job_id)
    expect(await runner.cancel(quick.job_id)).toMatchObject({ status: 'completed' })
    await expect(runner.cancel('77')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(ran).toBe(0)
  })
})

describe('retry', () => {
  test('runs a failed job again, and refuses others', async () => {
    const { runner } = host()
    let tries = 0
    const run = async () => {
      if (++tries === 1) throw new SigmaError('NO_DATA', 'not yet')
      return tries
    }
    runner.define('flaky', { title: 'Flaky', run })
    const { job_id } = runner.submit('flaky', null)
    await expect(runner.wait(job_id)).rejects.toThrow('not yet')
    expect(runner.retry(job_id)).toMatchObject({ status: 'queued', error: null, finished_at: null })
    expect(await runner.wait(job_id)).toBe(2)
    expect(runner.get(job_id)).toMatchObject({ status: 'completed', attempts: 1 })
    expect(() => runner.retry(job_id)).toThrow('is completed: only failed and canceled jobs can be retried')
  })
})

describe('recovery', () => {
  test('queues a job that was running when the host died once more, and fails it the second time', async () => {
    const { path } = host()
    let attempts: number[] = []
    const start = (hangs: boolean) => {
      const it = host(path)
      it.runner.define('work', {
        title: 'Work',
        maxConcurrent: 1,
        run: async (_, job) => {
          attempts.push(job.attempt)
          if (hangs) await new Promise(() => {})
          return 'done'
        },
      })
      return it
    }
    const first = start(true)
    const { job_id } = first.runner.submit('work', null)
    first.runner.submit('work', null)
    await until(() => attempts.length === 1)
    first.dies()

    const second = start(true)
    expect(second.runner.recover()).toMatchObject([{ job_id, status: 'queued', recovered: true }])
    await until(() => attempts.length === 2)
    expect(second.runner.get(job_id)).toMatchObject({ status: 'running', attempts: 2, recovered: true })
    second.dies()

    const third = start(false)
    const [recovered] = third.runner.recover()
    expect(recovered).toMatchObject({ job_id, status: 'failed', error: { message: /stopped twice/ } })
    await expect(third.runner.wait(job_id)).rejects.toThrow('stopped twice')
    expect(await third.runner.wait(Number(job_id) + 1)).toBe('done')
    expect(attempts).toEqual([1, 2, 1])
    attempts = []
  })

  test('tries a job whose worker died a second time, and not a third', async () => {
    const { runner } = host()
    const deaths = new Int32Array(new SharedArrayBuffer(4))
    runner.define('fragile', { title: 'Fragile', run: (_, job) => job.run(dieJob, deaths) })
    deaths[0] = 1
    const once = runner.submit('fragile', null)
    expect(await runner.wait(once.job_id)).toBe('alive')
    expect(runner.get(once.job_id)).toMatchObject({ attempts: 2, recovered: false })
    deaths[0] = 9
    const always = runner.submit('fragile', null)
    await expect(runner.wait(always.job_id)).rejects.toThrow(/die stopped: .*exit/)
    expect([deaths[0], runner.get(always.job_id).attempts]).toEqual([7, 2])
  })

  test('a host that closes puts its running jobs back, unharmed', async () => {
    const { path, runner, dies } = host()
    const state = new Int32Array(new SharedArrayBuffer(8))
    runner.define('work', { title: 'Work', run: (_, job) => job.run(spinJob, state) })
    const { job_id } = runner.submit('work', null)
    const waiting = expect(runner.wait(job_id)).rejects.toMatchObject({ code: 'CANCELED' })
    await until(() => state[0] === 1)
    await runner.close()
    await waiting
    dies()
    const next = host(path)
    next.runner.define('work', { title: 'Work', run: async () => 'done' })
    expect(next.runner.get(job_id)).toMatchObject({
      status: 'queued',
      attempts: 0,
      recovered: false,
      error: null,
    })
    expect(next.runner.recover()).toEqual([])
    expect(await next.runner.wait(job_id)).toBe('done')
  })

  test('fails a job of a kind that this release does not know', async () => {
    const { path, runner, dies } = host()
    runner.define('old', { title: 'Old', maxConcurrent: 0, run: async () => {} })
    const { job_id } = runner.submit('old', null)
    dies()
    const next = host(path)
    next.runner.recover()
    await expect(next.runner.wait(job_id)).rejects.toThrow('jobs of kind old are not known to this release')
  })
})
