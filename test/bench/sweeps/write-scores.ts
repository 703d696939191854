import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EvaluateInput } from '#shared/jobs/evaluate-types.ts'
import { createRandom } from '#shared/kernels/random.ts'

const day = 86_400_000
const hour = 3_600_000

/** Costs of a change of exposure by 1, in basis points. */
export const slippageBps = 1

/** Daily opens and closes of a random walk and a score a day, one column after the other. */
export function writeScores(folder: string, bars: number): void {
  const random = createRandom(7)
  const columns = new Float64Array(3 * bars)
  let price = 100
  for (let b = 0; b < bars; b++) {
    price *= 1 + 0.002 * random.nextGaussian()
    columns[b] = price
    price *= 1 + 0.01 * random.nextGaussian()
    columns[bars + b] = price
    columns[2 * bars + b] = 0.3 + 0.4 * random.next()
  }
  writeFileSync(join(folder, 'scores.f64'), columns)
}

/** The same as what a backtest starts from: decided at the close, entered at the next open, left at its close, all in one fold. */
export function readScores(folder: string): EvaluateInput {
  const bytes = readFileSync(join(folder, 'scores.f64'))
  const all = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  const bars = all.length / 3
  const ofBar = (value: (b: number) => number) => Float64Array.from({ length: bars }, (_, b) => value(b))
  const [open, close, up] = [0, 1, 2].map((c) => all.slice(c * bars, (c + 1) * bars))
  const bar = Int32Array.from({ length: bars }, (_, b) => b)
  const nothing = new Float64Array(0)
  return {
    path: {
      ...{ bars, cadence: 'daily', barsPerSession: 1, session: bar, volume: new Float64Array(bars) },
      ...{ open: open!, close: close!, high: close!, low: open! },
      openTs: ofBar((b) => b * day),
      ts: ofBar((b) => b * day + hour),
    },
    rows: {
      ...{ rows: bars, classes: ['DOWN', 'UP'], session: bar, bar, momentum: null },
      ts: ofBar((b) => b * day + hour),
      hourEt: new Int32Array(bars).fill(-1),
      exitBar: bar.map((b) => (b + 1 < bars ? b + 1 : -1)),
      y: new Int8Array(bars),
      retFwd: new Float64Array(bars),
      t1: ofBar((b) => (b + 1) * day + hour),
    },
    folds: [
      {
        ...{ fold: 0, skipped: null, trainRows: 0, purgedRows: 0, embargoedRows: 0, notes: [] },
        testRows: bar,
        testProba: Float64Array.from({ length: 2 * bars }, (_, i) =>
          i % 2 === 1 ? up![i >> 1]! : 1 - up![i >> 1]!,
        ),
        ...{ innerRows: new Int32Array(0), innerProba: nothing, trainFirst: 0, trainLast: 0 },
        baseRates: Float64Array.of(0.5, 0.5),
      },
    ],
    ...{ fill: 'next_open', horizonBars: 1, barsPerSession: 1, slippageBps, configs: [] },
  }
}
