import type { BarColumns } from '#shared/catalog/indicators/define.ts'

type Params = Record<string, number>

/** What TA-Lib says an indicator is. */
export interface TaLibCheck {
  id: string
  /** TA-Lib's name or the formula in its functions, and by name where we differ from it on purpose. */
  says: string
  params: Params[]
  /** Its columns in our order. */
  expected: (bars: BarColumns, params: Params) => Float64Array[]
  /** Magnitude the figure is computed at, where that is larger than the figure itself: rounding is relative to it. */
  unit?: number | 'price' | ((bars: BarColumns, params: Params) => Float64Array)
  /** 1e-12 by default. */
  tolerance?: number
}

export const periods = (...values: number[]): Params[] => values.map((period) => ({ period }))
export const windows = (...values: number[]): Params[] => values.map((window) => ({ window }))
