import { SigmaError } from '#shared/errors.ts'
import type { JobHandler } from '#shared/jobs/define.ts'
import { createTaskRunner } from '#workers/run-task.ts'
import type { countJob, dieJob, failJob, spinJob, stuckJob, sumJob, threadsJob } from './test-jobs.ts'

const sum: JobHandler<typeof sumJob> = (values) => ({
  sum: values.reduce((total, value) => total + value, 0),
  halves: values.map((value) => value / 2),
})

const spin: JobHandler<typeof spinJob> = (started, { cancelled }) => {
  Atomics.store(started, 0, 1)
  while (!cancelled()) Atomics.add(started, 1, 1)
  throw new SigmaError('CANCELED', 'spin was canceled')
}

const stuck: JobHandler<typeof stuckJob> = (started) => {
  Atomics.store(started, 0, 1)
  for (;;) Atomics.add(started, 1, 1)
}

const die: JobHandler<typeof dieJob> = (deaths) => {
  if (Atomics.sub(deaths, 0, 1) > 0) process.exit(3)
  return 'alive'
}

const fail: JobHandler<typeof failJob> = (how) => {
  if (how === 'sigma') throw new SigmaError('NO_DATA', 'no bars of SPY', { details: { ticker: 'SPY' } })
  throw new TypeError('a plain error')
}

const count: JobHandler<typeof countJob> = (total, { report }) => {
  for (let done = 1; done <= total; done++) report({ done, total })
  return total
}

const threads: JobHandler<typeof threadsJob> = (_, context) => context.threads ?? 1

export const runTask = createTaskRunner({ sum, spin, stuck, die, fail, count, threads })
