import { SigmaError } from '#shared/errors.ts'
import type { JobHandler } from '#shared/jobs/define.ts'
import type { evaluateConfigsJob as spec } from '#shared/jobs/evaluate-configs.ts'
import type { EvaluateResult } from '#shared/jobs/evaluate-types.ts'
import { evaluateConfig } from '#workers/backtest/evaluate-config.ts'
import { prepareEvaluation } from '#workers/backtest/prepare-evaluation.ts'

/** Turns scores into trades, equity and figures, one result per configuration. */
export const evaluateConfigs: JobHandler<typeof spec> = (input, { report, cancelled }) => {
  const evaluation = prepareEvaluation(input)
  const results: EvaluateResult[] = []
  for (const config of input.configs) {
    if (cancelled()) throw new SigmaError('CANCELED', 'evaluation was canceled')
    results.push(evaluateConfig(evaluation, config))
    report({ done: results.length, total: input.configs.length })
  }
  return results
}
