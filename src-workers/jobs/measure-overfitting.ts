import { SigmaError } from '#shared/errors.ts'
import type { JobHandler } from '#shared/jobs/define.ts'
import type { measureOverfittingJob as spec } from '#shared/jobs/measure-overfitting.ts'
import { overfittingProbability } from '#shared/kernels/overfitting.ts'

/** Cross-validates the choice among configurations; with thousands of them that takes seconds. */
export const measureOverfitting: JobHandler<typeof spec> = ({ returns }, { cancelled }) =>
  overfittingProbability(returns, () => {
    if (cancelled()) throw new SigmaError('CANCELED', 'measuring the overfitting of a sweep was canceled')
  })
