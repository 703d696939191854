import { Type } from 'typebox'
import { relativeChange } from '#shared/kernels/returns.ts'
import { rollingMean } from '#shared/kernels/rolling-mean.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, columnParam, nameSuffix } from '../params.ts'

const spans = [1, 2, 3, 4] as const

export const kst = defineIndicator({
  id: 'kst',
  title: 'Know sure thing',
  doc: 'Four smoothed rates of change, the longer ones weighing more, and the average of their sum.',
  category: 'momentum',
  subcategory: 'returns',
  source: 'Pring, Summed Rate of Change (KST), TASC 10:9 (1992)',
  params: Type.Object({
    column: columnParam(),
    roc1: barsParam(10),
    roc2: barsParam(15),
    roc3: barsParam(20),
    roc4: barsParam(30),
    sma1: barsParam(10),
    sma2: barsParam(10),
    sma3: barsParam(10),
    sma4: barsParam(15),
    signal: barsParam(9),
  }),
  inputs: ({ column }) => [column],
  outputs: (params) => {
    const changes = spans.map((span) => params[`roc${span}`]).join('_')
    const averages = spans.map((span) => params[`sma${span}`]).join('_')
    const stem = `kst_${changes}_${averages}_${params.signal}${nameSuffix(params)}`
    return [`${stem}_line`, `${stem}_signal`]
  },
  warmup: (params) => {
    const line = Math.max(...spans.map((span) => params[`roc${span}`] + params[`sma${span}`] - 1))
    return [line, line + params.signal - 1]
  },
  compute: (input, params, [line, signal]) => {
    const change = new Float64Array(input.rows)
    const average = new Float64Array(input.rows)
    line!.fill(0)
    for (const span of spans) {
      relativeChange(input[params.column], params[`roc${span}`], change)
      rollingMean(change, params[`sma${span}`], average)
      for (let i = 0; i < input.rows; i++) line![i] = line![i]! + 100 * span * average[i]!
    }
    rollingMean(line!, params.signal, signal!)
  },
})
