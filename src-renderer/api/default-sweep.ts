import type { InputOf } from '#shared/contract/index.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'
import type { ModelSummary, SeriesRow } from './types.ts'

/** What the sweep form holds. */
export interface SweepPlan {
  thresholds: string[]
  /** Shares as fractions. */
  topShares: number[]
  /** Sets of New York hours; none leaves the hours to the profile. */
  hours: number[][]
  splits: number
  tag: string
}

const everyHour = [9, 10, 11, 12, 13, 14, 15]
const lateHours = [13, 14, 15]

/** True where a model decides several times a day, so that hours mean something. */
export const hasHours = (model: ModelSummary): boolean =>
  model.cadence !== 'daily' && model.horizon !== 'long'

/** A sweep that makes sense for a model as it is: single thresholds, one choice among three, three shares. */
export const defaultPlan = (model: ModelSummary): SweepPlan => ({
  thresholds: ['0.50', '0.52', '0.55', '0.58', '0.55,0.60,0.65'],
  topShares: [0.1, 0.2, 0.4],
  hours: hasHours(model) ? [lateHours, everyHour] : [],
  splits: 5,
  tag: '',
})

export const countConfigurations = ({ thresholds, topShares, hours }: SweepPlan): number =>
  (thresholds.length + topShares.length) * Math.max(1, hours.length)

export function sweepBody(
  modelId: string,
  profile: RiskProfile,
  plan: SweepPlan,
  overrides: Readonly<Record<string, unknown>> = {},
): InputOf<'runSweep'>['body'] {
  const { thresholds, topShares, hours, splits, tag } = plan
  return {
    model_id: modelId,
    risk_profile: profile,
    sweep: {
      ...(thresholds.length > 0 ? { threshold_variants: thresholds } : {}),
      ...(hours.length > 0 ? { hours_variants: hours.map((set) => set.join(',')) } : {}),
      ...(topShares.length > 0 ? { top_pct_variants: topShares } : {}),
      splits,
    },
    ...(Object.keys(overrides).length === 0 ? {} : { risk_budget_overrides: { ...overrides } }),
    ...(tag === '' ? {} : { tag }),
  }
}

/** The pack that the API assumes where none is named. */
const FIRST_PACK = 'zerosigma'

/** The model that a newcomer is led to: one that builds; hourly ones show most, and the first pack's come first. */
export function pickFirstModel(models: readonly ModelSummary[]): ModelSummary | undefined {
  const rank = (model: ModelSummary) =>
    (model.cadence === 'hourly' ? 4 : 0) +
    (model.pack_id === FIRST_PACK ? 2 : 0) +
    (model.horizon === '0dte' ? 1 : 0)
  return models.filter((model) => model.buildable).toSorted((a, b) => rank(b) - rank(a))[0]
}

/** The model's training window, or its data's where it names none, clipped to what the lake holds. */
export function clippedWindow(
  model: ModelSummary,
  series: readonly SeriesRow[],
): { start: string; end: string } | undefined {
  const bars = series.filter((each) => each.kind === 'bars' && each.ticker === model.ticker)
  const data = bars.find((each) => each.cadence === model.cadence) ?? bars[0]
  const window = model.train_window
  if (data === undefined) return window ?? undefined
  const first = data.first.slice(0, 10)
  const last = data.last.slice(0, 10)
  if (window === null) return { start: first, end: last }
  const start = window.start > first ? window.start : first
  const end = window.end < last ? window.end : last
  return start <= end ? { start, end } : { start: first, end: last }
}
