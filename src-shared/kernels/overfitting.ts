/** Combinatorially symmetric cross-validation of a choice among configurations (SSRN 2326253). */
export interface OverfittingReport {
  /** Share of splits in which the best configuration in sample is at or below the median out of sample. */
  pbo: number
  /** Share of splits in which it loses money out of sample. */
  lossProbability: number
  /** Logit of its relative rank out of sample, one per split. */
  logits: Float64Array
  /** Place of the best configuration in sample, one per split. */
  chosen: Int32Array
  /** Its Sharpe ratio per day in sample, one per split, and out of it. */
  inside: Float64Array
  outside: Float64Array
  /** Blocks that time was cut into. */
  blocks: number
}

const minConfigurations = 10
const minDays = 120
const minBlockDays = 20

/** Blocks to cut `days` into: 16, else the largest even number from 6 with at least 20 days a block; null for too little data. */
export function overfittingBlocks(days: number, configurations = minConfigurations): number | null {
  if (configurations < minConfigurations || days < minDays) return null
  for (let blocks = 16; blocks >= 6; blocks -= 2) if (days / blocks >= minBlockDays) return blocks
  return null
}

/** What the probability needs of one configuration: sums over blocks of days, whatever their number. */
export interface BlockedReturns {
  days: number
  /** null where the days are too few to cut. */
  blocks: number | null
  /** Mean, then the sum about it of each block, then those of squares. */
  sums: Float64Array
}

/** Cuts daily returns into blocks; days that do not fill one are dropped from the start. */
export function blockReturns(x: Float64Array, blocks = overfittingBlocks(x.length)): BlockedReturns {
  if (blocks === null) return { days: x.length, blocks, sums: new Float64Array(0) }
  const blockDays = Math.floor(x.length / blocks)
  const skipped = x.length - blockDays * blocks
  const sums = new Float64Array(1 + 2 * blocks)
  let total = 0
  for (let t = skipped; t < x.length; t++) total += x[t]!
  // Sums of squares about the mean: about 0 they would cancel in the variance.
  const centre = total / (blockDays * blocks)
  sums[0] = centre
  for (let b = 0; b < blocks; b++) {
    for (let t = skipped + b * blockDays; t < skipped + (b + 1) * blockDays; t++) {
      const d = x[t]! - centre
      sums[1 + b] = sums[1 + b]! + d
      sums[1 + blocks + b] = sums[1 + blocks + b]! + d * d
    }
  }
  return { days: x.length, blocks, sums }
}

/**
 * Probability of backtest overfitting by the Sharpe ratio (ddof 1); a configuration without variation ranks as
 * Sharpe 0. O(configurations × blocks × splits).
 * @param returns one per configuration, of equally many days cut into the same even number of blocks
 * @param checkpoint called now and then; what it throws ends the work
 */
export function overfittingProbability(
  returns: readonly BlockedReturns[],
  checkpoint: () => void = () => {},
): OverfittingReport {
  const count = returns.length
  const blocks = returns[0]?.blocks ?? 0
  const sums = gatherBlocks(returns, blocks)
  const halves = listHalves(blocks)
  const report = {
    logits: new Float64Array(halves.length),
    chosen: new Int32Array(halves.length),
    inside: new Float64Array(halves.length),
    outside: new Float64Array(halves.length),
  }
  let [overfitted, lost] = [0, 0]
  const judge = (split: number, inside: Float64Array, outside: Float64Array) => {
    let best = 0
    for (let c = 1; c < count; c++) if (inside[c]! > inside[best]!) best = c
    const rank = middleRank(outside, best)
    const share = rank / (count + 1)
    report.logits[split] = Math.log(share / (1 - share))
    report.chosen[split] = best
    report.inside[split] = inside[best]!
    report.outside[split] = outside[best]!
    // Twice a midrank against the number of ranks is exact where the logit of .5 need not be.
    if (2 * rank <= count + 1) overfitted++
    if (outside[best]! < 0) lost++
  }
  const [one, other] = [new Float64Array(count), new Float64Array(count)]
  // Masks ascend, so what one split learns from the one at the same place from the end is tested on.
  for (let s = 0; s < halves.length / 2; s++) {
    if (s % 16 === 0) checkpoint()
    const last = halves.length - 1 - s
    sharpesOf(sums, halves[s]!, one)
    sharpesOf(sums, halves[last]!, other)
    judge(s, one, other)
    judge(last, other, one)
  }
  return { pbo: overfitted / halves.length, lossProbability: lost / halves.length, blocks, ...report }
}

/** Sums of returns about each configuration's mean and of their squares: blocks one after the other, each by configuration. */
interface BlockSums {
  count: number
  blocks: number
  halfDays: number
  centre: Float64Array
  sums: Float64Array
  squares: Float64Array
  /** One place a configuration, to add up in. */
  scratch: Float64Array
}

function gatherBlocks(returns: readonly BlockedReturns[], blocks: number): BlockSums {
  const count = returns.length
  const sums = new Float64Array(count * blocks)
  const squares = new Float64Array(count * blocks)
  for (const [c, { sums: own }] of returns.entries()) {
    for (let b = 0; b < blocks; b++) {
      sums[b * count + c] = own[1 + b]!
      squares[b * count + c] = own[1 + blocks + b]!
    }
  }
  const halfDays = (Math.floor((returns[0]?.days ?? 0) / blocks) * blocks) / 2
  const centre = Float64Array.from(returns, (each) => each.sums[0]!)
  return { ...{ count, blocks, halfDays, centre, sums, squares }, scratch: new Float64Array(count) }
}

/** Sharpe ratio of every configuration over the blocks of a mask. */
function sharpesOf(from: BlockSums, half: number, out: Float64Array): void {
  const { count, blocks, halfDays, centre, sums, squares, scratch: square } = from
  out.fill(0)
  square.fill(0)
  for (let b = 0; b < blocks; b++) {
    if ((half & (1 << b)) === 0) continue
    for (let c = 0, at = b * count; c < count; c++, at++) {
      out[c] = out[c]! + sums[at]!
      square[c] = square[c]! + squares[at]!
    }
  }
  for (let c = 0; c < count; c++) {
    const shift = out[c]! / halfDays
    const variance = (square[c]! - out[c]! * shift) / (halfDays - 1)
    out[c] = variance > 1e-24 ? (centre[c]! + shift) / Math.sqrt(variance) : 0
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
