import { join } from 'node:path'
import type { BenchContext } from '../harness/bench-types.ts'
import { durationText, spreadOf } from '../harness/spread.ts'
import { startSide } from '../harness/start-side.ts'

/** A whole matrix as a job builds it: features, labels, quality, leakage scan. There is no peer that does all of it. */
export async function measureMatrix({ isQuick, folder, python, add }: BenchContext): Promise<void> {
  const sizes = [
    { bars: 100_000, perSession: 26, seconds: 3, megabytes: Number.POSITIVE_INFINITY },
    ...(isQuick ? [] : [{ bars: 1_000_000, perSession: 200, seconds: 30, megabytes: 2048 }]),
  ]
  for (const { bars, perSession, seconds, megabytes } of sizes) {
    const options = { bars, perSession, features: 90 }
    const script = join(import.meta.dirname, 'our-side.ts')
    const side = await startSide({ name: 'ours', language: 'node', script, options }, folder, python)
    if (typeof side === 'string') throw new Error(`the matrix side did not start: ${side}`)
    const times: number[] = []
    let figures = {}
    for (let round = 0; round < 6; round++) {
      const reply = await side.run({ round: 0, repeats: 1, outputTo: null })
      figures = reply.figures
      // The first is for the compiler.
      if (round > 0) times.push(reply.milliseconds)
    }
    const peak = await side.quit()
    const { median, min, max } = spreadOf(times)
    add({
      name: `90 features × ${bars.toLocaleString('en')} bars, labels, quality, leakage scan`,
      ours: durationText(median),
      peer: '',
      goal: `≤ ${seconds} s${Number.isFinite(megabytes) ? `, ≤ ${megabytes} MB` : ''}`,
      verdict: median <= seconds * 1000 && peak <= megabytes ? 'met' : 'missed',
      beside: [`${durationText(min)} to ${durationText(max)}`],
      oursMegabytes: peak,
      figures: { times, ...figures },
    })
  }
}
