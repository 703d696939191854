import { Type } from 'typebox'
import { gatherKnown } from '#shared/kernels/gather-known.ts'
import { rsi } from '#shared/kernels/rsi.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix, seedParam, underlyingParam } from '../params.ts'

export const dailyRsi = defineIndicator({
  id: 'daily_rsi',
  title: 'Daily RSI',
  doc: 'Relative strength index of daily prices up to the previous session, 0 to 100.',
  category: 'daily',
  subcategory: 'oscillator',
  source: 'Wilder, New Concepts in Technical Trading Systems (1978)',
  params: Type.Object({
    underlying: underlyingParam(),
    period: barsParam(14),
    column: columnParam(),
    seed: seedParam(),
  }),
  recursive: true,
  inputs: () => ['daily'],
  lag: () => 1,
  outputs: (params) => [`rsi_${params.period}_d${nameSuffix(params)}`],
  warmup: ({ period }) => period + 1,
  warmupUnit: 'sessions',
  compute: ({ daily }, { period, column, seed }, [out]) => {
    const strength = new Float64Array(daily.length)
    rsi(daily[column], period, seed, strength)
    gatherKnown(strength, daily.asOf, 0, out!)
  },
})
