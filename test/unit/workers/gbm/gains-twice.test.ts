import { expect, it } from 'vitest'
import { makeSpec, makeTable, quietHooks } from '#test/learning-table.ts'
import { sum } from '#test/naive-statistics.ts'
import { gainImportance } from '#workers/gbm/gain-importance.ts'
import { trainForest } from '#workers/gbm/train-forest.ts'

const rows = 700
const table = makeTable({
  ...{ rows, features: 5, missing: 0.08, seed: 5 },
  classOf: (x, random) => (x[0]! - x[3]! + random.nextGaussian() > 0 ? 1 : 0),
})

it('gain is G²/(H + λ) of both sides less that of the whole, summed over the splits of each feature', () => {
  const spec = makeSpec({ n_estimators: 6, max_depth: 4, reg_lambda: 2, subsample: 1, colsample_bytree: 1 })
  const forest = trainForest(table.columns, table.y, new Float64Array(rows).fill(1), 2, spec, quietHooks)
  const margin = Array.from({ length: rows }, () => forest.baseScore[0]!)
  const gains = table.features.map(() => 0)
  let splits = 0
  for (let tree = 0; tree + 1 < forest.treeStart.length; tree++) {
    const before = margin.map((m) => 1 / (1 + Math.exp(-m)))
    const worth = (members: number[]) =>
      sum(members.map((i) => before[i]! - table.y[i]!)) ** 2 /
      (sum(members.map((i) => before[i]! * (1 - before[i]!))) + 2)
    const walk = (node: number, members: number[]): void => {
      const f = forest.feature[node]!
      if (f < 0) {
        for (const i of members) margin[i]! += forest.value[node]!
        return
      }
      const isLeft = (i: number) => {
        const x = table.columns[f]![i]!
        return Number.isNaN(x) ? forest.missingLeft[node] === 1 : x <= forest.threshold[node]!
      }
      const [left, right] = [members.filter(isLeft), members.filter((i) => !isLeft(i))]
      const gain = worth(left) + worth(right) - worth(members)
      // Sums of the search are of whole numbers, rounded to so much.
      expect(Math.abs(forest.gain[node]! / gain - 1)).toBeLessThan(1e-3)
      gains[f]! += gain
      splits++
      walk(forest.left[node]!, left)
      walk(forest.right[node]!, right)
    }
    walk(forest.treeStart[tree]!, [...Array(rows).keys()])
  }
  expect(splits).toBeGreaterThan(30)
  const ranked = gainImportance(forest, table.features)
  expect(ranked.map(({ feature }) => feature)).toEqual(
    table.features.toSorted((a, b) => gains[table.features.indexOf(b)]! - gains[table.features.indexOf(a)]!),
  )
  for (const { feature, gain } of ranked)
    expect(Math.abs(gain / gains[table.features.indexOf(feature)]! - 1)).toBeLessThan(1e-4)
})
