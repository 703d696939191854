import { Type } from 'typebox'
import { difference } from '#shared/kernels/returns.ts'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

export const hurst = defineIndicator({
  id: 'hurst',
  title: 'Hurst exponent',
  doc: 'How moves grow with time: 0.5 a random walk, above it trends, below it mean reversion.',
  category: 'statistics',
  subcategory: 'dependence',
  source: 'Generalized Hurst exponent, q = 2; Di Matteo, Multi-scaling in Finance (2007)',
  params: Type.Object({ column: columnParam(), window: barsParam(100, 20), max_lag: barsParam(19, 2) }),
  inputs: ({ column }) => [column],
  outputs: (params) => [`hurst_${params.window}_${params.max_lag}${nameSuffix(params)}`],
  warmup: ({ window }) => window - 1,
  compute: (input, { column, window, max_lag }, [out]) => {
    const { rows } = input
    const lags = Math.min(max_lag, window - 1)
    const price = new Float64Array(rows)
    const square = new Float64Array(rows)
    const spread = new Float64Array(rows)
    const { mean, squares } = logLagMoments(lags)
    for (let i = 0; i < rows; i++) price[i] = Math.log(input[column][i]!)
    out!.fill(0)
    for (let lag = 1; lag <= lags; lag++) {
      difference(price, lag, square)
      for (let i = 0; i < rows; i++) square[i] = square[i]! * square[i]!
      rollingMean(square, window - lag, spread)
      const weight = (Math.log(lag) - mean) / squares
      // Log of a squared move grows by twice the exponent.
      for (let i = 0; i < rows; i++) out![i] = out![i]! + (weight * Math.log(spread[i]!)) / 2
    }
    for (let i = 0; i < rows; i++) if (!Number.isFinite(out![i]!)) out![i] = Number.NaN
  },
})

function logLagMoments(lags: number): { mean: number; squares: number } {
  let sum = 0
  for (let lag = 1; lag <= lags; lag++) sum += Math.log(lag)
  const mean = sum / lags
  let squares = 0
  for (let lag = 1; lag <= lags; lag++) squares += (Math.log(lag) - mean) ** 2
  return { mean, squares }
}
