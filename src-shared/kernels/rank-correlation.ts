/** Ranks from 1, ties sharing their mean rank. The values must hold no NaN. */
export function rankOf(x: Float64Array): Float64Array {
  const order = Uint32Array.from(x.keys()).sort((a, b) => x[a]! - x[b]!)
  const rank = new Float64Array(x.length)
  let begin = 0
  while (begin < order.length) {
    let end = begin + 1
    while (end < order.length && x[order[end]!]! === x[order[begin]!]!) end++
    for (let k = begin; k < end; k++) rank[order[k]!] = (begin + end + 1) / 2
    begin = end
  }
  return rank
}

/** Product-moment correlation of two equally long series; NaN without variation. */
export function correlationOf(x: Float64Array, y: Float64Array): number {
  const n = x.length
  let meanX = 0
  let meanY = 0
  for (let i = 0; i < n; i++) {
    meanX += x[i]!
    meanY += y[i]!
  }
  meanX /= n
  meanY /= n
  let xx = 0
  let yy = 0
  let xy = 0
  for (let i = 0; i < n; i++) {
    const dx = x[i]! - meanX
    const dy = y[i]! - meanY
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN
}

/** Spearman's rank correlation over the pairs in which both values are known; NaN under 3 pairs or without variation. */
export function rankCorrelation(x: Float64Array, y: Float64Array): number {
  const both: number[] = []
  for (let i = 0; i < x.length; i++) if (!(Number.isNaN(x[i]!) || Number.isNaN(y[i]!))) both.push(i)
  if (both.length < 3) return Number.NaN
  return correlationOf(
    rankOf(Float64Array.from(both, (i) => x[i]!)),
    rankOf(Float64Array.from(both, (i) => y[i]!)),
  )
}
