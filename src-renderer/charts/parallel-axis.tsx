import type { KeyboardEvent } from 'react'
import { type Brush, brushOf, type ParallelAxis } from './brushes.ts'
import { type AxisScale, roundTicks, spansOf } from './parallel-layout.ts'
import { stepBrush } from './step-brush.ts'

interface ParallelAxisProps {
  axis: ParallelAxis
  scale: AxisScale
  x: number
  top: number
  bottom: number
  /** Where rows without a value cross. */
  missing: number
  /** Height of the title: neighbours that stand close take turns. */
  titleAt: number
  brushes: readonly Brush[]
  onBrush: (brush: Brush | undefined) => void
}

/** Names beyond this many are not all written. */
const MOST_NAMES = 16

/** One axis with its ticks and what of it is kept; a slider for those who use no mouse. */
export function AxisLine({
  axis,
  scale,
  x,
  top,
  bottom,
  missing,
  titleAt,
  brushes,
  onBrush,
}: ParallelAxisProps) {
  const brush = brushOf(brushes, axis.id)
  const spans = brush === undefined ? [] : spansOf(axis, scale, brush)
  // Without a brush everything is kept, from the bottom up.
  const lowest = spans.length === 0 ? bottom : Math.max(...spans.map(([, y]) => y))
  const lowerEnd = Math.round(((bottom - lowest) / (bottom - top)) * 100)
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepBrush(axis, scale, brush, event)
    if (next === null) return
    event.preventDefault()
    onBrush(next)
  }
  return (
    <g
      className="axis"
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`${axis.title}: arrows move the lower end, with Shift the upper, Delete keeps all`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={lowerEnd}
      aria-valuetext={describeBrush(axis, brush)}
      data-testid={`axis-${axis.id}`}
      transform={`translate(${x} 0)`}
      onKeyDown={onKeyDown}
    >
      <rect className="reach" x={-14} y={top - 10} width={28} height={bottom - top + 20} />
      <line y1={top} y2={bottom} />
      <text className="title" y={titleAt}>
        {axis.title}
      </text>
      {ticksOf(axis, scale).map(({ y, text }) => (
        <text key={y} className="tick-label" x={-7} y={y + 3.5}>
          {text}
        </text>
      ))}
      {axis.kind === 'number' && axis.values.includes(null) && (
        <text className="tick-label" x={-7} y={missing + 3.5}>
          none
        </text>
      )}
      {spans.map(([from, to]) => (
        <rect
          key={from}
          className="brush"
          x={-6}
          y={from}
          width={12}
          height={Math.max(3, to - from)}
          rx={2}
        />
      ))}
    </g>
  )
}

/** "0.5 to 1.6", "at least 0.5", "13–15, 9–15". */
export function describeBrush(axis: ParallelAxis, brush: Brush | undefined): string {
  if (brush === undefined) return 'all'
  if ('keys' in brush) {
    const names = axis.kind === 'name' ? axis.names.filter(({ key }) => brush.keys.includes(key)) : []
    return names.map(({ label }) => label).join(', ')
  }
  if (axis.kind === 'name') return 'all'
  const [from, to] = [axis.format(brush.from), axis.format(brush.to)]
  if (!Number.isFinite(brush.to)) return `at least ${from}`
  return Number.isFinite(brush.from) ? `${from} to ${to}` : `at most ${to}`
}

function ticksOf(axis: ParallelAxis, scale: AxisScale): { y: number; text: string }[] {
  if (axis.kind === 'name') {
    const every = Math.ceil(axis.names.length / MOST_NAMES)
    return axis.names.flatMap(({ label }, place) =>
      place % every === 0 ? [{ y: scale.heightOf(place), text: label }] : [],
    )
  }
  return roundTicks(scale.low, scale.high).map((value) => ({
    y: scale.heightOf(value),
    text: axis.format(value),
  }))
}
