import { Type } from 'typebox'
import { sessionClose } from '#shared/calendar/sessions.ts'
import type { ChainSeries } from '../define.ts'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { measureRows, measureSessions } from './measure-snapshots.ts'
import { sumOpenInterest } from './open-interest.ts'
import { sessionsParam } from './params.ts'
import { ownSnapshots } from './row-snapshots.ts'

export const oiTrend = defineIndicator({
  id: 'oi_trend',
  title: 'Open interest against its average',
  doc: 'Contracts held in expiries after today less their average of the last sessions, in contracts.',
  category: 'options',
  subcategory: 'open_interest',
  source:
    'Open interest of the expiries that outlive the session − its EMA by session (weight 2 / (window + 1), seeded with the mean of the first window)',
  params: Type.Object({ underlying: underlyingParam(), window: sessionsParam(5, 2) }),
  needs: ['chain'],
  sparse: true,
  recursive: true,
  inputs: () => ['time', 'chain'],
  outputs: ({ window }) => [`oi_trend_${window}`],
  warmup: ({ window }) => window - 1,
  warmupUnit: 'sessions',
  compute: (input, { window }, [out]) => {
    const chain = input.chain!
    const closing = measureSessions(chain, outlivingInterest)
    measureRows(chain, ownSnapshots(input), outlivingInterest, out!)
    const weight = 2 / (window + 1)
    let session = 0
    let seen = 0
    let average = 0
    for (let i = 0; i < input.rows; i++) {
      const own = input.session[i]! - (chain.session[0] ?? 0)
      for (; session < Math.min(own, closing.length); session++) {
        if (Number.isNaN(closing[session]!)) continue
        average += seen < window ? closing[session]! / window : weight * (closing[session]! - average)
        seen++
      }
      const now = out![i]!
      if (seen < window - 1) out![i] = Number.NaN
      else out![i] = now - (seen < window ? average + now / window : average + weight * (now - average))
    }
  },
})

/** Today's expiry is left out from the morning on: it would be in the opening figure and missing from the closing one. */
function outlivingInterest(chain: ChainSeries, snapshot: number): number {
  const { expiry, offset, session } = chain
  const end = offset[snapshot + 1]!
  const close = sessionClose[session[snapshot]!]!
  let from = offset[snapshot]!
  while (from < end && !(expiry[from]! > close)) from++
  return sumOpenInterest(chain, from, end)
}
