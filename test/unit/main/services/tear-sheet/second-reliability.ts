import type { EvaluateInput } from '#shared/jobs/evaluate-types.ts'
import * as naive from '#test/naive-statistics.ts'

const z = naive.normalAt(0.975)

/** Where the share x would be as far from the one seen as z deviations of its own: Wilson's bound, by halving. */
function bound(seen: number, rows: number, end: 0 | 1): number {
  let [near, far] = [seen, end as number]
  for (let i = 0; i < 200; i++) {
    const x = (near + far) / 2
    if (Math.abs(seen - x) <= z * Math.sqrt((x * (1 - x)) / rows)) near = x
    else far = x
  }
  return near
}

/** Tenths of the test rows by P(UP) / (P(UP) + P(DOWN)), of those that went up or down: what was said and what came. */
export function groupsOf({ rows, folds }: EvaluateInput) {
  const told = folds
    .flatMap(({ testRows, testProba }) =>
      [...testRows].map((row, k) => {
        const [down, , up] = testProba.subarray(3 * k, 3 * k + 3)
        return { p: up! / (up! + down!), y: rows.y[row]! }
      }),
    )
    .filter(({ y }) => y === 0 || y === 2)
    .sort((a, b) => a.p - b.p)
  const cut = (tenth: number) => Math.floor((tenth * told.length) / 10)
  return Array.from({ length: 10 }, (_, tenth) => told.slice(cut(tenth), cut(tenth + 1)))
    .filter((group) => group.length > 0)
    .map((group) => {
      const o = group.filter(({ y }) => y === 2).length / group.length
      const [low, high] = [bound(o, group.length, 0), bound(o, group.length, 1)]
      const p = naive.mean(group.map((each) => each.p))
      return { rows: group.length, from: group[0]!.p, to: group.at(-1)!.p, p, o, low, high }
    })
}
