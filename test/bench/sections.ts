import type { BenchSection } from './harness/bench-types.ts'
import { measurePairs } from './harness/measure-pairs.ts'
import { indicatorCases } from './indicators/indicator-cases.ts'
import { sweepCases } from './sweeps/sweep-cases.ts'

/** What `npm run bench` measures, in this order. */
export const benchSections: BenchSection[] = [
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
]
