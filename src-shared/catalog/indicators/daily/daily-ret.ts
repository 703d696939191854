import { Type } from 'typebox'
import { gatherKnown } from '#shared/kernels/gather-known.ts'
import { relativeChange } from '#shared/kernels/returns.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, underlyingParam } from '../params.ts'

export const dailyRet = defineIndicator({
  id: 'daily_ret',
  title: 'Daily return',
  doc: 'Change of the daily close over some sessions up to the previous one, as a fraction.',
  category: 'daily',
  subcategory: 'returns',
  source: 'Simple return, p(t) / p(t − window) − 1, of the previous session',
  params: Type.Object({ underlying: underlyingParam(), window: barsParam(1) }),
  inputs: () => ['daily'],
  lag: () => 1,
  outputs: ({ window }) => [`ret_${window}d_d`],
  warmup: ({ window }) => window + 1,
  warmupUnit: 'sessions',
  compute: ({ daily }, { window }, [out]) => {
    const change = new Float64Array(daily.length)
    relativeChange(daily.close, window, change)
    gatherKnown(change, daily.asOf, 0, out!)
  },
})
