import { Type } from 'typebox'
import { barsSinceMax, barsSinceMin } from '#shared/kernels/rolling-extremes.ts'
import { defineIndicator } from '../define.ts'
import { barsParam } from '../params.ts'

export const aroon = defineIndicator({
  id: 'aroon',
  title: 'Aroon',
  doc: 'How recent the highest high and the lowest low are: 100 this bar, 0 a full period ago; and their difference.',
  category: 'trend',
  subcategory: 'strength',
  source: 'Chande, A Time Price Oscillator, TASC 13:9 (1995), over period + 1 bars',
  params: Type.Object({ period: barsParam(25) }),
  inputs: () => ['high', 'low'],
  outputs: ({ period }) => [`aroon_up_${period}`, `aroon_down_${period}`, `aroon_osc_${period}`],
  warmup: ({ period }) => period,
  compute: ({ high, low, rows }, { period }, [up, down, oscillator]) => {
    barsSinceMax(high, period + 1, up!)
    barsSinceMin(low, period + 1, down!)
    for (let i = 0; i < rows; i++) {
      up![i] = (100 * (period - up![i]!)) / period
      down![i] = (100 * (period - down![i]!)) / period
      oscillator![i] = up![i]! - down![i]!
    }
  },
})
