/**
 * Largest fall of an equity that changes a day at a time: a segment tree over log returns. A node knows its sum, the highest and
 * lowest running sum from 0 on, and the largest fall inside it, so a change costs O(log days) and no rounding adds up.
 */
export function createDrawdownTree(days: number) {
  let leaves = 1
  while (leaves < days) leaves *= 2
  const sum = new Float64Array(2 * leaves)
  const highest = new Float64Array(2 * leaves)
  const lowest = new Float64Array(2 * leaves)
  const fall = new Float64Array(2 * leaves)

  return {
    /** Sets the return of one day. */
    set(day: number, ret: number): void {
      const log = Math.log1p(ret)
      let node = leaves + day
      sum[node] = log
      highest[node] = log > 0 ? log : 0
      lowest[node] = log < 0 ? log : 0
      fall[node] = log < 0 ? -log : 0
      for (node >>= 1; node > 0; node >>= 1) {
        const left = 2 * node
        const right = left + 1
        const before = sum[left]!
        const deepest = before + lowest[right]!
        const top = before + highest[right]!
        const across = highest[left]! - deepest
        const inside = fall[left]! > fall[right]! ? fall[left]! : fall[right]!
        sum[node] = before + sum[right]!
        highest[node] = highest[left]! > top ? highest[left]! : top
        lowest[node] = lowest[left]! < deepest ? lowest[left]! : deepest
        fall[node] = inside > across ? inside : across
      }
    },
    /** Return over all days. */
    total: () => Math.expm1(sum[1]!),
    /** As a positive fraction of the peak, equity starting at 1. */
    depth: () => -Math.expm1(-fall[1]!),
  }
}
