import { buildMatrixJob } from './build-matrix.ts'
import { evaluateConfigs } from './evaluate-configs.ts'
import { scoreFoldJob } from './score-fold.ts'
import { simulateMarketJob } from './simulate-market.ts'
import { trainModelJob } from './train-model.ts'

/** Every job a worker thread can do, by the name in its spec. A new one is a spec file, a line here and a handler in the workers. */
export const jobs = {
  'build-matrix': buildMatrixJob,
  'evaluate-configs': evaluateConfigs,
  'score-fold': scoreFoldJob,
  'simulate-market': simulateMarketJob,
  'train-model': trainModelJob,
}
