import type { Random } from '#shared/kernels/random.ts'
import { type BinnedTable, selectColumns } from './bin-columns.ts'
import type { FeatureChoice } from './grow-tree.ts'
import { firstIntegers, sampleAscending } from './sampling.ts'

/**
 * Draws the columns of each tree: `share` of them, at least one. `perNode` of those, drawn anew, are tried at each node
 * (null: all). With every column in, the table itself is returned.
 */
export function featureSampler(
  table: BinnedTable,
  share: number,
  perNode: number | null,
  random: Random,
): () => { view: BinnedTable; choice: FeatureChoice } {
  const { features, rows } = table
  const count = Math.min(features, Math.max(1, Math.round(features * share)))
  const chosen = firstIntegers(features).subarray(0, count)
  const all = firstIntegers(count)
  const tries = perNode === null ? count : Math.min(count, Math.max(1, perNode))
  const tried = new Int32Array(tries)
  const choice: FeatureChoice = {
    original: chosen,
    perNode: () => {
      if (tries === count) return all
      sampleAscending(random, count, tries, tried)
      return tried
    },
  }
  if (count === features) return () => ({ view: table, choice })
  const buffer = new Uint8Array(rows * Math.ceil(count / 4) * 4)
  return () => {
    sampleAscending(random, features, count, chosen)
    return { view: selectColumns(table, chosen, buffer), choice }
  }
}
