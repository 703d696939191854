import type { MatrixMeta } from '#main/ledger/matrices.ts'
import type { LoadedModel, PackStore } from '#main/pack-store/types.ts'
import type { InputOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import { parseHours, parseShare, parseThresholds } from './parse-lists.ts'
import { type GridPoint, planRun, profileHours, type RunPlan } from './run-plan.ts'
import { defaultThresholds } from './strategy.ts'

const MAX_CONFIGURATIONS = 10_000

type SweepRequest = InputOf<'runSweep'>['body']

/** A sweep as it was asked for, resolved on a matrix. */
export function planSweep(
  packStore: PackStore,
  model: LoadedModel,
  meta: Parameters<typeof planRun>[2] & Pick<MatrixMeta, 'cadence'>,
  { sweep, risk_profile, risk_budget_overrides, tag }: SweepRequest,
): { plan: RunPlan; grid: GridPoint[] } {
  const plan = planRun(packStore, model, meta, {
    profile: risk_profile,
    splits: sweep.splits,
    embargo: sweep.embargo,
    overrides: risk_budget_overrides,
    tag,
  })
  const grid = planGrid(plan, meta, {
    thresholds: sweep.threshold_variants,
    hours: sweep.hours_variants,
    topPct: sweep.top_pct_variants,
  })
  return { plan, grid }
}

/** Variants as requests give them. */
export interface GridRequest {
  thresholds: readonly string[] | undefined
  hours: readonly (string | readonly number[])[] | undefined
  topPct: readonly (string | number)[] | undefined
}

/** Hours variants × (threshold variants and top shares), in the order given, without repeats. */
export function planGrid(
  plan: RunPlan,
  meta: Pick<MatrixMeta, 'cadence'>,
  request: GridRequest,
): GridPoint[] {
  const isDaily = meta.cadence === 'daily'
  const hours = isDaily
    ? [null]
    : (request.hours?.map((each) => parseHours(each, 'hours_variants')) ?? [profileHours(plan, meta)])
  const thresholds = request.thresholds?.map((each) => parseThresholds(each, 'threshold_variants'))
  const shares = request.topPct?.map((each) => parseShare(each, 'top_pct_variants'))
  const strategies: Omit<GridPoint, 'hours'>[] = [
    ...(thresholds ?? (shares ? [] : [defaultThresholds])).map((values) => ({
      kind: 'thr' as const,
      values,
    })),
    ...(shares ?? []).map((share) => ({ kind: 'top_pct' as const, values: [share] })),
  ]
  const size = hours.length * strategies.length
  if (size > MAX_CONFIGURATIONS) {
    throw new SigmaError(
      'INVALID_PARAM',
      `a sweep may have ${MAX_CONFIGURATIONS} configurations, this one has ${size}`,
    )
  }
  const grid = new Map<string, GridPoint>()
  for (const each of hours) {
    for (const strategy of strategies) {
      const point = { hours: each, ...strategy }
      grid.set(JSON.stringify(point), point)
    }
  }
  return [...grid.values()]
}
