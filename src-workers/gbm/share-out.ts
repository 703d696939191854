import type { LeafList } from './kernel.ts'

/** About equal parts of [0, n), for at most so many threads, of at least `least` each, that begin at multiples of `step`. */
export function inParts(
  threads: number,
  n: number,
  least: number,
  step: number,
): [from: number, to: number][] {
  const count = Math.max(1, Math.min(threads, Math.floor(n / Math.max(least, step))))
  const bound = (k: number) => (k === count ? n : Math.round((k * n) / count / step) * step)
  return Array.from({ length: count }, (_, k) => [bound(k), bound(k + 1)])
}

/** Stretches of leaves that hold about equally many rows each. */
export function leafParts({ count, bounds }: LeafList, parts: number): [from: number, to: number][] {
  const rows = bounds.subarray(0, 2 * count)
  let total = 0
  for (let leaf = 0; leaf < count; leaf++) total += rows[2 * leaf + 1]! - rows[2 * leaf]!
  const stretches: [number, number][] = []
  let [from, seen] = [0, 0]
  for (let leaf = 0; leaf < count; leaf++) {
    seen += rows[2 * leaf + 1]! - rows[2 * leaf]!
    if (leaf + 1 < count && seen < (total * (stretches.length + 1)) / parts) continue
    stretches.push([from, leaf + 1])
    from = leaf + 1
  }
  return stretches
}
