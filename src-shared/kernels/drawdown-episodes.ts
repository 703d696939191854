/** One stretch of observations below a running peak; indices into the series. */
export interface DrawdownEpisode {
  /** Largest fall from the peak before, a positive fraction. */
  depth: number
  /** First observation below the peak. */
  start: number
  trough: number
  /** First observation back at the peak, −1 while below it. */
  recovery: number
}

/** Every stretch of equity below its running peak, in time order; equity starts at 1 before the first observation. */
export function drawdownEpisodes(equity: Float64Array): DrawdownEpisode[] {
  const episodes: DrawdownEpisode[] = []
  let peak = 1
  let open: DrawdownEpisode | undefined
  for (let i = 0; i < equity.length; i++) {
    const value = equity[i]!
    if (value >= peak) {
      peak = value
      if (open !== undefined) open.recovery = i
      open = undefined
      continue
    }
    const fall = 1 - value / peak
    if (open === undefined) {
      open = { depth: fall, start: i, trough: i, recovery: -1 }
      episodes.push(open)
    } else if (fall > open.depth) {
      open.depth = fall
      open.trough = i
    }
  }
  return episodes
}
