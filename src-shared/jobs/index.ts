import { buildMatrixJob } from './build-matrix.ts'
import { chooseThresholdJob } from './choose-threshold.ts'
import { evaluateConfigsJob } from './evaluate-configs.ts'
import { explainRowsJob } from './explain-rows.ts'
import { measureOverfittingJob } from './measure-overfitting.ts'
import { packDetailsJob } from './pack-details.ts'
import { profileMatrixJob } from './profile-matrix.ts'
import { replayBracketsJob } from './replay-brackets.ts'
import { scoreFoldJob } from './score-fold.ts'
import { simulateMarketJob } from './simulate-market.ts'
import { trainModelJob } from './train-model.ts'

/** Every job a worker thread can do, by the name in its spec. A new one is a spec file, a line here and a handler in the workers. */
export const jobs = {
  'build-matrix': buildMatrixJob,
  'choose-threshold': chooseThresholdJob,
  'evaluate-configs': evaluateConfigsJob,
  'explain-rows': explainRowsJob,
  'measure-overfitting': measureOverfittingJob,
  'pack-details': packDetailsJob,
  'profile-matrix': profileMatrixJob,
  'replay-brackets': replayBracketsJob,
  'score-fold': scoreFoldJob,
  'simulate-market': simulateMarketJob,
  'train-model': trainModelJob,
}
