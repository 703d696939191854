const minTailCount = 40
const tailShare = 0.05

/** Mean over the root mean square of min(r, 0) over all observations, target 0; NaN where none is below 0. */
export function sortinoOf(returns: Float64Array): number {
  let sum = 0
  let below = 0
  for (let i = 0; i < returns.length; i++) {
    const r = returns[i]!
    sum += r
    if (r < 0) below += r * r
  }
  return below > 0 ? sum / returns.length / Math.sqrt(below / returns.length) : Number.NaN
}

/** Fall of equity from its running peak, equity starting at 1. */
export interface Drawdown {
  /** Largest fall as a positive fraction of the peak. */
  depth: number
  /** Longest run of observations below the running peak. */
  underwater: number
  /** Equity at the end. */
  equity: number
}

export function drawdownOf(returns: Float64Array): Drawdown {
  let equity = 1
  let peak = 1
  let depth = 0
  let run = 0
  let underwater = 0
  for (let i = 0; i < returns.length; i++) {
    equity *= 1 + returns[i]!
    if (equity >= peak) {
      peak = equity
      run = 0
      continue
    }
    run++
    if (run > underwater) underwater = run
    if (1 - equity / peak > depth) depth = 1 - equity / peak
  }
  return { depth, underwater, equity }
}

/**
 * Expected shortfall at 95 %: mean of the worst 5 % of outcomes as a positive loss, the observation at the edge counted with its
 * fraction (Acerbi & Tasche 2002). NaN under 40 outcomes: the tail would be fewer than two.
 */
export function expectedShortfall(outcomes: Float64Array): number {
  const tail = outcomes.length * tailShare
  if (outcomes.length < minTailCount) return Number.NaN
  const sorted = Float64Array.from(outcomes).sort()
  const whole = Math.floor(tail)
  let sum = 0
  for (let i = 0; i < whole; i++) sum += sorted[i]!
  if (tail > whole) sum += (tail - whole) * sorted[whole]!
  return -sum / tail
}

/** Figures over closed trades; NaN where nothing is there to divide by. */
export interface TradeFigures {
  winRate: number
  profitFactor: number
  expectancy: number
  /** Mean losing trade as a positive fraction. */
  meanLoss: number
}

export function tradeFigures(returns: Float64Array): TradeFigures {
  let won = 0
  let lost = 0
  let wins = 0
  let losses = 0
  for (let i = 0; i < returns.length; i++) {
    const r = returns[i]!
    if (r > 0) {
      won += r
      wins++
    } else if (r < 0) {
      lost -= r
      losses++
    }
  }
  return {
    winRate: wins / returns.length,
    profitFactor: losses > 0 ? won / lost : Number.NaN,
    expectancy: (won - lost) / returns.length,
    meanLoss: losses > 0 ? lost / losses : Number.NaN,
  }
}
