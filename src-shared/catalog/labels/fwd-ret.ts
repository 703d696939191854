import { Type } from 'typebox'
import { defineLabel } from './define.ts'
import { bandParams, labelForward, lifeAhead, threeClasses } from './forward-label.ts'

/** The label of daily swing and position models; packs write `fwd_ret_20d`. */
export const fwdRet = defineLabel({
  id: 'fwd_ret',
  title: 'Return some sessions ahead',
  doc: 'Whether the close `days` sessions ahead is above, below or within a band around the close at decision.',
  source: 'Band of k trailing volatilities, scaled by the square root of time: López de Prado 2018, 3.3',
  params: Type.Object({ days: Type.Integer({ minimum: 1, maximum: 1260, default: 20 }), ...bandParams }),
  classes: () => threeClasses,
  horizonBars: ({ days }) => days,
  // An intraday label may not outlive its session.
  cadences: () => ['daily'],
  life: (clock, { days }) => lifeAhead(clock, days),
  entry: 'next_open',
  compute: (input, params, out) => labelForward(input, params.days, params, out),
})
