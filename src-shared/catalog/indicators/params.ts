import { Type } from 'typebox'
import type { Seed } from '#shared/kernels/ema.ts'
import type { BarColumns } from './define.ts'

const barColumns = ['open', 'high', 'low', 'close', 'volume', 'vwap'] as const satisfies (keyof BarColumns)[]

/** A count of bars. */
export const barsParam = (fallback: number, minimum = 1) =>
  Type.Integer({ minimum, maximum: 5000, default: fallback })

/** A positive factor. */
export const factorParam = (fallback: number) =>
  Type.Number({ exclusiveMinimum: 0, maximum: 1000, default: fallback })

/** The bar column an indicator reads. */
export const columnParam = (fallback: (typeof barColumns)[number] = 'close') =>
  Type.Enum([...barColumns], { default: fallback })

/** How a recursive average starts, see `kernels/ema.ts`. */
export const seedParam = (fallback: Seed = 'sma') => Type.Enum(['sma', 'first'], { default: fallback })

/** Accepted for packs that name the instrument; a matrix holds one instrument, and its builder checks that it is this one. */
export const underlyingParam = () => Type.Optional(Type.String({ minLength: 1, maxLength: 12 }))

/** What a column name adds for text parameters that are not the usual ones: `_open`, `_first`. */
export function nameSuffix(params: { column?: string; seed?: string }, usualSeed: Seed = 'sma'): string {
  const column = params.column === undefined || params.column === 'close' ? '' : `_${params.column}`
  const seed = params.seed === undefined || params.seed === usualSeed ? '' : `_seed_${params.seed}`
  return column + seed
}
