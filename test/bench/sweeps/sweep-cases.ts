import { join } from 'node:path'
import type { BenchContext, PairCase, Side } from '../harness/bench-types.ts'
import { slippageBps, writeScores } from './write-scores.ts'

/** Thresholds over the same scores: one by one against a compiled loop, as one falling threshold against numpy columns. */
export function sweepCases({ isQuick }: BenchContext): PairCase[] {
  const sizes = isQuick
    ? [[10_000, 200]]
    : [
        [10_000, 1000],
        [10_000, 10_000],
        [100_000, 1000],
      ]
  return sizes.flatMap(([bars, count]) =>
    (['dense', 'nested'] as const).map((way): PairCase => {
      const script = (name: string) => join(import.meta.dirname, name)
      const options = { way, count, slippageBps }
      const values = { within: 1e-12, isRelative: true }
      const peer = (name: string): Side => ({
        ...{ name, language: 'python', script: script('peer_side.py'), values },
        options: { ...options, way: name },
      })
      const peers =
        way === 'dense' ? [peer('numba')] : [peer('numpy'), { ...peer('numba'), isForInformation: true }]
      return {
        name: `${bars! / 1000}k bars × ${count} thresholds, ${way}`,
        goal: way === 'dense' ? { speedAtLeast: 0.9 } : { speedAtLeast: 250 },
        prepare: (folder) => writeScores(folder, bars!),
        ours: { name: 'ours', language: 'node', script: script('our-side.ts'), options },
        peers,
      }
    }),
  )
}
