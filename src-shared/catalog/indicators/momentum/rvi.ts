import { Type } from 'typebox'
import { rollingSum } from '#shared/kernels/rolling-mean.ts'
import { convolve } from '#shared/kernels/weighted-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const rvi = defineIndicator({
  id: 'rvi',
  title: 'Relative vigor index',
  doc: 'How far bars close above their open relative to their range, smoothed, and its signal line.',
  category: 'momentum',
  subcategory: 'oscillator',
  source: 'Ehlers, Relative Vigor Index, TASC 20:1 (2002)',
  params: Type.Object({ period: barsParam(10) }),
  inputs: () => ['open', 'high', 'low', 'close'],
  outputs: ({ period }) => [`rvi_${period}_line`, `rvi_${period}_signal`],
  warmup: ({ period }) => [period + 2, period + 5],
  compute: ({ open, high, low, close, rows }, { period }, [line, signal]) => {
    const weights = Float64Array.of(1 / 6, 2 / 6, 2 / 6, 1 / 6)
    const raw = new Float64Array(rows)
    const smoothed = new Float64Array(rows)
    const range = new Float64Array(rows)
    for (let i = 0; i < rows; i++) raw[i] = high[i]! - low[i]!
    convolve(raw, weights, smoothed)
    rollingSum(smoothed, period, range)
    for (let i = 0; i < rows; i++) raw[i] = close[i]! - open[i]!
    convolve(raw, weights, smoothed)
    rollingSum(smoothed, period, line!)
    for (let i = 0; i < rows; i++) line![i] = range[i] === 0 ? 0 : line![i]! / range[i]!
    convolve(line!, weights, signal!)
  },
})
