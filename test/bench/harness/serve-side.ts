import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Figures } from './bench-types.ts'

/** The work of one round, its data already read. */
export interface Round {
  /** What is timed. */
  run: () => unknown
  figures?: () => Figures
  /** Values of the last run, to be held against the peer's. */
  output?: () => Float64Array
}

export interface SideWork {
  /** Name and version of what does the work. */
  version: string
  /** Reads the data of round k and gives its work; not timed. */
  round: (k: number) => Round | Promise<Round>
}

/** What the harness writes to a side's standard input, one JSON a line. */
export type SideRequest = { round: number; repeats: number; outputTo: string | null } | { quit: true }

/** What a side answers, one JSON a line. */
export type SideReply =
  | { ready: string }
  | { missing: string }
  | { milliseconds: number; figures: Figures }
  | { megabytes: number }

/** Answers the harness: `side.ts FOLDER OPTIONS` loads, then runs rounds as they are asked for. */
export async function serveSide(
  load: (folder: string, options: Record<string, unknown>) => SideWork | Promise<SideWork>,
): Promise<void> {
  const [folder, options] = process.argv.slice(2)
  const reply = (message: SideReply) => process.stdout.write(`${JSON.stringify(message)}\n`)
  let work: SideWork
  try {
    work = await load(folder!, JSON.parse(options!) as Record<string, unknown>)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    reply({ missing: String(error) })
    return
  }
  reply({ ready: work.version })
  let known = -1
  let round: Round = { run: () => {} }
  for await (const line of createInterface(process.stdin)) {
    const request = JSON.parse(line) as SideRequest
    if ('quit' in request) break
    if (known !== request.round) {
      // Lets the data of the round before go first: two at once would count as peak memory.
      round = { run: () => {} }
      round = await work.round(request.round)
      known = request.round
    }
    // The fastest of the repeats is the one that the rest of the machine disturbed least.
    let milliseconds = Number.POSITIVE_INFINITY
    for (let i = 0; i < request.repeats; i++) {
      const began = performance.now()
      await round.run()
      milliseconds = Math.min(milliseconds, performance.now() - began)
    }
    if (request.outputTo !== null && round.output) writeFileSync(request.outputTo, round.output())
    reply({ milliseconds, figures: round.figures?.() ?? {} })
  }
  reply({ megabytes: process.resourceUsage().maxRSS / 1024 })
}
