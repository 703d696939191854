interface DailyReturns {
  /** YYYY-MM-DD, each once. */
  date: readonly string[]
  daily_return: readonly number[]
}

export interface Correlation {
  /** Pearson's r; null with fewer than 20 common days, or where a series does not move. */
  r: number | null
  /** Days that both runs have. */
  days: number
}

const MIN_DAYS = 20

/** Pearson correlation of daily returns over the days that both runs have. */
export function correlateReturns(a: DailyReturns, b: DailyReturns): Correlation {
  const other = new Map(b.date.map((date, i) => [date, b.daily_return[i]]))
  const x: number[] = []
  const y: number[] = []
  a.date.forEach((date, i) => {
    const left = a.daily_return[i]
    const right = other.get(date)
    if (left === undefined || right === undefined) return
    x.push(left)
    y.push(right)
  })
  return { r: x.length < MIN_DAYS ? null : pearson(x, y), days: x.length }
}

function pearson(x: readonly number[], y: readonly number[]): number | null {
  const meanX = x.reduce((sum, value) => sum + value, 0) / x.length
  const meanY = y.reduce((sum, value) => sum + value, 0) / y.length
  let xx = 0
  let yy = 0
  let xy = 0
  for (let i = 0; i < x.length; i++) {
    const dx = x[i]! - meanX
    const dy = y[i]! - meanY
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  if (xx === 0 || yy === 0) return null
  // Rounding may carry the quotient a hair past its bounds.
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)))
}
