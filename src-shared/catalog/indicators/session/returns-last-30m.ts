import { Type } from 'typebox'
import { defineIndicator } from '../define.ts'

const minuteMs = 60_000

export const returnsLast30m = defineIndicator({
  id: 'returns_last_30m',
  title: 'Return of the last 30 minutes',
  doc: 'Change over the half hour before the decision, from 5-minute bars of the same session, as a fraction.',
  category: 'session',
  subcategory: 'window',
  source: 'p(t) / p(t − 30 min) − 1; Gao et al., Market Intraday Momentum (2018)',
  params: Type.Object({}),
  needs: ['intraday'],
  sparse: true,
  inputs: () => ['time', 'intraday'],
  outputs: () => ['returns_last_30m'],
  warmup: () => 0,
  compute: ({ ts, session, rows, ...input }, _params, [out]) => {
    const fine = input.intraday!
    for (let i = 0; i < rows; i++) {
      const from = ts[i]! - 30 * minuteMs
      const last = fine.asOf[i]! - 1
      out![i] = Number.NaN
      if (last < 0 || fine.session[last] !== session[i] || fine.ts[last]! <= from) continue
      let k = last
      while (k > 0 && fine.session[k - 1] === session[i] && fine.ts[k]! > from) k--
      // At the bell no bar has closed yet: the first bar’s open is the price of that moment.
      const isBase = fine.ts[k]! <= from
      const isOpening = !isBase && fine.ts[k]! - 5 * minuteMs <= from
      if (isBase || isOpening) out![i] = fine.close[last]! / (isBase ? fine.close[k]! : fine.open[k]!) - 1
    }
  },
})
