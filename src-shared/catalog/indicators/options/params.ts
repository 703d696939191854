import { Type } from 'typebox'
import { SigmaError } from '#shared/errors.ts'

/** A setting of older packs that has one meaning left: it may be given, as nothing else. */
export const soleParam = <const T extends string | number>(value: T) => Type.Optional(Type.Enum([value]))

/** Furthest strike from the spot that is used, price units. Without it the nearest strike counts, however far. */
export const strikeBandParam = () => Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1e6 }))

/** A number of sessions. */
export const sessionsParam = (fallback: number, minimum: number) =>
  Type.Integer({ minimum, maximum: 2520, default: fallback })

/** Calendar days to an expiry. */
export const daysParam = (fallback: number) => Type.Integer({ minimum: 1, maximum: 1100, default: fallback })

/** How many of the largest strikes count. */
export const topParam = (fallback: number) => Type.Integer({ minimum: 1, maximum: 100, default: fallback })

/** What a column name adds for a strike band that is not the usual one. */
export const bandSuffix = (strikeBand: number | undefined, usual = 5): string =>
  strikeBand === undefined || strikeBand === usual ? '' : `_band_${strikeBand}`

const clockWindow = '([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d'

/** A span of New York time, `10:00-11:00`, both ends included. */
export const samplingParam = (fallback: string) =>
  Type.String({ pattern: `^${clockWindow}$`, default: fallback })

/** First and last minute of the day of a span. Throws INVALID_PARAM where it ends before it starts. */
export function readSampling(sampling: string): [number, number] {
  const [start = 0, end = 0] = sampling
    .split('-')
    .map((time) => 60 * Number(time.slice(0, 2)) + Number(time.slice(3)))
  if (end < start) throw new SigmaError('INVALID_PARAM', `sampling ${sampling} ends before it starts`)
  return [start, end]
}
