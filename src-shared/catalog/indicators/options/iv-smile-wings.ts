import { Type } from 'typebox'
import { newYorkMinute } from '#shared/calendar/new-york.ts'
import type { ChainSeries, IndicatorInput } from '../define.ts'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { expiryEnd, firstOpenQuote } from './find-expiry.ts'
import { atmIv, findStrike, strikeIv } from './implied-volatility.ts'
import { measureRows } from './measure-snapshots.ts'
import { bandSuffix, readSampling, samplingParam, strikeBandParam } from './params.ts'
import { ownSnapshots } from './row-snapshots.ts'

const usualSampling = '10:00-11:00'
/** Furthest from its place that a strike stands for a wing, price units. */
const wingTolerance = 1

export const ivSmileWings = defineIndicator({
  id: 'iv_smile_wings',
  title: 'Wings of the volatility smile',
  doc: 'Volatility some points above and below the price less that at the money, seen in the morning; empty before.',
  category: 'options',
  subcategory: 'volatility',
  source:
    'Mean IV at spot ± wing_points (strikes within 1 point) − ATM IV, nearest open expiry, newest snapshot of the session within the sampling span',
  params: Type.Object({
    underlying: underlyingParam(),
    sampling: samplingParam(usualSampling),
    wing_points: Type.Number({ minimum: 1, maximum: 1000, default: 10 }),
    strike_band: strikeBandParam(),
  }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'chain'],
  outputs: ({ sampling, wing_points, strike_band }) => {
    const [start, end] = readSampling(sampling)
    const span = sampling === usualSampling ? '' : `_at_${start}_${end}`
    return [`iv_smile_wings_${wing_points}${span}${bandSuffix(strike_band, 20)}`]
  },
  warmup: () => 0,
  compute: (input, { sampling, wing_points, strike_band }, [out]) => {
    measureRows(
      input.chain!,
      sampledSnapshots(input, sampling),
      (chain, snapshot) => wingsOverMiddle(chain, snapshot, wing_points, strike_band),
      out!,
    )
  },
})

/** Per row the newest known snapshot of its own session that was taken within the span, −1 where there is none. */
function sampledSnapshots(input: IndicatorInput, sampling: string): Int32Array {
  const { ts, session } = input.chain!
  const [start, end] = readSampling(sampling)
  const at = ownSnapshots(input)
  for (let i = 0; i < input.rows; i++) {
    let snapshot = at[i]!
    while (snapshot >= 0 && session[snapshot] === input.session[i] && newYorkMinute(ts[snapshot]!) > end)
      snapshot--
    const isSampled =
      snapshot >= 0 && session[snapshot] === input.session[i] && newYorkMinute(ts[snapshot]!) >= start
    at[i] = isSampled ? snapshot : -1
  }
  return at
}

function wingsOverMiddle(
  chain: ChainSeries,
  snapshot: number,
  wing: number,
  strikeBand = Number.POSITIVE_INFINITY,
): number {
  const from = firstOpenQuote(chain, snapshot)
  const end = expiryEnd(chain, snapshot, from)
  const spot = chain.spot[snapshot]!
  const low = wingIv(chain, from, end, spot, -wing, strikeBand)
  const high = wingIv(chain, from, end, spot, wing, strikeBand)
  return (low + high) / 2 - atmIv(chain, snapshot, from, strikeBand)
}

function wingIv(
  chain: ChainSeries,
  from: number,
  end: number,
  spot: number,
  wing: number,
  strikeBand: number,
): number {
  const at = findStrike(chain, from, end, spot + wing)
  if (at < 0) return Number.NaN
  const strike = chain.strike[at]!
  const isUsable = Math.abs(strike - spot - wing) <= wingTolerance && Math.abs(strike - spot) <= strikeBand
  return isUsable ? strikeIv(chain, at, end, null) : Number.NaN
}
