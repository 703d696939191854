import { type Static, Type } from 'typebox'
import { NumberOrNull } from './schemas.ts'

/** Out-of-sample histories of a combinatorial cross-validation (AFML 12), one a path. */
export const RunPaths = Type.Object({
  count: Type.Integer({
    description: 'k/N · C(N, k): 5 for N = 6 and k = 2; fewer where splits were skipped',
  }),
  sharpe_mean: NumberOrNull,
  sharpe_std: NumberOrNull,
  sharpe_min: NumberOrNull,
  rows: Type.Array(
    Type.Object({
      sharpe: NumberOrNull,
      equity: Type.Array(Type.Number(), { description: 'At the close of each session of the run, from 1' }),
    }),
  ),
})
export type RunPaths = Static<typeof RunPaths>
