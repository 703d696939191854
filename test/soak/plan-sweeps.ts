export interface PlannedSweep {
  /** Build a matrix of this window first, and sweep on it. */
  window: { start: string; end: string } | null
  body: {
    model_id: string
    risk_profile: 'balanced'
    sweep: { threshold_variants: string[]; hours_variants?: string[]; splits: number }
    tag: string
  }
}

const hourly = 'spy_opt_0dte_hourly'
const daily = 'spx_eq_swing_daily'
const CONFIGURATIONS = 4
/** Of the whole, whatever its length: enough to fill and turn over the caches of matrices many times. */
const MATRICES = 50
const HOUR_SETS = 40

/** Sweeps of which no two are alike: most on kept scores, some on hours or matrices of their own, for which folds are trained. */
export function planSweeps(count: number): PlannedSweep[] {
  const sets = hourSets()
  const matrixEvery = Math.max(2, Math.floor(count / MATRICES))
  const hoursEvery = Math.max(2, Math.floor(count / HOUR_SETS))
  return Array.from({ length: count }, (_, i) => {
    const threshold_variants = Array.from({ length: CONFIGURATIONS }, (_, k) =>
      (0.5 + (0.2 * (i * CONFIGURATIONS + k)) / (count * CONFIGURATIONS)).toFixed(7),
    )
    const body = { risk_profile: 'balanced', tag: 'soak' } as const
    const isOnNew = i % matrixEvery === 1
    if (isOnNew || i % 2 === 1) {
      const window = isOnNew ? windowOf(Math.floor(i / matrixEvery)) : null
      return { window, body: { ...body, model_id: daily, sweep: { threshold_variants, splits: 3 } } }
    }
    const set = i % hoursEvery === 0 ? sets[Math.floor(i / hoursEvery) % sets.length]! : sets[0]!
    const sweep = { threshold_variants, hours_variants: [set], splits: 3 }
    return { window: null, body: { ...body, model_id: hourly, sweep } }
  })
}

/** Three years, each window a day later than the one before. */
function windowOf(n: number): { start: string; end: string } {
  const day = (year: number) => new Date(Date.UTC(year, 0, 4 + n)).toISOString().slice(0, 10)
  return { start: day(2010), end: day(2013) }
}

/** Sets of three or more of the hours of a session. */
function hourSets(): string[] {
  const hours = [9, 10, 11, 12, 13, 14, 15]
  return Array.from({ length: 2 ** hours.length }, (_, mask) =>
    hours.filter((_, bit) => (mask >> bit) & 1),
  ).flatMap((set) => (set.length >= 3 ? [set.join(',')] : []))
}
