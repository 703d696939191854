/** Numbers of a node, side by side: those of two children are one line of a cache. */
const WIDTH = 4
const [HIGHEST, LOWEST, FALL] = [1, 2, 3]

/**
 * Largest fall of an equity that changes a day at a time: a segment tree over log returns. A node knows its sum, the highest and
 * lowest running sum from 0 on, and the largest fall inside it, so a change costs O(log days) and no rounding adds up.
 */
export function createDrawdownTree(days: number) {
  let leaves = 1
  while (leaves < days) leaves *= 2
  // Node k at 4k: its sum, then the highest, the lowest, the fall.
  const nodes = new Float64Array(2 * leaves * WIDTH)

  return {
    /** Sets the return of one day. */
    set(day: number, ret: number): void {
      const log = Math.log1p(ret)
      let node = leaves + day
      const leaf = node * WIDTH
      nodes[leaf] = log
      nodes[leaf + HIGHEST] = log > 0 ? log : 0
      nodes[leaf + LOWEST] = log < 0 ? log : 0
      nodes[leaf + FALL] = log < 0 ? -log : 0
      for (node >>= 1; node > 0; node >>= 1) {
        const at = node * WIDTH
        const left = 2 * at
        const right = left + WIDTH
        const before = nodes[left]!
        const highest = nodes[left + HIGHEST]!
        const lowest = nodes[left + LOWEST]!
        const deepest = before + nodes[right + LOWEST]!
        const top = before + nodes[right + HIGHEST]!
        const across = highest - deepest
        const first = nodes[left + FALL]!
        const second = nodes[right + FALL]!
        const inside = first > second ? first : second
        nodes[at] = before + nodes[right]!
        nodes[at + HIGHEST] = highest > top ? highest : top
        nodes[at + LOWEST] = lowest < deepest ? lowest : deepest
        nodes[at + FALL] = inside > across ? inside : across
      }
    },
    /** Return over all days. */
    total: () => Math.expm1(nodes[WIDTH]!),
    /** As a positive fraction of the peak, equity starting at 1. */
    depth: () => -Math.expm1(-nodes[WIDTH + FALL]!),
  }
}
