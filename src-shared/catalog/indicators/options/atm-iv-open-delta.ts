import { Type } from 'typebox'
import { sessionOpen } from '#shared/calendar/sessions.ts'
import type { ChainSeries, IndicatorInput } from '../define.ts'
import { defineIndicator } from '../define.ts'
import { underlyingParam } from '../params.ts'
import { expiryEnd, findSameDayExpiry } from './find-expiry.ts'
import { findStrike } from './implied-volatility.ts'
import { bandSuffix, soleParam, strikeBandParam } from './params.ts'
import { firstSnapshots, previousSnapshots } from './row-snapshots.ts'

/** A first snapshot later than this after the bell says nothing about the opening. */
const openingMs = 3_600_000

export const atmIvOpenDelta = defineIndicator({
  id: 'atm_iv_open_delta',
  title: 'Overnight change of ATM volatility',
  doc: 'Volatility of today’s at-the-money contracts in the session’s first snapshot less that of the same contracts at the last close.',
  category: 'options',
  subcategory: 'volatility',
  source:
    'IV of today’s expiry at the strike nearest the previous daily close, first snapshot (in the first hour) − last of the session before; mean over call and put present in both',
  params: Type.Object({
    underlying: underlyingParam(),
    open_sampling: soleParam('09:30-09:35'),
    close_sampling_prev: soleParam('15:55-16:00'),
    strike_band: strikeBandParam(),
  }),
  needs: ['chain'],
  sparse: true,
  inputs: () => ['time', 'daily', 'chain'],
  outputs: ({ strike_band }) => [`atm_iv_open_delta${bandSuffix(strike_band)}`],
  warmup: () => 1,
  warmupUnit: 'sessions',
  compute: (input, { strike_band = Number.POSITIVE_INFINITY }, [out]) => {
    const chain = input.chain!
    const first = firstSnapshots(input)
    const previous = previousSnapshots(input)
    for (let i = 0; i < input.rows; i++) {
      if (i > 0 && first[i] === first[i - 1] && previous[i] === previous[i - 1]) {
        out![i] = out![i - 1]!
        continue
      }
      const isOpening = first[i]! >= 0 && chain.ts[first[i]!]! - sessionOpen[input.session[i]!]! <= openingMs
      out![i] =
        isOpening && previous[i]! >= 0
          ? sameContractChange(chain, first[i]!, previous[i]!, previousClose(input, i), strike_band)
          : Number.NaN
    }
  },
})

/** Close of the daily bar of the session right before the row's. */
function previousClose({ daily, session }: IndicatorInput, row: number): number {
  const bar = daily.asOf[row]! - 1
  return bar >= 0 && daily.session[bar] === session[row]! - 1 ? daily.close[bar]! : Number.NaN
}

function sameContractChange(
  chain: ChainSeries,
  now: number,
  before: number,
  price: number,
  strikeBand: number,
): number {
  const { strike, expiry, iv, isCall, offset } = chain
  const from = findSameDayExpiry(chain, now)
  if (from < 0) return Number.NaN
  const end = expiryEnd(chain, now, from)
  const at = findStrike(chain, from, end, price)
  if (at < 0 || Math.abs(strike[at]! - price) > strikeBand) return Number.NaN
  let sum = 0
  let count = 0
  for (let p = offset[before]!; p < offset[before + 1]!; p++) {
    if (expiry[p] !== expiry[at] || strike[p] !== strike[at] || !(iv[p]! > 0)) continue
    for (let q = at; q < end && strike[q] === strike[at]; q++) {
      if (isCall[q] !== isCall[p] || !(iv[q]! > 0)) continue
      sum += iv[q]! - iv[p]!
      count++
    }
  }
  return count > 0 ? sum / count : Number.NaN
}
