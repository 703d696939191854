import { Type } from 'typebox'
import { directionalMovement } from '#shared/kernels/directional-movement.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, nameSuffix, seedParam } from '../params.ts'

export const adx = defineIndicator({
  id: 'adx',
  title: 'Average directional index',
  doc: 'Upward and downward pressure (DI) and how strong the trend is whichever way it goes (ADX), 0 to 100.',
  category: 'trend',
  subcategory: 'dmi_adx',
  source: 'Wilder, New Concepts in Technical Trading Systems (1978); seeding as TA-Lib',
  params: Type.Object({ period: barsParam(14), seed: seedParam() }),
  recursive: true,
  inputs: () => ['high', 'low', 'close'],
  outputs: (params) => {
    const tail = `${params.period}${nameSuffix(params)}`
    return [`plus_di_${tail}`, `minus_di_${tail}`, `adx_${tail}`]
  },
  warmup: ({ period }) => [period, period, 2 * period - 1],
  compute: ({ high, low, close }, { period, seed }, [plus, minus, strength]) =>
    directionalMovement(high, low, close, period, seed, plus!, minus!, strength!),
})
