import type { JobHandler } from '#shared/jobs/define.ts'
import type { jobs } from '#shared/jobs/index.ts'
import { buildMatrix } from './jobs/build-matrix.ts'
import { chooseThreshold } from './jobs/choose-threshold.ts'
import { evaluateConfigs } from './jobs/evaluate-configs.ts'
import { explainRows } from './jobs/explain-rows.ts'
import { measureOverfitting } from './jobs/measure-overfitting.ts'
import { packDetails } from './jobs/pack-details.ts'
import { profileMatrix } from './jobs/profile-matrix.ts'
import { replayBrackets } from './jobs/replay-brackets.ts'
import { scoreFold } from './jobs/score-fold.ts'
import { simulateMarket } from './jobs/simulate-market.ts'
import { trainModel } from './jobs/train-model.ts'
import { createTaskRunner } from './run-task.ts'

/** One handler per job: a job without one does not compile. */
type Handlers = { [K in keyof typeof jobs]: JobHandler<(typeof jobs)[K]> }

const handlers: Handlers = {
  'build-matrix': buildMatrix,
  'choose-threshold': chooseThreshold,
  'evaluate-configs': evaluateConfigs,
  'explain-rows': explainRows,
  'measure-overfitting': measureOverfitting,
  'pack-details': packDetails,
  'profile-matrix': profileMatrix,
  'replay-brackets': replayBrackets,
  'score-fold': scoreFold,
  'simulate-market': simulateMarket,
  'train-model': trainModel,
}

/** What the pool calls in each worker thread. */
export const runTask = createTaskRunner(handlers)
