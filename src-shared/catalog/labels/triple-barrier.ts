import { Type } from 'typebox'
import { defineLabel } from './define.ts'
import {
  barAhead,
  barVolatility,
  cadencesAhead,
  clearLabels,
  lifeAhead,
  threeClasses,
} from './forward-label.ts'

/**
 * First close at or beyond `pt` trailing volatilities above (UP) or `sl` below (DOWN) the close at decision; FLAT where neither
 * is met within `max_bars`. A barrier of 0 is switched off. Closes are used, not highs and lows: an order can be filled there.
 * A row is labelled only where all `max_bars` could be seen: labels that exist only because a barrier was met early would choose
 * late rows by their outcome.
 */
export const tripleBarrier = defineLabel({
  id: 'triple_barrier',
  title: 'Triple barrier',
  doc: 'Which comes first: the profit barrier, the loss barrier or the end of the holding time.',
  source: 'López de Prado 2018, 3.4',
  params: Type.Object({
    pt: Type.Number({ minimum: 0, maximum: 50, default: 1 }),
    sl: Type.Number({ minimum: 0, maximum: 50, default: 1 }),
    max_bars: Type.Integer({ minimum: 1, maximum: 500, default: 10 }),
  }),
  classes: () => threeClasses,
  horizonBars: ({ max_bars }) => max_bars,
  cadences: ({ max_bars }) => cadencesAhead(max_bars),
  life: (clock, { max_bars }) => lifeAhead(clock, max_bars),
  entry: 'next_open',
  compute: (input, { pt, sl, max_bars }, out) => {
    clearLabels(out)
    const { close, ts } = input
    const volatility = barVolatility(input)
    for (let i = 0; i < input.rows; i++) {
      const end = barAhead(input, i, max_bars)
      const start = close[i]!
      if (end < 0 || !(start > 0) || Number.isNaN(volatility[i]!)) continue
      const profit = pt > 0 ? pt * volatility[i]! : Number.POSITIVE_INFINITY
      const loss = sl > 0 ? -sl * volatility[i]! : Number.NEGATIVE_INFINITY
      let y = 1
      let exit = i
      let ret = 0
      while (exit < end && y === 1) {
        exit++
        ret = close[exit]! / start - 1
        if (!(close[exit]! > 0)) break
        // With no volatility both barriers are at 0: an unmoved price meets neither.
        if (ret > 0 && ret >= profit) y = 2
        else if (ret < 0 && ret <= loss) y = 0
      }
      if (!(close[exit]! > 0) || !Number.isFinite(ret)) continue
      out.y[i] = y
      out.ret[i] = ret
      out.t1[i] = ts[exit]!
      out.exit[i] = exit
    }
  },
})
