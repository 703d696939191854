import { Type } from 'typebox'
import { rollingSum } from '#shared/kernels/rolling-mean.ts'
import { trueRange } from '#shared/kernels/true-range.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const ultimateOscillator = defineIndicator({
  id: 'ultimate_oscillator',
  title: 'Ultimate oscillator',
  doc: 'Buying pressure over three spans at once, weighted 4, 2, 1; 0 to 100.',
  category: 'momentum',
  subcategory: 'oscillator',
  source: 'Williams, The Ultimate Oscillator, TASC 3:4 (1985)',
  params: Type.Object({ short: barsParam(7), mid: barsParam(14), long: barsParam(28) }),
  inputs: () => ['high', 'low', 'close'],
  outputs: ({ short, mid, long }) => [`ultimate_osc_${short}_${mid}_${long}`],
  warmup: ({ short, mid, long }) => Math.max(short, mid, long),
  compute: ({ high, low, close, rows }, { short, mid, long }, [out]) => {
    const pressure = new Float64Array(rows)
    const range = new Float64Array(rows)
    const pressureSum = new Float64Array(rows)
    const rangeSum = new Float64Array(rows)
    pressure.fill(Number.NaN, 0, 1)
    for (let i = 1; i < rows; i++) pressure[i] = close[i]! - Math.min(low[i]!, close[i - 1]!)
    trueRange(high, low, close, range)
    out!.fill(0)
    addShare(short, 4)
    addShare(mid, 2)
    addShare(long, 1)

    function addShare(window: number, weight: number): void {
      rollingSum(pressure, window, pressureSum)
      rollingSum(range, window, rangeSum)
      for (let i = 0; i < rows; i++) {
        const share = rangeSum[i] === 0 ? 0.5 : pressureSum[i]! / rangeSum[i]!
        out![i] = out![i]! + (100 / 7) * weight * share
      }
    }
  },
})
