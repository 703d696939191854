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
 * The drift into the close on expiry day. One row a day, at the first bar that closes at or after `drift_start_time`. UP or DOWN:
 * price is pulled up or down by at least `min_pull_atr` ATR(14) of the model's bars from there to the session close; FLAT: less.
 * Which strike pulls is a matter of features (open interest and gamma peaks); the label says only where price went.
 */
export const pinDrift = defineLabel({
  id: 'pin_drift',
  title: 'Pin drift',
  doc: 'Where price drifts from the late afternoon to the close.',
  source: 'Pinning on expiry days: Ni, Pearson & Poteshman 2005',
  params: Type.Object({
    drift_start_time: Type.String({ pattern: timePattern, default: '15:00' }),
    min_pull_atr: Type.Number({ minimum: 0, maximum: 20, default: 0.2 }),
  }),
  classes: () => threeClasses,
  horizonBars: () => 1,
  cadences: ({ drift_start_time }) => cadencesBefore(minuteOfTime(drift_start_time)),
  life: (clock, { drift_start_time }) => lifeToClose(clock, minuteOfTime(drift_start_time)),
  entry: 'next_open',
  compute: (input, params, out) => {
    clearLabels(out)
    const { close, ts } = input
    const atr = averageTrueRange(input)
    const start = minuteOfTime(params.drift_start_time)
    for (const { decision, closing } of listDayRows(input, start, start)) {
      const pull = (close[closing]! - close[decision]!) / atr[decision]!
      const ret = close[closing]! / close[decision]! - 1
      if (!(Number.isFinite(pull) && Number.isFinite(ret))) continue
      out.y[decision] = Math.abs(pull) < params.min_pull_atr || pull === 0 ? 1 : pull > 0 ? 2 : 0
      out.ret[decision] = ret
      out.t1[decision] = ts[closing]!
      out.exit[decision] = closing
    }
  },
})
