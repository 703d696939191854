import { Type } from 'typebox'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { rsi } from '#shared/kernels/rsi.ts'
import { rangePosition } from '#shared/kernels/stochastic.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix, seedParam } from '../params.ts'

export const stochRsi = defineIndicator({
  id: 'stoch_rsi',
  title: 'Stochastic RSI',
  doc: 'Where the RSI lies in its own recent range, 0 to 100, smoothed; and the average of that.',
  category: 'momentum',
  subcategory: 'stochastic',
  source: 'Chande & Kroll, The New Technical Trader (1994)',
  params: Type.Object({
    column: columnParam(),
    rsi_period: barsParam(14),
    stoch_period: barsParam(14),
    smooth_k: barsParam(3),
    smooth_d: barsParam(3),
    seed: seedParam(),
  }),
  recursive: true,
  version: 2,
  inputs: ({ column }) => [column],
  outputs: (params) => {
    const { rsi_period, stoch_period, smooth_k, smooth_d } = params
    const stem = `stochrsi_${rsi_period}_${stoch_period}_${smooth_k}_${smooth_d}${nameSuffix(params)}`
    return [`${stem}_k`, `${stem}_d`]
  },
  warmup: ({ rsi_period, stoch_period, smooth_k, smooth_d }) => {
    const k = rsi_period + stoch_period + smooth_k - 2
    return [k, k + smooth_d - 1]
  },
  compute: (input, { column, rsi_period, stoch_period, smooth_k, smooth_d, seed }, [k, d]) => {
    const strength = new Float64Array(input.rows)
    const raw = d!
    rsi(input[column], rsi_period, seed, strength)
    // What is left of the RSI's moves in a halt is its rounding.
    rangePosition(strength, strength, strength, stoch_period, raw, 1e-10)
    for (let i = 0; i < input.rows; i++) raw[i] = 100 * raw[i]!
    rollingMean(raw, smooth_k, k!)
    rollingMean(k!, smooth_d, d!)
  },
})
