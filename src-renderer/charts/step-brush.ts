import type { Brush, ParallelAxis } from './brushes.ts'
import { type AxisScale, brushBetween } from './parallel-layout.ts'

const STEPS = 20

interface Key {
  key: string
  shiftKey: boolean
}

/** What a key makes of the brush of an axis: undefined is none, null that the key means nothing here. */
export function stepBrush(
  axis: ParallelAxis,
  scale: AxisScale,
  brush: Brush | undefined,
  { key, shiftKey }: Key,
): Brush | undefined | null {
  if (key === 'Delete' || key === 'Backspace' || key === 'Escape')
    return brush === undefined ? null : undefined
  const move = key === 'ArrowUp' ? 1 : key === 'ArrowDown' ? -1 : 0
  if (move === 0) return null
  return axis.kind === 'name'
    ? stepNames(
        axis.id,
        axis.names.map((name) => name.key),
        brush,
        move,
        shiftKey,
      )
    : stepRange(axis, scale, brush, move, shiftKey)
}

/** Arrows go from name to name, with Shift they take the next one in as well. */
function stepNames(
  axis: string,
  names: readonly string[],
  brush: Brush | undefined,
  move: number,
  isExtending: boolean,
): Brush {
  const places = brush !== undefined && 'keys' in brush ? brush.keys.map((key) => names.indexOf(key)) : []
  const [first, last] = [Math.min(...places), Math.max(...places)]
  // Names run downwards.
  const from = places.length === 0 ? (move > 0 ? names.length : -1) : move > 0 ? first : last
  const next = Math.min(names.length - 1, Math.max(0, from - move))
  const kept = isExtending && places.length > 0 ? [...places, next] : [next]
  return { axis, keys: names.filter((_, place) => kept.includes(place)) }
}

function stepRange(
  axis: ParallelAxis,
  scale: AxisScale,
  brush: Brush | undefined,
  move: number,
  isUpper: boolean,
): Brush {
  const { low, high } = scale
  const range = brush !== undefined && 'from' in brush ? brush : { from: low, to: high }
  const within = (value: number) => Math.min(high, Math.max(low, value))
  const step = (move * (high - low)) / STEPS
  const from = within(within(range.from) + (isUpper ? 0 : step))
  const to = within(within(range.to) + (isUpper ? step : 0))
  return brushBetween(axis, scale, scale.heightOf(Math.min(from, to)), scale.heightOf(Math.max(from, to)))
}
