import { Type } from 'typebox'
import { directionalMovement } from '#shared/kernels/directional-movement.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, nameSuffix, seedParam } from '../params.ts'

export const adxr = defineIndicator({
  id: 'adxr',
  title: 'Average directional index rating',
  doc: 'Mean of the ADX now and a period ago: trend strength, steadier.',
  category: 'trend',
  subcategory: 'dmi_adx',
  source: 'Wilder, New Concepts in Technical Trading Systems (1978); lag of period − 1 bars as TA-Lib',
  params: Type.Object({ period: barsParam(14), seed: seedParam() }),
  recursive: true,
  inputs: () => ['high', 'low'],
  outputs: (params) => [`adxr_${params.period}${nameSuffix(params)}`],
  warmup: ({ period }) => 3 * period - 2,
  compute: ({ high, low, close, rows }, { period, seed }, [out]) => {
    const plus = new Float64Array(rows)
    const minus = new Float64Array(rows)
    const strength = new Float64Array(rows)
    directionalMovement(high, low, close, period, seed, plus, minus, strength)
    const back = period - 1
    out!.fill(Number.NaN, 0, back)
    for (let i = back; i < rows; i++) out![i] = (strength[i]! + strength[i - back]!) / 2
  },
})
