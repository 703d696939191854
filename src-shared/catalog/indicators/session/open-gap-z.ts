import { Type } from 'typebox'
import { newYorkMinute } from '#shared/calendar/new-york.ts'
import { gatherKnown } from '#shared/kernels/gather-known.ts'
import { defineIndicator } from '../define.ts'
import { barsParam, underlyingParam } from '../params.ts'
import { dailyUnit, normParam } from './daily-unit.ts'

const sessionStartMinute = 9 * 60 + 30

export const openGapZ = defineIndicator({
  id: 'open_gap_z',
  title: 'Opening gap',
  doc: 'Gap from the previous close to today’s open, in average daily ranges (or in 5-minute return deviations of the day before).',
  category: 'session',
  subcategory: 'open',
  source:
    '(open − previous close) / Wilder ATR of completed days; stddev5m: gap return / sample deviation of 5-minute returns',
  params: Type.Object({ ticker: underlyingParam(), atr_period: barsParam(14), norm: normParam() }),
  sparse: true,
  inputs: ({ norm }) => ['open', 'time', 'daily', ...(norm === 'stddev5m' ? ['intraday' as const] : [])],
  outputs: ({ atr_period, norm }) => [
    `open_gap_z${norm === 'stddev5m' ? '_stddev5m' : atr_period === 14 ? '' : `_${atr_period}`}`,
  ],
  warmup: ({ atr_period, norm }) => (norm === 'atr' ? atr_period + 1 : 1),
  warmupUnit: 'sessions',
  compute: (input, { atr_period, norm }, [out]) => {
    const { open, ts, session, rows, daily } = input
    const previousClose = new Float64Array(rows)
    const unit = new Float64Array(rows)
    gatherKnown(daily.close, daily.asOf, 0, previousClose)
    dailyUnit(input, norm, atr_period, unit)
    let openPrice = Number.NaN
    for (let i = 0; i < rows; i++) {
      if (i === 0 || session[i] !== session[i - 1]) openPrice = Number.NaN
      // Bars that end before the bell belong to the pre-market.
      if (Number.isNaN(openPrice) && newYorkMinute(ts[i]!) > sessionStartMinute) openPrice = open[i]!
      const gap = openPrice - previousClose[i]!
      out![i] = norm === 'atr' ? gap / unit[i]! : gap / previousClose[i]! / unit[i]!
    }
  },
})
