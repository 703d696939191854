import { Type } from 'typebox'
import { sessionOpen } from '#shared/calendar/sessions.ts'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { dailyUnit, normParam } from './daily-unit.ts'

const minuteMs = 60_000
const atrPeriod = 14

export const first15mRangeZ = defineIndicator({
  id: 'first15m_range_z',
  title: 'Opening range',
  doc: 'Range of the session’s first minutes in average daily ranges; empty on rows decided before those minutes are over.',
  category: 'session',
  subcategory: 'open',
  source:
    '(high − low) of 09:30 to 09:30 + window_mins / Wilder ATR 14 of completed days; Crabel, Day Trading (1990)',
  params: Type.Object({
    ticker: underlyingParam(),
    window_mins: Type.Integer({ minimum: 5, maximum: 390, multipleOf: 5, default: 15 }),
    norm: normParam(),
  }),
  needs: ['intraday'],
  sparse: true,
  inputs: ({ norm }) => (norm === 'atr' ? ['time', 'daily', 'intraday'] : ['time', 'intraday']),
  outputs: ({ window_mins, norm }) => [
    `first15m_range_z_${window_mins}${norm === 'stddev5m' ? '_stddev5m' : ''}`,
  ],
  warmup: ({ norm }) => (norm === 'atr' ? atrPeriod + 1 : 1),
  warmupUnit: 'sessions',
  compute: (input, { window_mins, norm }, [out]) => {
    const { ts, session, rows } = input
    const fine = input.intraday!
    const unit = new Float64Array(rows)
    dailyUnit(input, norm, atrPeriod, unit)
    let cursor = 0
    let current = -1
    let range = Number.NaN
    for (let i = 0; i < rows; i++) {
      const bell = sessionOpen[session[i]!]!
      const end = bell + window_mins * minuteMs
      out![i] = Number.NaN
      if (ts[i]! < end) continue
      if (session[i] !== current) {
        current = session[i]!
        let top = Number.NEGATIVE_INFINITY
        let bottom = Number.POSITIVE_INFINITY
        let openPrice = Number.NaN
        while (cursor < fine.asOf[i]! && fine.ts[cursor]! <= bell) cursor++
        for (; cursor < fine.asOf[i]! && fine.ts[cursor]! <= end; cursor++) {
          if (Number.isNaN(openPrice)) openPrice = fine.open[cursor]!
          top = Math.max(top, fine.high[cursor]!)
          bottom = Math.min(bottom, fine.low[cursor]!)
        }
        range = norm === 'atr' ? top - bottom : (top - bottom) / openPrice
        if (top < bottom) range = Number.NaN
      }
      out![i] = range / unit[i]!
    }
  },
})
