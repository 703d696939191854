import { Type } from 'typebox'
import { barMinutes, barsPerSession, sessionMinutes } from '#shared/calendar/bar-times.ts'
import type { Cadence } from '#shared/catalog/indicators/define.ts'
import { cadences } from '#shared/contract/models.ts'
import { trailingVolatility } from '#shared/kernels/trailing-volatility.ts'
import type { LabelInput, LabelOutput, RowClock } from './define.ts'

export const threeClasses = ['DOWN', 'FLAT', 'UP'] as const
export const twoClasses = ['DOWN', 'UP'] as const

const volatilityHalfLife = 60

/** Width of the FLAT band: `fixed_bp` where given, else `k_sigma` trailing volatilities. */
export const bandParams = {
  k_sigma: Type.Number({ minimum: 0, maximum: 10, default: 0.3 }),
  fixed_bp: Type.Optional(Type.Number({ minimum: 0, maximum: 10_000 })),
}

export function clearLabels({ y, ret, t1, exit }: LabelOutput): void {
  y.fill(-1)
  ret.fill(Number.NaN)
  t1.fill(Number.NaN)
  exit.fill(-1)
}

/** Cadences that have a bar so many bars ahead: daily ones, and those whose session is long enough. */
export function cadencesAhead(bars: number): Cadence[] {
  return cadences.filter((cadence) => cadence === 'daily' || bars < barsPerSession[cadence])
}

/** Life of a label that ends so many bars ahead, in the same session where it is decided within one. */
export function lifeAhead({ cadence, ts, sessionClose }: RowClock, bars: number): number | null {
  if (cadence === 'daily') return bars * sessionMinutes
  const minutes = bars * barMinutes[cadence]
  return ts + minutes * 60_000 <= sessionClose ? minutes : null
}

/**
 * The bar exactly `bars` ahead of row i, −1 where the data end, the session of an intraday row ends before it, or a bar in
 * between is missing from the series: a hole must not stretch a label's life.
 */
export function barAhead(input: LabelInput, i: number, bars: number): number {
  const j = i + bars
  if (j >= input.rows) return -1
  const sessions = input.session[j]! - input.session[i]!
  if (input.cadence === 'daily') return sessions === bars ? j : -1
  if (sessions !== 0) return -1
  const isWhole =
    input.cadence === 'hourly'
      ? input.hourEt[j]! - input.hourEt[i]! === bars
      : input.ts[j]! - input.ts[i]! === bars * barMinutes[input.cadence] * 60_000
  return isWhole ? j : -1
}

/** One bar's volatility at each row, known at its close. Intraday it leaves the night out, as intraday labels do. */
export function barVolatility(input: LabelInput): Float64Array {
  const out = new Float64Array(input.rows)
  const session = input.cadence === 'daily' ? null : input.session
  trailingVolatility(input.open, input.close, session, volatilityHalfLife, out)
  return out
}

/** Labels each row by its close-to-close return `bars` ahead against the band. Shared by `next_bar_updown` and `fwd_ret`. */
export function labelForward(
  input: LabelInput,
  bars: number,
  band: { k_sigma: number; fixed_bp?: number },
  out: LabelOutput,
): void {
  clearLabels(out)
  const volatility = band.fixed_bp === undefined ? barVolatility(input) : null
  const fixedWidth = (band.fixed_bp ?? 0) / 1e4
  const sigmas = band.k_sigma * Math.sqrt(bars)
  for (let i = 0; i < input.rows; i++) {
    const j = barAhead(input, i, bars)
    if (j < 0) continue
    const ret = input.close[j]! / input.close[i]! - 1
    const width = volatility === null ? fixedWidth : sigmas * volatility[i]!
    // A missing price or volatility is a missing label, never FLAT.
    if (!(input.close[i]! > 0 && input.close[j]! > 0 && Number.isFinite(ret)) || Number.isNaN(width)) continue
    out.y[i] = ret > width ? 2 : ret < -width ? 0 : 1
    out.ret[i] = ret
    out.t1[i] = input.ts[j]!
    out.exit[i] = j
  }
}
