const hoursOfDay = 24

/** What training fixes: in a fold on its training part, in an artifact on all rows. */
export interface Threshold {
  /** Least probability of the likelier side, at least one half. */
  threshold: number
  /** Hours that have a threshold of their own, by `hour_et`; NaN for the others. null where hours were not asked for. */
  thresholdByHour: Float64Array | null
}

/** How a score becomes a position. */
export interface PositionRules extends Threshold {
  momentumGate: boolean
  momentumMin: number
  sizeByConf: boolean
  confCap: number
}

/** 1 where up is likelier, −1 where down is, 0 where neither is or there is no score. */
export function sideOf(p: number): -1 | 0 | 1 {
  return p > 0.5 ? 1 : p < 0.5 ? -1 : 0
}

/** @param hour `hour_et` of the bar, −1 on daily rows */
export function thresholdAt({ threshold, thresholdByHour }: Threshold, hour: number): number {
  const own = thresholdByHour === null || hour < 0 ? Number.NaN : thresholdByHour[hour]!
  return Number.isNaN(own) ? threshold : own
}

export function reaches(p: number, threshold: number): boolean {
  return p >= threshold || 1 - p >= threshold
}

/** Longs need momentum from `momentumMin` up, shorts from its negative down; unknown momentum lets nothing through. */
export function hasMomentum(
  side: number,
  momentum: number,
  { momentumGate, momentumMin }: PositionRules,
): boolean {
  if (!momentumGate) return true
  return side > 0 ? momentum >= momentumMin : momentum <= -momentumMin
}

/** Share of a full position. */
export function sizeOf(p: number, { sizeByConf, confCap }: PositionRules): number {
  return sizeByConf ? Math.min(Math.abs(2 * p - 1), confCap) : 1
}

/** Signed size of a row, 0 where it does not trade. */
export function positionOf(p: number, hour: number, momentum: number, rules: PositionRules): number {
  const side = sideOf(p)
  if (side === 0 || !reaches(p, thresholdAt(rules, hour)) || !hasMomentum(side, momentum, rules)) return 0
  return side * sizeOf(p, rules)
}

/** Thresholds of hours as records and replies keep them, by the hour that has one. */
export function keepHours(thresholdByHour: Float64Array | null): Record<string, number> | null {
  if (thresholdByHour === null) return null
  return Object.fromEntries([...thresholdByHour.entries()].filter(([, own]) => !Number.isNaN(own)))
}

export function readHours(kept: Record<string, number> | null): Float64Array | null {
  return kept && Float64Array.from({ length: hoursOfDay }, (_, hour) => kept[hour] ?? Number.NaN)
}
