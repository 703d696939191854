/** Combinatorially symmetric cross-validation of a choice among configurations (SSRN 2326253). */
export interface OverfittingReport {
  /** Share of splits in which the best configuration in sample is at or below the median out of sample. */
  pbo: number
  /** Share of splits in which it loses money out of sample. */
  lossProbability: number
  /** Logit of its relative rank out of sample, one per split. */
  logits: Float64Array
  /** Blocks that time was cut into. */
  blocks: number
}

const minConfigurations = 10
const minDays = 120
const minBlockDays = 20

/** Blocks to cut `days` into: 16, else the largest even number from 6 with at least 20 days a block; null for too little data. */
export function overfittingBlocks(days: number, configurations: number): number | null {
  if (configurations < minConfigurations || days < minDays) return null
  for (let blocks = 16; blocks >= 6; blocks -= 2) if (days / blocks >= minBlockDays) return blocks
  return null
}

/**
 * Probability of backtest overfitting by the Sharpe ratio (ddof 1). Days that do not fill a block are dropped from the start; a
 * configuration without variation ranks as Sharpe 0. O(configurations × (days + blocks × splits)).
 * @param returns daily returns, one equally long series per configuration
 * @param blocks even number of blocks
 */
export function overfittingProbability(returns: readonly Float64Array[], blocks: number): OverfittingReport {
  const count = returns.length
  const blockDays = Math.floor((returns[0]?.length ?? 0) / blocks)
  const halfDays = (blockDays * blocks) / 2
  const sums = new Float64Array(count * blocks)
  const squares = new Float64Array(count * blocks)
  const centre = new Float64Array(count)
  sumBlocks(returns, blocks, blockDays, centre, sums, squares)

  const splits = listHalves(blocks)
  const logits = new Float64Array(splits.length)
  const outside = new Float64Array(count)
  const everyBlock = 2 ** blocks - 1
  let overfitted = 0
  let lost = 0
  const sharpe = (config: number, half: number): number => {
    let sum = 0
    let square = 0
    for (let b = 0; b < blocks; b++) {
      if ((half & (1 << b)) === 0) continue
      sum += sums[config * blocks + b]!
      square += squares[config * blocks + b]!
    }
    const shift = sum / halfDays
    const variance = (square - sum * shift) / (halfDays - 1)
    return variance > 1e-24 ? (centre[config]! + shift) / Math.sqrt(variance) : 0
  }
  for (let s = 0; s < splits.length; s++) {
    const half = splits[s]!
    let best = 0
    let bestSharpe = Number.NEGATIVE_INFINITY
    for (let c = 0; c < count; c++) {
      const inside = sharpe(c, half)
      outside[c] = sharpe(c, everyBlock ^ half)
      if (inside > bestSharpe) {
        best = c
        bestSharpe = inside
      }
    }
    const share = middleRank(outside, best) / (count + 1)
    logits[s] = Math.log(share / (1 - share))
    // Twice a midrank against the number of ranks is exact where the logit of .5 need not be.
    if (2 * middleRank(outside, best) <= count + 1) overfitted++
    if (outside[best]! < 0) lost++
  }
  return { pbo: overfitted / splits.length, lossProbability: lost / splits.length, logits, blocks }
}

function sumBlocks(
  returns: readonly Float64Array[],
  blocks: number,
  blockDays: number,
  centre: Float64Array,
  sums: Float64Array,
  squares: Float64Array,
): void {
  for (let c = 0; c < returns.length; c++) {
    const x = returns[c]!
    const skipped = x.length - blockDays * blocks
    let total = 0
    for (let t = skipped; t < x.length; t++) total += x[t]!
    // Sums of squares about the mean: about 0 they would cancel in the variance.
    centre[c] = total / (blockDays * blocks)
    for (let b = 0; b < blocks; b++) {
      for (let t = skipped + b * blockDays; t < skipped + (b + 1) * blockDays; t++) {
        const d = x[t]! - centre[c]!
        sums[c * blocks + b] = sums[c * blocks + b]! + d
        squares[c * blocks + b] = squares[c * blocks + b]! + d * d
      }
    }
  }
}

/** Every way to take half of the blocks, as bit masks. */
function listHalves(blocks: number): number[] {
  const halves: number[] = []
  for (let mask = 0; mask < 2 ** blocks; mask++) {
    let bits = 0
    for (let rest = mask; rest > 0; rest &= rest - 1) bits++
    if (bits === blocks / 2) halves.push(mask)
  }
  return halves
}

function middleRank(x: Float64Array, of: number): number {
  let below = 0
  let equal = 0
  for (let i = 0; i < x.length; i++) {
    if (x[i]! < x[of]!) below++
    else if (x[i]! === x[of]!) equal++
  }
  return below + (equal + 1) / 2
}
