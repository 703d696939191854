import { Type } from 'typebox'
import { rollingMax, rollingMin } from '#shared/kernels/rolling-extremes.ts'
import { defineIndicator } from '../define.ts'

export const frama = defineIndicator({
  id: 'frama',
  title: 'Fractal adaptive moving average',
  doc: 'Average of the bar middles that speeds up when price travels in a line rather than filling a box.',
  category: 'trend',
  subcategory: 'adaptive_average',
  source: 'Ehlers, Fractal Adaptive Moving Averages, TASC 23:10 (2005)',
  params: Type.Object({ window: Type.Integer({ minimum: 4, maximum: 5000, multipleOf: 2, default: 16 }) }),
  recursive: true,
  inputs: () => ['high', 'low'],
  outputs: ({ window }) => [`frama_${window}`],
  warmup: ({ window }) => window - 1,
  compute: (input, { window }, [out]) => {
    const { high, low, rows } = input
    const half = window / 2
    const top = new Float64Array(rows)
    const bottom = new Float64Array(rows)
    const halfTop = new Float64Array(rows)
    const halfBottom = new Float64Array(rows)
    rollingMax(high, window, top)
    rollingMin(low, window, bottom)
    rollingMax(high, half, halfTop)
    rollingMin(low, half, halfBottom)
    let average = Number.NaN
    out!.fill(Number.NaN, 0, window - 1)
    for (let i = window - 1; i < rows; i++) {
      const price = (high[i]! + low[i]!) / 2
      const older = (halfTop[i - half]! - halfBottom[i - half]!) / half
      const newer = (halfTop[i]! - halfBottom[i]!) / half
      const whole = (top[i]! - bottom[i]!) / window
      const isSized = older + newer > 0 && whole > 0
      const dimension = isSized ? Math.log2((older + newer) / whole) : 1
      const weight = Math.min(1, Math.max(0.01, Math.exp(-4.6 * (dimension - 1))))
      average = Number.isNaN(average) ? price : average + weight * (price - average)
      out![i] = average
    }
  },
})
