import { Type } from 'typebox'
import { barMinutes } from '#shared/calendar/bar-times.ts'
import { cadences } from '#shared/contract/models.ts'
import { defineLabel } from './define.ts'
import { clearLabels, twoClasses } from './forward-label.ts'

/**
 * The night: from a session's close to the next session's open. On daily bars each row decides at its own close. On finer bars
 * only the bar before the session's last one decides, so that nothing of the price it trades at is known to it.
 * UP is a return above 0, DOWN is any other: dropping unchanged nights would choose trades by their outcome.
 */
export const closeToOpen = defineLabel({
  id: 'close_to_open',
  title: 'Close to next open',
  doc: "Whether the next session opens above this session's close.",
  source: 'Sign of the overnight return: Lou, Polk & Skouras 2019',
  params: Type.Object({}),
  classes: () => twoClasses,
  horizonBars: () => 1,
  cadences: () => cadences,
  // The night has no minute of trading: in at one close, out at the next open.
  life: ({ cadence, ts, sessionClose }) =>
    cadence === 'daily' || (ts < sessionClose && sessionClose - ts <= barMinutes[cadence] * 60_000)
      ? 0
      : null,
  entry: 'close_to_open',
  compute: (input, _params, out) => {
    clearLabels(out)
    const { session, ts, sessionClose, nextSessionOpen, open, close, cadence } = input
    const isDaily = cadence === 'daily'
    const barMs = barMinutes[cadence] * 60_000
    for (let i = 0; i < input.rows; i++) {
      const atClose = isDaily ? i : i + 1
      const next = atClose + 1
      if (next >= input.rows || session[next]! !== session[i]! + 1) continue
      if (!isDaily) {
        const decidesBeforeClose =
          session[atClose]! === session[i]! &&
          ts[atClose]! === sessionClose[i]! &&
          ts[atClose]! - ts[i]! <= barMs
        if (!decidesBeforeClose) continue
        // The next session's first row must be its first bar, or its open is not the opening price.
        if (ts[next]! - nextSessionOpen[i]! > barMs) continue
      }
      const ret = open[next]! / close[atClose]! - 1
      if (!(open[next]! > 0 && close[atClose]! > 0 && Number.isFinite(ret))) continue
      out.y[i] = ret > 0 ? 1 : 0
      out.ret[i] = ret
      out.t1[i] = nextSessionOpen[i]!
      out.exit[i] = next
    }
  },
})
