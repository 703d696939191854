import { Type } from 'typebox'
import { rollingMax, rollingMin } from '#shared/kernels/rolling-extremes.ts'
import { defineIndicator, type IndicatorInput } from '../define.ts'
import { barsParam } from '../params.ts'

export const ichimoku = defineIndicator({
  id: 'ichimoku',
  title: 'Ichimoku cloud',
  doc: 'Middles of three ranges and the two cloud lines made of them; with shift_ahead the cloud drawn for this bar.',
  category: 'trend',
  subcategory: 'cloud',
  source:
    'Hosoda (1968); Elliott, Ichimoku Charts (2007). Without the lagging span, which is the future close',
  params: Type.Object({
    tenkan: barsParam(9),
    kijun: barsParam(26),
    senkou: barsParam(52),
    shift_ahead: Type.Boolean({ default: false }),
  }),
  inputs: () => ['high', 'low'],
  outputs: ({ tenkan, kijun, senkou, shift_ahead }) => {
    const stem = `ichimoku_${tenkan}_${kijun}_${senkou}${shift_ahead ? '_shifted' : ''}`
    return [`${stem}_tenkan`, `${stem}_kijun`, `${stem}_span_a`, `${stem}_span_b`]
  },
  warmup: ({ tenkan, kijun, senkou, shift_ahead }) => {
    const shift = shift_ahead ? kijun : 0
    return [tenkan - 1, kijun - 1, Math.max(tenkan, kijun) - 1 + shift, senkou - 1 + shift]
  },
  compute: (input, { tenkan, kijun, senkou, shift_ahead }, [conversion, base, spanA, spanB]) => {
    const { rows } = input
    middle(input, tenkan, conversion!)
    middle(input, kijun, base!)
    middle(input, senkou, spanB!)
    for (let i = 0; i < rows; i++) spanA![i] = (conversion![i]! + base![i]!) / 2
    if (!shift_ahead) return
    for (const span of [spanA!, spanB!]) {
      span.copyWithin(kijun, 0)
      span.fill(Number.NaN, 0, kijun)
    }
  },
})

function middle({ high, low, rows }: IndicatorInput, window: number, out: Float64Array): void {
  const top = new Float64Array(rows)
  rollingMax(high, window, top)
  rollingMin(low, window, out)
  for (let i = 0; i < rows; i++) out[i] = (top[i]! + out[i]!) / 2
}
