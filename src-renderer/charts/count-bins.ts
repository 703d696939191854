export interface Bin {
  /** Left out, but for the first bin. */
  from: number
  to: number
  count: number
}

/** Counts values in bins of one width with an edge at 0: what is 0 counts to the left of it. */
export function countBins(values: readonly number[], width: number): Bin[] {
  const counts = new Map<number, number>()
  for (const value of values) {
    // A hair's breadth over an edge is rounding.
    const bin = Math.ceil(value / width - 1e-9) - 1
    counts.set(bin, (counts.get(bin) ?? 0) + 1)
  }
  if (counts.size === 0) return []
  const first = Math.min(...counts.keys())
  const last = Math.max(...counts.keys())
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    from: (first + i) * width,
    to: (first + i + 1) * width,
    count: counts.get(first + i) ?? 0,
  }))
}

export interface Cell {
  x: number
  y: number
  count: number
  /** Of those counted, the ones that are marked. */
  marked: number
}

/** Gathers points into cells of a grid; a cell stands at the mean of its points. */
export function gatherPoints(
  xs: readonly number[],
  ys: readonly number[],
  isMarked: (point: number) => boolean,
  step: number,
): Cell[] {
  const cells = new Map<string, Cell>()
  xs.forEach((x, i) => {
    const y = ys[i] ?? 0
    const key = `${Math.floor(x / step)} ${Math.floor(y / step)}`
    const cell = cells.get(key) ?? { x: 0, y: 0, count: 0, marked: 0 }
    cell.x += x
    cell.y += y
    cell.count++
    if (isMarked(i)) cell.marked++
    cells.set(key, cell)
  })
  return [...cells.values()].map(({ x, y, count, marked }) => ({
    x: x / count,
    y: y / count,
    count,
    marked,
  }))
}

/** A round width that cuts a span into about `count` parts. */
export function roundWidth(span: number, count: number): number {
  const rough = span / count
  if (!(rough > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough * 0.999999) ?? rough
}

/** Least squares line through points; undefined where x does not vary. */
export function fitLine(
  xs: readonly number[],
  ys: readonly number[],
): { slope: number; intercept: number } | undefined {
  const meanX = xs.reduce((sum, x) => sum + x, 0) / xs.length
  const meanY = ys.reduce((sum, y) => sum + y, 0) / ys.length
  let xx = 0
  let xy = 0
  xs.forEach((x, i) => {
    xx += (x - meanX) ** 2
    xy += (x - meanX) * ((ys[i] ?? 0) - meanY)
  })
  if (!(xx > 1e-12)) return undefined
  const slope = xy / xx
  return { slope, intercept: meanY - slope * meanX }
}
