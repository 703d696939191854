import { Type } from 'typebox'
import { rsi } from '#shared/kernels/rsi.ts'
import { defineIndicator } from '../define.ts'

const minuteMs = 60_000
const barsOfAnHour = 12

export const rsiLastHour = defineIndicator({
  id: 'rsi_last_hour',
  title: 'RSI of the last hour',
  doc: 'RSI over the 5-minute closes of the hour that ends at the decision; empty while the session is younger than it needs.',
  category: 'session',
  subcategory: 'window',
  source: 'Wilder, New Concepts in Technical Trading Systems (1978), on 5-minute closes of one hour',
  params: Type.Object({ period: Type.Integer({ minimum: 1, maximum: barsOfAnHour, default: 7 }) }),
  needs: ['intraday'],
  sparse: true,
  inputs: () => ['time', 'intraday'],
  outputs: ({ period }) => [`rsi_last_hour_${period}`],
  warmup: () => 0,
  compute: ({ ts, session, rows, ...input }, { period }, [out]) => {
    const fine = input.intraday!
    const prices = new Float64Array(barsOfAnHour + 1)
    const strength = new Float64Array(barsOfAnHour + 1)
    for (let i = 0; i < rows; i++) {
      const from = ts[i]! - 60 * minuteMs
      const last = fine.asOf[i]! - 1
      out![i] = Number.NaN
      let at = prices.length
      let k = last
      for (; k >= 0 && at > 1 && fine.session[k] === session[i] && fine.ts[k]! > from; k--) {
        prices[--at] = fine.close[k]!
      }
      if (at === prices.length) continue
      // The price at which the hour began: the close before it, or the open at the bell.
      const hasBefore = k >= 0 && fine.session[k] === session[i]
      prices[--at] = hasBefore ? fine.close[k]! : fine.open[k + 1]!
      if (prices.length - at <= period) continue
      rsi(prices.subarray(at), period, 'sma', strength.subarray(at))
      out![i] = strength[strength.length - 1]!
    }
  },
})
