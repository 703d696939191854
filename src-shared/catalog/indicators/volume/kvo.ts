import { Type } from 'typebox'
import { ema } from '#shared/kernels/ema.ts'
import { emaSpread } from '#shared/kernels/ema-spread.ts'
import { defineIndicator, type IndicatorInput } from '../define.ts'
import { barsParam, nameSuffix, seedParam } from '../params.ts'

export const kvo = defineIndicator({
  id: 'kvo',
  title: 'Klinger volume oscillator',
  doc: 'Fast less slow average of volume force, which follows the trend of the typical price; and its signal.',
  category: 'volume',
  subcategory: 'money_flow',
  source: 'Klinger, Identifying Trends with Volume Analysis, TASC 15:12 (1997)',
  params: Type.Object({ fast: barsParam(34), slow: barsParam(55), signal: barsParam(13), seed: seedParam() }),
  paramAliases: { fast_period: 'fast', slow_period: 'slow', signal_period: 'signal' },
  recursive: true,
  inputs: () => ['high', 'low', 'close', 'volume'],
  outputs: (params) => {
    const stem = `kvo_${params.fast}_${params.slow}_${params.signal}${nameSuffix(params)}`
    return [`${stem}_line`, `${stem}_signal`]
  },
  warmup: ({ fast, slow, signal }) => [Math.max(fast, slow), Math.max(fast, slow) + signal - 1],
  compute: (input, { fast, slow, signal, seed }, [line, signalLine]) => {
    const force = new Float64Array(input.rows)
    const slowAverage = signalLine!
    volumeForce(input, force)
    emaSpread(force, fast, slow, seed, line!, slowAverage)
    for (let i = 0; i < input.rows; i++) line![i] = line![i]! - slowAverage[i]!
    ema(line!, signal, seed, signalLine!)
  },
})

function volumeForce({ high, low, close, volume, rows }: IndicatorInput, out: Float64Array): void {
  let trend = 0
  let cumulative = 0
  out.fill(Number.NaN, 0, 1)
  for (let i = 1; i < rows; i++) {
    const change = high[i]! + low[i]! + close[i]! - high[i - 1]! - low[i - 1]! - close[i - 1]!
    const range = high[i]! - low[i]!
    const turned = change > 0 ? 1 : change < 0 ? -1 : trend
    // A turn starts the measure anew from the bar before it.
    cumulative = turned === trend ? cumulative + range : high[i - 1]! - low[i - 1]! + range
    trend = turned
    const share = cumulative === 0 ? 1 : Math.abs((2 * range) / cumulative - 1)
    out[i] = 100 * trend * volume[i]! * share
  }
}
