import { createRandom } from './random.ts'

/**
 * A random order of 0 … n − 1 in which runs of `block` neighbours stay together: what a permutation test needs where neighbouring
 * observations overlap. The last run is shorter where n is no multiple of the block.
 * @param block at least 1
 */
export function permuteBlocks(n: number, block: number, seed: number): Int32Array {
  const random = createRandom(seed)
  const blocks = Math.ceil(n / block)
  const order = Int32Array.from({ length: blocks }, (_, b) => b)
  for (let b = blocks - 1; b > 0; b--) {
    const other = random.nextInt(b + 1)
    const kept = order[b]!
    order[b] = order[other]!
    order[other] = kept
  }
  const permutation = new Int32Array(n)
  let at = 0
  for (const b of order) {
    for (let i = b * block; i < Math.min(n, (b + 1) * block); i++) permutation[at++] = i
  }
  return permutation
}
