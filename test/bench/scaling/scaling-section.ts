import { join } from 'node:path'
import type { BenchContext } from '../harness/bench-types.ts'
import { durationText, spreadOf } from '../harness/spread.ts'
import { startSide } from '../harness/start-side.ts'
import { writeScores } from '../sweeps/write-scores.ts'
import { writeRows } from '../trainer/write-rows.ts'

interface Scale {
  name: string
  /** What grows. */
  sizes: number[]
  script: string
  options: (size: number) => Record<string, unknown>
  prepare: (folder: string, size: number) => void
  /** Most that the exponent may be: n log n has about 1.1 over these sizes. */
  most: number
}

const trainer = (rows: number, features: number) => ({
  ...{ rows, features, tested: 1000, trees: 60, depth: 6, rate: 0.05, bins: 256 },
})
const sweeps = { way: 'nested', slippageBps: 1 }

const scales: Scale[] = [
  {
    name: 'training by rows, 40 features',
    sizes: [10_000, 20_000, 40_000, 80_000],
    script: join('trainer', 'our-side.ts'),
    options: (rows) => trainer(rows, 40),
    prepare: (folder, rows) => writeRows(folder, { rows, features: 40, tested: 1000 }, 1),
    most: 1.1,
  },
  {
    name: 'training by features, 20,000 rows',
    sizes: [15, 30, 60, 120],
    script: join('trainer', 'our-side.ts'),
    options: (features) => trainer(20_000, features),
    prepare: (folder, features) => writeRows(folder, { rows: 20_000, features, tested: 1000 }, 1),
    most: 1.1,
  },
  {
    name: 'a nested sweep by bars, 1,000 thresholds',
    sizes: [25_000, 50_000, 100_000, 200_000],
    script: join('sweeps', 'our-side.ts'),
    options: () => ({ ...sweeps, count: 1000 }),
    prepare: (folder, bars) => writeScores(folder, bars),
    most: 1.2,
  },
  {
    name: 'a nested sweep by thresholds, 20,000 bars',
    sizes: [1000, 2000, 4000, 8000],
    script: join('sweeps', 'our-side.ts'),
    options: (count) => ({ ...sweeps, count }),
    prepare: (folder) => writeScores(folder, 20_000),
    most: 1.1,
  },
]

/** How time grows with what is given, as the exponent of a power that is fitted to the medians. */
export async function measureScaling({ isQuick, folder, python, add }: BenchContext): Promise<void> {
  for (const { name, sizes, script, options, prepare, most } of scales) {
    const medians: number[] = []
    for (const size of sizes) {
      prepare(folder, size)
      const path = join(import.meta.dirname, '..', script)
      const given = { name: 'ours', language: 'node' as const, script: path, options: options(size) }
      const side = await startSide(given, folder, python)
      if (typeof side === 'string') throw new Error(`${name}: the side did not start: ${side}`)
      const times: number[] = []
      for (let run = 0; run < (isQuick ? 4 : 6); run++) {
        const { milliseconds } = await side.run({ round: 0, repeats: 1, outputTo: null })
        if (run > 0) times.push(milliseconds)
      }
      await side.quit()
      medians.push(spreadOf(times).median)
    }
    const exponent = slopeOf(sizes.map(Math.log), medians.map(Math.log))
    add({
      name,
      ours: medians.map(durationText).join(', '),
      peer: '',
      goal: `exponent ≤ ${most}`,
      verdict: exponent <= most ? 'met' : 'missed',
      beside: [`exponent ${exponent.toFixed(2)} over ${sizes.map((n) => n.toLocaleString('en')).join(', ')}`],
      figures: { sizes, medians, exponent },
    })
  }
}

/** Of the least-squares line. */
function slopeOf(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length
  const [mx, my] = [mean(x), mean(y)]
  const cross = x.reduce((sum, v, i) => sum + (v - mx) * (y[i]! - my), 0)
  return cross / x.reduce((sum, v) => sum + (v - mx) ** 2, 0)
}
