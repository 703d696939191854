import { Type } from 'typebox'
import { defineLabel } from './define.ts'
import { clearLabels, threeClasses } from './forward-label.ts'
import {
  averageTrueRange,
  cadencesBefore,
  lifeToClose,
  listDayRows,
  minuteOfTime,
  timePattern,
} from './once-a-day.ts'

/**
 * Fades the opening move. One row a day, at the first bar that closes at or after `window_end` (11:00 for 10:30 on clock-hour
 * bars): the window must be over when the row decides. The opening move runs from the price at `open_time` to that close, the
 * trade from there to the session close. UP: a fall of at least `min_open_move_atr` was followed by a rise of at least
 * `min_reversal_move_atr`; DOWN: the mirror image; FLAT: no such opening move or no such reversal. Both in ATR(14) of the model's bars.
 */
export const headfakeReversal = defineLabel({
  id: 'headfake_reversal',
  title: 'Head-fake reversal',
  doc: 'Whether the opening move of the day is reversed by the close.',
  source:
    'Opening reversal: Grant, Wolf & Yu 2005, Intraday price reversals in the US stock index futures market',
  params: Type.Object({
    open_time: Type.String({ pattern: timePattern, default: '09:30' }),
    window_end: Type.String({ pattern: timePattern, default: '10:30' }),
    min_open_move_atr: Type.Number({ minimum: 0, maximum: 20, default: 0.5 }),
    min_reversal_move_atr: Type.Number({ minimum: 0, maximum: 20, default: 0.5 }),
  }),
  classes: () => threeClasses,
  horizonBars: () => 1,
  cadences: ({ window_end }) => cadencesBefore(minuteOfTime(window_end)),
  life: (clock, { window_end }) => lifeToClose(clock, minuteOfTime(window_end)),
  fault: ({ open_time, window_end }) =>
    minuteOfTime(window_end) > minuteOfTime(open_time)
      ? null
      : `window_end ${window_end} must be after open_time ${open_time}`,
  entry: 'next_open',
  compute: (input, params, out) => {
    const openMinute = minuteOfTime(params.open_time)
    const windowEnd = minuteOfTime(params.window_end)
    clearLabels(out)
    const { open, close, ts } = input
    const atr = averageTrueRange(input)
    for (const { opening, decision, closing } of listDayRows(input, openMinute, windowEnd)) {
      if (opening < 0) continue
      const openMove = (close[decision]! - open[opening]!) / atr[decision]!
      const reversal = (close[closing]! - close[decision]!) / atr[decision]!
      const ret = close[closing]! / close[decision]! - 1
      if (!(Number.isFinite(openMove) && Number.isFinite(reversal) && Number.isFinite(ret))) continue
      const isUp = openMove <= -params.min_open_move_atr && reversal >= params.min_reversal_move_atr
      const isDown = openMove >= params.min_open_move_atr && reversal <= -params.min_reversal_move_atr
      // With both minima at 0 an unmoved price is on both sides: that is no reversal.
      out.y[decision] = isUp === isDown ? 1 : isUp ? 2 : 0
      out.ret[decision] = ret
      out.t1[decision] = ts[closing]!
      out.exit[decision] = closing
    }
  },
})
