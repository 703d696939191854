import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import type { Side } from './bench-types.ts'
import type { SideReply, SideRequest } from './serve-side.ts'

/** A side that has loaded and waits. */
export interface RunningSide {
  side: Side
  version: string
  run: (
    request: Exclude<SideRequest, { quit: true }>,
  ) => Promise<Extract<SideReply, { milliseconds: number }>>
  /** Ends it and tells its peak memory. */
  quit: () => Promise<number>
}

/** Starts a side in its own process; gives the reason instead where it is not installed. */
export async function startSide(side: Side, folder: string, python: string): Promise<RunningSide | string> {
  const isNode = side.language === 'node'
  const threads = String(side.threads ?? 1)
  const child = spawn(
    isNode ? process.execPath : python,
    [
      ...(isNode ? ['--expose-gc'] : []),
      side.script,
      folder,
      JSON.stringify({ ...side.options, threads: side.threads ?? 1 }),
    ],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        PYTHONPATH: dirname(import.meta.filename),
        OMP_NUM_THREADS: threads,
        OPENBLAS_NUM_THREADS: threads,
        NUMBA_NUM_THREADS: threads,
      },
    },
  )
  const failure = once(child, 'error').then(([error]) => ({ missing: String(error) }))
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const next = async (): Promise<SideReply> => {
    const got = await Promise.race([lines.next(), failure])
    if ('missing' in got) return got
    if (got.done) throw new Error(`${side.name} ended without an answer`)
    return JSON.parse(got.value) as SideReply
  }
  const ask = (request: SideRequest): Promise<SideReply> => {
    child.stdin.write(`${JSON.stringify(request)}\n`)
    return next()
  }

  const first = await next()
  if ('missing' in first) return first.missing
  if (!('ready' in first)) throw new Error(`${side.name} did not say that it is ready`)
  return {
    side,
    version: first.ready,
    async run(request) {
      const reply = await ask(request)
      if (!('milliseconds' in reply)) throw new Error(`${side.name} did not tell its time`)
      return reply
    },
    async quit() {
      const reply = await ask({ quit: true })
      child.stdin.end()
      return 'megabytes' in reply ? reply.megabytes : Number.NaN
    },
  }
}
