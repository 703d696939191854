import type { SweepWork } from '#shared/contract/sweep-analysis.ts'
import { foldCount } from '#shared/kernels/fold-count.ts'
import type { RunPlan } from './run-plan.ts'

/** What this machine takes. */
export interface SweepPace {
  /** Seconds for a million values of training rows × features × trees. */
  training: number
  /** Seconds to evaluate, judge and store a configuration. */
  configuration: number
}

/** Of a common laptop, until this machine has finished a sweep. */
const usual: SweepPace = { training: 0.6, configuration: 0.04 }

interface FinishedSweep {
  plan: Pick<RunPlan, 'features' | 'model' | 'cv'>
  /** Rows of its matrix. */
  rows: number
  configurations: number
  work: SweepWork
}

/** Millions of values that one fold of a plan learns from, all trees together. */
export function foldWork({ features, model, cv }: FinishedSweep['plan'], rows: number): number {
  const learned = cv.scheme === 'walk_forward' ? 1 / 2 : 1 - 1 / foldCount(cv)
  return (rows * learned * Math.max(1, features.length) * model.n_estimators) / 1e6
}

/** The median of the newest sweeps: one that shared the machine with others, or trained next to nothing, does not count for much. */
export function measurePace(sweeps: readonly FinishedSweep[]): SweepPace {
  const trained = sweeps.filter(({ work }) => work.trained_folds > 0)
  return {
    training:
      median(
        trained.map(
          ({ plan, rows, work }) => work.training_seconds / (work.trained_folds * foldWork(plan, rows)),
        ),
      ) ?? usual.training,
    configuration:
      median(sweeps.map(({ work, configurations }) => work.other_seconds / Math.max(1, configurations))) ??
      usual.configuration,
  }
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]
}
