import { Type } from 'typebox'
import { defineLabel } from './define.ts'
import { bandParams, cadencesAhead, labelForward, lifeAhead, threeClasses } from './forward-label.ts'

/** The label of hourly and daily next-bar models. */
export const nextBarUpdown = defineLabel({
  id: 'next_bar_updown',
  title: 'Next bar up or down',
  doc: 'Whether the close `horizon` bars ahead is above, below or within a band around the close at decision.',
  source: 'Band of k trailing volatilities, scaled by the square root of time: López de Prado 2018, 3.3',
  params: Type.Object({ horizon: Type.Integer({ minimum: 1, maximum: 500, default: 1 }), ...bandParams }),
  classes: () => threeClasses,
  horizonBars: ({ horizon }) => horizon,
  cadences: ({ horizon }) => cadencesAhead(horizon),
  life: (clock, { horizon }) => lifeAhead(clock, horizon),
  entry: 'next_open',
  compute: (input, params, out) => labelForward(input, params.horizon, params, out),
})
