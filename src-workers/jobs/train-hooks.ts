import type { JobContext } from '#shared/jobs/define.ts'
import type { TrainHooks } from '#workers/gbm/train-forest.ts'

/** Hooks of model k of `models` trained in one job: progress in hundredths of a model, about ten reports each. */
export function trainHooks(context: JobContext, models: number): (model: number) => TrainHooks {
  return (model) => ({
    ...(context.threads !== undefined && { threads: context.threads }),
    cancelled: context.cancelled,
    report: (done, total) => {
      if (done !== total && done % Math.ceil(total / 10) !== 0) return
      const hundredths = model * 100 + Math.floor((100 * done) / total)
      context.report({ done: hundredths, total: models * 100, note: `model ${model + 1} of ${models}` })
    },
  })
}
