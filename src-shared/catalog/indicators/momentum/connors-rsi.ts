import { Type } from 'typebox'
import { percentRank } from '#shared/kernels/percent-rank.ts'
import { relativeChange } from '#shared/kernels/returns.ts'
import { rsi } from '#shared/kernels/rsi.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix, seedParam } from '../params.ts'

export const connorsRsi = defineIndicator({
  id: 'connors_rsi',
  title: 'Connors RSI',
  doc: 'Mean of a short RSI, an RSI of the run of up or down closes, and the rank of the last change; 0 to 100.',
  category: 'momentum',
  subcategory: 'oscillator',
  source: 'Connors & Alvarez, An Introduction to ConnorsRSI (2012)',
  params: Type.Object({
    column: columnParam(),
    rsi_period: barsParam(3),
    streak_period: barsParam(2),
    rank_window: barsParam(100),
    seed: seedParam(),
  }),
  recursive: true,
  inputs: ({ column }) => [column],
  outputs: (params) => [
    `connors_rsi_${params.rsi_period}_${params.streak_period}_${params.rank_window}${nameSuffix(params)}`,
  ],
  warmup: ({ rsi_period, streak_period, rank_window }) =>
    Math.max(rsi_period, streak_period, rank_window + 1),
  compute: (input, { column, rsi_period, streak_period, rank_window, seed }, [out]) => {
    const x = input[column]
    const series = new Float64Array(input.rows)
    const part = new Float64Array(input.rows)
    rsi(x, rsi_period, seed, out!)
    let streak = 0
    for (let i = 1; i < input.rows; i++) {
      const change = x[i]! - x[i - 1]!
      if (change > 0) streak = streak > 0 ? streak + 1 : 1
      else if (change < 0) streak = streak < 0 ? streak - 1 : -1
      else streak = 0
      series[i] = streak
    }
    rsi(series, streak_period, seed, part)
    for (let i = 0; i < input.rows; i++) out![i] = out![i]! + part[i]!
    relativeChange(x, 1, series)
    percentRank(series, rank_window, part)
    for (let i = 0; i < input.rows; i++) out![i] = (out![i]! + part[i]!) / 3
  },
})
