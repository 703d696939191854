import type { Aggregate } from './vendor-schemas.ts'

/** Bars by their start. Of two with the same start the one sent last counts: the vendor repeats a bar to correct it. */
export function orderBars(sent: readonly Aggregate[]): Aggregate[] {
  const byStart = new Map(sent.map((bar) => [bar.t, bar]))
  return [...byStart.values()].sort((a, b) => a.t - b.t)
}

/** A bar whose prices cannot be: not above 0, or outside its own extremes. */
export function isImpossible({ o, h, l, c }: Aggregate): boolean {
  return !(l > 0 && l <= o && l <= c && h >= o && h >= c)
}
