import { defineJob } from '#shared/jobs/define.ts'

/** Jobs of the test worker. */
export const sumJob = defineJob<Float64Array, { sum: number; halves: Float64Array }>('sum', 'Sum')
/** Runs until it is canceled; marks `started[0]` and counts its turns in `started[1]`. */
export const spinJob = defineJob<Int32Array, null>('spin', 'Spin')
/** Never looks at its cancel flag. */
export const stuckJob = defineJob<Int32Array, null>('stuck', 'Stuck')
/** Ends its thread if `lives[0]` is 0, after taking one. */
export const dieJob = defineJob<Int32Array, string>('die', 'Die')
export const failJob = defineJob<string, null>('fail', 'Fail')
export const countJob = defineJob<number, number>('count', 'Count')
/** How many threads it may use. */
export const threadsJob = defineJob<null, number>('threads', 'Threads')
export const wideThreadsJob = defineJob<null, number>('threads', 'Threads', { isWide: true })
export const missingJob = defineJob<null, null>('missing', 'Missing')
