import type { Brush, NameAxis, NumberAxis, ParallelAxis } from './brushes.ts'
import { roundWidth } from './count-bins.ts'

/** Where the axes of parallel coordinates stand, in pixels. */
export interface ParallelLayout {
  x: readonly number[]
  top: number
  bottom: number
  /** Where rows without a value of an axis cross it. */
  missing: number
  scales: readonly AxisScale[]
}

export interface AxisScale {
  /** Height of a row's value; of none where it has none. */
  yOf: (row: number) => number
  /** The value at a height; of a name axis the place among its names, with fractions between. */
  valueAt: (y: number) => number
  /** Height of a value, or of a place among the names. */
  heightOf: (value: number) => number
  low: number
  high: number
}

interface Box {
  width: number
  height: number
  left: number
}

const RIGHT = 26
const TOP = 44
const BOTTOM = 26

export function layOut(axes: readonly ParallelAxis[], { width, height, left }: Box): ParallelLayout {
  const top = TOP
  const bottom = height - BOTTOM
  const step = axes.length < 2 ? 0 : (width - left - RIGHT) / (axes.length - 1)
  const missing = height - 9
  return {
    x: axes.map((_, i) => left + i * step),
    top,
    bottom,
    missing,
    scales: axes.map((axis) =>
      axis.kind === 'name' ? nameScale(axis, top, bottom) : numberScale(axis, top, bottom, missing),
    ),
  }
}

function nameScale({ names, values }: NameAxis, top: number, bottom: number): AxisScale {
  const places = new Map(names.map(({ key }, place) => [key, place]))
  const last = names.length - 1
  const heightOf = (place: number) =>
    last === 0 ? (top + bottom) / 2 : top + (place / last) * (bottom - top)
  return {
    yOf: (row) => heightOf(places.get(values[row] ?? '') ?? 0),
    valueAt: (y) => ((y - top) / (bottom - top)) * last,
    heightOf,
    low: 0,
    high: last,
  }
}

function numberScale({ values }: NumberAxis, top: number, bottom: number, missing: number): AxisScale {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value === null) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const heightOf = (value: number) =>
    high > low ? bottom - ((value - low) / (high - low)) * (bottom - top) : (top + bottom) / 2
  return {
    yOf: (row) => {
      const value = values[row] ?? null
      return value === null ? missing : heightOf(value)
    },
    valueAt: (y) => low + ((bottom - y) / (bottom - top)) * (high - low),
    heightOf,
    low,
    high,
  }
}

/** The brush between two heights; an end of the axis is an open end of the range. */
export function brushBetween(axis: ParallelAxis, scale: AxisScale, a: number, b: number): Brush {
  const [upper, lower] = [Math.min(a, b), Math.max(a, b)]
  if (axis.kind === 'name') {
    const [first, last] = [scale.valueAt(upper) - 0.25, scale.valueAt(lower) + 0.25]
    const keys = axis.names.flatMap(({ key }, place) => (place >= first && place <= last ? [key] : []))
    return { axis: axis.id, keys }
  }
  const from = scale.valueAt(lower)
  const to = scale.valueAt(upper)
  const span = scale.high - scale.low
  return {
    axis: axis.id,
    from: from <= scale.low + span * 0.005 ? Number.NEGATIVE_INFINITY : inShort(from, span),
    to: to >= scale.high - span * 0.005 ? Number.POSITIVE_INFINITY : inShort(to, span),
  }
}

/** A thousandth of the axis is as fine as a hand is; more digits only make long links. */
const inShort = (value: number, span: number): number => {
  const digits = Math.max(0, Math.ceil(-Math.log10(span || 1)) + 3)
  return Number(value.toFixed(Math.min(digits, 12)))
}

/** The heights that a brush covers, upper before lower; of names each run of neighbours. */
export function spansOf(axis: ParallelAxis, scale: AxisScale, brush: Brush): [number, number][] {
  if (!('keys' in brush)) {
    const within = (value: number) => Math.min(scale.high, Math.max(scale.low, value))
    return [[scale.heightOf(within(brush.to)), scale.heightOf(within(brush.from))]]
  }
  if (axis.kind === 'number') return []
  const spans: [number, number][] = []
  let isOpen = false
  axis.names.forEach(({ key }, place) => {
    const y = scale.heightOf(place)
    const span = spans.at(-1)
    const isKept = brush.keys.includes(key)
    if (isKept && isOpen && span !== undefined) span[1] = y + PAD
    else if (isKept) spans.push([y - PAD, y + PAD])
    isOpen = isKept
  })
  return spans
}

/** How far the brush of a single name reaches to either side. */
const PAD = 7

/** The row whose line passes nearest to a point, of those within `reach` pixels. */
export function nearestRow(
  layout: ParallelLayout,
  rows: readonly number[],
  at: { x: number; y: number },
  reach = 7,
): number | undefined {
  const { x, scales } = layout
  const next = x.findIndex((each) => each >= at.x)
  const right = next === -1 ? x.length - 1 : Math.max(1, next)
  const [from, to] = [scales[right - 1], scales[right]]
  if (from === undefined || to === undefined) return undefined
  const share = (at.x - x[right - 1]!) / (x[right]! - x[right - 1]!)
  let best: number | undefined
  let least = reach
  for (const row of rows) {
    const y = from.yOf(row) + share * (to.yOf(row) - from.yOf(row))
    const distance = Math.abs(y - at.y)
    if (distance >= least) continue
    least = distance
    best = row
  }
  return best
}

/** Round values from `low` to `high`, about `count` of them. */
export function roundTicks(low: number, high: number, count = 4): number[] {
  if (!(high > low)) return Number.isFinite(low) ? [low] : []
  const step = roundWidth(high - low, count)
  const ticks: number[] = []
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++)
    ticks.push(Number((k * step).toPrecision(12)))
  return ticks
}
