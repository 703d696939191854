import { describe, expect, it } from 'vitest'
import type { Forest, ModelSpec } from '#shared/jobs/scoring-types.ts'
import { makeSpec, makeTable, quietHooks } from '#test/learning-table.ts'
import { trainForest } from '#workers/gbm/train-forest.ts'

const table = makeTable({
  rows: 700,
  features: 5,
  missing: 0.1,
  seed: 21,
  classOf: (x, random) => (x[0]! * x[1]! + random.nextGaussian() > 0 ? 1 : 0),
})

function train(changes: Partial<ModelSpec>): Forest {
  return trainForest(table.columns, table.y, table.weight, 2, makeSpec(changes), quietHooks)
}

interface NodeRows {
  node: number
  depth: number
  rows: number[]
}

/** Every node of a tree with the training rows in it, by walking the raw values. */
function walkTree(forest: Forest, tree: number): NodeRows[] {
  const all = Array.from({ length: table.rows }, (_, i) => i)
  const found: NodeRows[] = []
  const visit = (node: number, depth: number, rows: number[]): void => {
    found.push({ node, depth, rows })
    const f = forest.feature[node]!
    if (f < 0) return
    const goesLeft = (r: number) => {
      const x = table.columns[f]![r]!
      return Number.isNaN(x) ? forest.missingLeft[node] === 1 : x <= forest.threshold[node]!
    }
    visit(forest.left[node]!, depth + 1, rows.filter(goesLeft))
    visit(
      forest.right[node]!,
      depth + 1,
      rows.filter((r) => !goesLeft(r)),
    )
  }
  visit(forest.treeStart[tree]!, 0, all)
  return found
}

describe('a tree', () => {
  it('keeps to its depth', () => {
    const forest = train({ max_depth: 3 })
    const depths = forest.treeOutput.map((_, t) => Math.max(...walkTree(forest, t).map((n) => n.depth)))
    expect(Math.max(...depths)).toBe(3)
  })

  it('keeps to its leaves, taking the best gain first', () => {
    const forest = train({ max_leaves: 5, max_depth: 20, n_estimators: 10 })
    for (let t = 0; t < 10; t++) {
      expect(walkTree(forest, t).filter((n) => forest.feature[n.node]! < 0).length).toBe(5)
    }
  })

  it('has no leaf with fewer rows than min_child_samples, also late in boosting when hessians differ', () => {
    const forest = train({
      min_child_samples: 37,
      min_child_weight: 0,
      n_estimators: 120,
      learning_rate: 0.3,
      max_depth: 6,
    })
    for (const t of [0, 60, 119]) {
      for (const { rows } of walkTree(forest, t)) expect(rows.length).toBeGreaterThanOrEqual(37)
    }
  })

  it('has no leaf under min_child_weight, and no split under gamma', () => {
    const forest = train({ min_child_weight: 9, min_child_samples: 1, n_estimators: 1, gamma: 2 })
    for (const { rows } of walkTree(forest, 0)) {
      const p = table.y.filter((y) => y === 1).length / table.rows
      expect(rows.length * p * (1 - p)).toBeGreaterThanOrEqual(9 - 0.01)
    }
    for (let i = 0; i < forest.gain.length; i++)
      if (forest.feature[i]! >= 0) expect(forest.gain[i]!).toBeGreaterThan(2)
    expect(train({ gamma: 1e6 }).feature.every((f) => f < 0)).toBe(true)
  })

  it('takes as its root the best split that an exhaustive search finds', () => {
    const forest = train({ n_estimators: 1, max_depth: 1, min_child_samples: 10 })
    const base = 1 / (1 + Math.exp(-forest.baseScore[0]!))
    const score = (rows: number[]): number => {
      const g = rows.reduce((sum, r) => sum + base - table.y[r]!, 0)
      return g ** 2 / (rows.length * base * (1 - base) + 1)
    }
    const all = Array.from({ length: table.rows }, (_, i) => i)
    let best = 0
    for (const column of table.columns) {
      for (const cut of new Set(column.filter((_, i) => i % 3 === 0))) {
        for (const isMissingLeft of [false, true]) {
          const left = all.filter((r) => (Number.isNaN(column[r]!) ? isMissingLeft : column[r]! <= cut))
          const right = all.filter((r) => (Number.isNaN(column[r]!) ? !isMissingLeft : column[r]! > cut))
          if (left.length >= 10 && right.length >= 10)
            best = Math.max(best, score(left) + score(right) - score(all))
        }
      }
    }
    // 255 bins over 630 values may miss the very best cut by a row or two.
    expect(forest.gain[0]!).toBeGreaterThan(0.9 * best)
    expect(forest.gain[0]!).toBeLessThan(1.1 * best)
    const [root, left, right] = walkTree(forest, 0)
    expect(forest.gain[0]!).toBeCloseTo(score(left!.rows) + score(right!.rows) - score(root!.rows), 3)
  })
})
