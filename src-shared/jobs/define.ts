/** Steps done of steps in all, with a phrase for the screen. */
export interface JobProgress {
  done: number
  total: number
  note?: string
}

export interface JobContext {
  /** That the job may use, its own among them; 1 unless said. Results do not depend on how many. */
  threads?: number
  report: (progress: JobProgress) => void
  /** True once a cancel was asked for; handlers check it at least every 50 ms and throw SigmaError('CANCELED'). */
  cancelled: () => boolean
}

/** A pure function that runs in a worker thread, known by name. `Input` and `Result` are typed arrays and plain data. */
export interface JobSpec<Input, Result> {
  readonly name: string
  readonly title: string
  /** Uses the threads that nobody else does while it runs. */
  readonly isWide?: boolean
  readonly types?: { input: Input; result: Result }
}

export type JobInput<S> = S extends JobSpec<infer I, infer _> ? I : never
export type JobResult<S> = S extends JobSpec<infer _, infer R> ? R : never
export type JobHandler<S> = (input: JobInput<S>, context: JobContext) => JobResult<S>

export function defineJob<Input, Result>(
  name: string,
  title: string,
  { isWide = false } = {},
): JobSpec<Input, Result> {
  return { name, title, isWide }
}
