import type { Random } from '#shared/kernels/random.ts'
import { selectColumns } from './bin-columns.ts'
import type { BinnedTable } from './binned-table.ts'
import type { FeatureChoice } from './grow-tree.ts'
import type { Kernel } from './kernel.ts'
import { firstIntegers, sampleAscending } from './sampling.ts'

/**
 * Draws the columns of each tree: `share` of them, at least one. `perNode` of those, drawn anew, are tried at each node
 * (null: all). With every column in, the table itself is returned.
 */
export function featureSampler(
  kernel: Kernel,
  table: BinnedTable,
  share: number,
  perNode: number | null,
  random: Random,
): () => { view: BinnedTable; choice: FeatureChoice } {
  const { features, rows } = table
  const count = Math.min(features, Math.max(1, Math.round(features * share)))
  const chosen = firstIntegers(features).subarray(0, count)
  const all = kernel.int32(count)
  all.set(firstIntegers(count))
  const tries = perNode === null ? count : Math.min(count, Math.max(1, perNode))
  // Two nodes are searched at a time.
  let tried = kernel.int32(tries)
  let other = kernel.int32(tries)
  const choice: FeatureChoice = {
    original: chosen,
    perNode: () => {
      if (tries === count) return all
      ;[tried, other] = [other, tried]
      sampleAscending(random, count, tries, tried)
      return tried
    },
  }
  if (count === features) return () => ({ view: table, choice })
  const codes = kernel.uint8(rows * Math.ceil(count / 4) * 4)
  const binCount = kernel.int32(count)
  return () => {
    sampleAscending(random, features, count, chosen)
    return { view: selectColumns(kernel, table, chosen, codes, binCount), choice }
  }
}
