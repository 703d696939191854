import type { BenchSection } from './harness/bench-types.ts'
import { measurePairs } from './harness/measure-pairs.ts'
import { indicatorCases } from './indicators/indicator-cases.ts'

/** What `npm run bench` measures, in this order. */
export const benchSections: BenchSection[] = [
  {
    id: 'indicators',
    title: 'Indicators: the catalogue against libraries, all outputs of each',
    run: (context) => measurePairs(indicatorCases(context), context),
  },
]
