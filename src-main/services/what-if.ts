import type { Static } from 'typebox'
import type { JobRunContext } from '#main/jobs/job-runner.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import type { ExecutionEffective } from '#shared/catalog/packs/policy.ts'
import type { ExplainedRow, WhatIf } from '#shared/contract/explain-row.ts'
import { planBrackets } from './bracket-plan.ts'
import type { ServiceContext } from './context.ts'
import type { Evaluated } from './evaluated.ts'
import { evaluatePoints } from './evaluation.ts'
import { readDetail } from './run-detail.ts'
import { configShaOf, type GridPoint, type RunPlan } from './run-plan.ts'
import { recordTrials } from './trial-book.ts'

type Backtest = NonNullable<NonNullable<Static<typeof ExplainedRow>['what_if']>['backtest']>

/** Keys under `execution` that a request sets to something else than what is in force, with dots. */
export function changedKeys(whatIf: WhatIf, effective: ExecutionEffective): Set<string> {
  const changed = new Set<string>()
  const walk = (given: object, current: object, prefix: string): void => {
    for (const [key, value] of Object.entries(given)) {
      const own = (current as Record<string, unknown>)[key]
      if (typeof value === 'object' && value !== null) walk(value, own as object, `${prefix}${key}.`)
      else if (value !== own) changed.add(prefix + key)
    }
  }
  walk(whatIf.execution ?? {}, effective, '')
  return changed
}

/** A policy's settings with those of a request in their place. */
export function withWhatIf(effective: ExecutionEffective, whatIf: WhatIf | undefined): ExecutionEffective {
  const { brackets, options, ...flat } = whatIf?.execution ?? {}
  return {
    ...effective,
    ...flat,
    brackets: { ...effective.brackets, ...brackets },
    options: { selection: { ...effective.options.selection, ...options?.selection } },
  } as ExecutionEffective
}

/** How the newest backtest of a model would change, on its own out-of-fold scores; null without one whose plan is kept. */
export async function replayBacktest(
  context: ServiceContext,
  model: LoadedModel,
  whatIf: WhatIf,
  execution: ExecutionEffective,
  job: JobRunContext,
): Promise<Backtest | null> {
  const { ledger, root } = context
  const row = ledger.backtestRuns.latestFor(model.modelId)
  const uri = row && ledger.backtestRuns.get(Number(row.id))?.detail_uri
  if (!row || !uri) return null
  const { plan, point } = await readDetail(root, uri)
  const changed = changePlan(plan, point, whatIf, model, execution)
  const options = { reportEach: false, onFold: () => {} }
  const [before] = await evaluatePoints(context, plan, [point], job, options)
  const [after] = await evaluatePoints(context, changed.plan, [changed.point], job, options)
  if (!before || !after) throw new Error('one configuration gives one result')
  // Figures that are looked at count as trials, or the best of many looks would pass for the only one.
  if (configShaOf(changed.plan, changed.point) !== configShaOf(plan, point))
    await recordTrials(context, changed.plan, [after])
  return {
    backtest_run_id: row.id,
    started_at: row.started_at,
    before: figuresOf(before),
    after: figuresOf(after),
  }
}

/** A run as it was planned, with only what the request names put differently. */
export function changePlan(
  plan: RunPlan,
  point: GridPoint,
  { threshold, execution = {} }: WhatIf,
  model: Pick<LoadedModel, 'horizon'>,
  effective: ExecutionEffective,
): { plan: RunPlan; point: GridPoint } {
  const { trading } = plan
  const momentumGate = execution.momentum_gate ?? trading.momentumGate
  const column = execution.momentum_column ?? plan.momentum_column ?? effective.momentum_column
  return {
    plan: {
      ...plan,
      trading: {
        ...trading,
        sizeByConf: execution.size_by_conf ?? trading.sizeByConf,
        confCap: execution.conf_cap ?? trading.confCap,
        momentumGate,
        momentumMin: execution.momentum_min ?? trading.momentumMin,
        slippageBps: execution.slippage_bps ?? trading.slippageBps,
      },
      momentum_column: momentumGate ? column : null,
      brackets: execution.brackets === undefined ? plan.brackets : planBrackets(model, effective),
    },
    point: threshold === undefined ? point : { hours: point.hours, kind: 'thr', values: [threshold] },
  }
}

function figuresOf({ result: { metrics }, parity }: Evaluated): Backtest['before'] {
  const { trades, sharpe, cum_return, max_dd, win_rate } = metrics
  return {
    ...{ trades: trades ?? 0, sharpe: sharpe ?? null, cum_return: cum_return ?? null },
    ...{ max_dd: max_dd ?? null, win_rate: win_rate ?? null },
    brackets: parity && {
      trades: parity.trades,
      hit_rate: parity.hit_rate,
      stop_rate: parity.stop_rate,
      avg_rr: parity.avg_rr,
      avg_return: parity.avg_return,
    },
  }
}
