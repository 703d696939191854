import type { BenchSection } from './harness/bench-types.ts'
import { measurePairs } from './harness/measure-pairs.ts'
import { measureServer } from './host/server-section.ts'
import { measureStart } from './host/start-section.ts'
import { measureHostSweeps } from './host/sweeps-section.ts'
import { indicatorCases } from './indicators/indicator-cases.ts'
import { measureMatrix } from './matrix/matrix-section.ts'
import { measureScaling } from './scaling/scaling-section.ts'
import { sweepCases } from './sweeps/sweep-cases.ts'
import { predictionCases, threadCases, trainerCases } from './trainer/trainer-cases.ts'

/** What `npm run bench` measures, in this order. */
export const benchSections: BenchSection[] = [
  {
    id: 'trainer',
    title: 'Training: one fit on one thread, binning included, and the AUC of other rows',
    run: (context) => measurePairs([...trainerCases(context), ...predictionCases()], context),
  },
  {
    id: 'threads',
    title: 'Threads: one fit on two of them against one',
    run: (context) => measurePairs(threadCases(context), context),
  },
  {
    id: 'indicators',
    title: 'Indicators: the catalogue against libraries, all outputs of each',
    run: (context) => measurePairs(indicatorCases(context), context),
  },
  {
    id: 'sweeps',
    title: 'Sweeps: six figures of each threshold over the same scores',
    run: (context) => measurePairs(sweepCases(context), context),
  },
  { id: 'matrix', title: 'Matrix: one build as a job makes it', run: measureMatrix },
  { id: 'server', title: 'Server: pages of a long leaderboard', run: measureServer },
  { id: 'host', title: 'Host: sweeps of the sample, and what it answers meanwhile', run: measureHostSweeps },
  { id: 'start', title: 'Start: the built host to its first answer', run: measureStart },
  { id: 'scaling', title: 'Scaling: time against what is given', run: measureScaling },
]
