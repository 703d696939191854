import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import { type Brush, type ParallelAxis, toggleKey, withBrush } from './brushes.ts'
import { type ChartColors, useChartColors } from './chart-colors.ts'
import { clearCanvas, drawLines, mixColors } from './draw-lines.ts'
import { AxisLine } from './parallel-axis.tsx'
import { type AxisScale, brushBetween, layOut, nearestRow, spansOf } from './parallel-layout.ts'
import { useBoxWidth } from './use-box-width.ts'

interface ParallelChartProps {
  label: string
  height: number
  axes: readonly ParallelAxis[]
  /** Decides the colour of each row's line: below 0 a loss, above a gain. */
  tones: readonly (number | null)[]
  within: readonly boolean[]
  brushes: readonly Brush[]
  /** While a brush is drawn. */
  onDraw: (brushes: readonly Brush[]) => void
  /** Once it is. */
  onBrush: (brushes: readonly Brush[]) => void
  onHover: (row: number | undefined) => void
  onRow: (row: number) => void
}

/** A pointer that came down on an axis. */
interface Grip {
  place: number
  from: number
  /** The other end stays where it is: of a new brush its start, of one that is stretched the end not taken. */
  anchor: number
  /** Of a range taken in its middle, which is moved: both of its ends. */
  ends?: [number, number]
  isMoved: boolean
}

const REACH_X = 14
const REACH_END = 6
const CLICK = 3
/** Axes nearer than this have their titles in two lines. */
const TITLE_ROOM = 92

/** Rows as lines across axes; dragging along an axis keeps what lies within, a click on it keeps all again. */
export function ParallelChart(props: ParallelChartProps) {
  const { label, height, axes, tones, within, brushes, onDraw, onBrush, onHover, onRow } = props
  const [box, width] = useBoxWidth<HTMLDivElement>()
  const lines = useRef<HTMLCanvasElement>(null)
  const grip = useRef<Grip>(undefined)
  const [hovered, setHovered] = useState<number>()
  const colors = useChartColors()
  const layout = useMemo(() => layOut(axes, { width, height, left: leftMargin(axes) }), [axes, width, height])
  const kept = useMemo(() => within.flatMap((is, row) => (is ? [row] : [])), [within])

  useEffect(() => {
    const canvas = lines.current
    if (canvas === null || width === 0) return
    clearCanvas(canvas, width, height)
    const left = within.flatMap((is, row) => (is ? [] : [row]))
    drawLines(canvas, layout, left, () => ({ color: colors['line-strong'], alpha: 0.16, width: 1 }))
    const toneOf = createTone(tones, colors)
    const alpha = Math.max(0.12, Math.min(0.85, 60 / kept.length))
    drawLines(canvas, layout, kept, (row) => ({ color: toneOf(row), alpha, width: 1.4 }))
    if (hovered !== undefined) {
      drawLines(canvas, layout, [hovered], () => ({ color: colors.surface, alpha: 1, width: 5 }))
      drawLines(canvas, layout, [hovered], () => ({ color: toneOf(hovered), alpha: 1, width: 2.6 }))
    }
  }, [layout, within, kept, tones, colors, width, height, hovered])

  const pointOf = (event: PointerEvent<SVGSVGElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const heldBrush = ({ place, anchor, from, ends }: Grip, y: number): readonly Brush[] => {
    const { top, bottom } = layout
    const [axis, scale] = [axes[place]!, layout.scales[place]!]
    const between = (a: number, b: number) => withBrush(brushes, axis, brushBetween(axis, scale, a, b))
    if (ends === undefined) return between(anchor, Math.min(bottom, Math.max(top, y)))
    const by = Math.min(bottom - ends[1], Math.max(top - ends[0], y - from))
    return between(ends[0] + by, ends[1] + by)
  }
  const hover = (row: number | undefined) => {
    if (row === hovered) return
    setHovered(row)
    onHover(row)
  }

  const take = (event: PointerEvent<SVGSVGElement>) => {
    const at = pointOf(event)
    const place = layout.x.findIndex((x) => Math.abs(x - at.x) <= REACH_X)
    if (place === -1) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const axis = axes[place]!
    const ends = endsOf(axis, layout.scales[place]!, brushes)
    const other = ends && otherEnd(ends, at.y)
    const isInside = ends !== undefined && at.y > ends[0] && at.y < ends[1]
    grip.current = {
      place,
      from: at.y,
      anchor: other ?? at.y,
      ...(isInside && other === undefined && axis.kind === 'number' ? { ends } : {}),
      isMoved: false,
    }
    hover(undefined)
  }
  const move = (event: PointerEvent<SVGSVGElement>) => {
    const at = pointOf(event)
    const held = grip.current
    if (held === undefined) return hover(nearestRow(layout, kept, at))
    held.isMoved ||= Math.abs(at.y - held.from) > CLICK
    if (held.isMoved) onDraw(heldBrush(held, at.y))
  }
  const drop = (event: PointerEvent<SVGSVGElement>) => {
    const at = pointOf(event)
    const held = grip.current
    grip.current = undefined
    if (held === undefined) {
      const row = nearestRow(layout, kept, at)
      if (row !== undefined) onRow(row)
    } else onBrush(held.isMoved ? heldBrush(held, at.y) : clicked(held, at.y))
  }
  /** A click keeps a name, or no longer; on a line of numbers it keeps all. */
  const clicked = ({ place }: Grip, y: number): readonly Brush[] => {
    const axis = axes[place]!
    if (axis.kind === 'number') return withBrush(brushes, axis, undefined)
    const name = axis.names[Math.round(layout.scales[place]!.valueAt(y))]
    return name === undefined ? brushes : toggleKey(brushes, axis, name.key)
  }

  const isTight = layout.x.length > 1 && layout.x[1]! - layout.x[0]! < TITLE_ROOM
  return (
    <div className="parallel" ref={box} style={{ height }}>
      <canvas ref={lines} style={{ width, height }} />
      {width > 0 && (
        <svg
          width={width}
          height={height}
          aria-label={label}
          className={hovered === undefined ? undefined : 'on-line'}
          onPointerDown={take}
          onPointerMove={move}
          onPointerUp={drop}
          onPointerLeave={() => grip.current === undefined && hover(undefined)}
        >
          {axes.map((axis, i) => (
            <AxisLine
              key={axis.id}
              axis={axis}
              scale={layout.scales[i]!}
              x={layout.x[i]!}
              top={layout.top}
              bottom={layout.bottom}
              missing={layout.missing}
              titleAt={isTight && i % 2 === 0 ? 13 : 27}
              brushes={brushes}
              onBrush={(brush) => onBrush(withBrush(brushes, axis, brush))}
            />
          ))}
        </svg>
      )}
    </div>
  )
}

/** Room for the labels of the first axis. */
function leftMargin(axes: readonly ParallelAxis[]): number {
  const [first] = axes
  if (first?.kind !== 'name') return 52
  return Math.min(180, 16 + 6.1 * Math.max(...first.names.map(({ label }) => label.length)))
}

function createTone(tones: readonly (number | null)[], colors: ChartColors): (row: number) => string {
  const most = tones.reduce<number>((most, tone) => Math.max(most, Math.abs(tone ?? 0)), 1e-9)
  return (row) => {
    const tone = tones[row] ?? null
    if (tone === null) return colors['line-strong']
    return mixColors(colors['line-strong'], tone < 0 ? colors.loss : colors.gain, Math.abs(tone) / most)
  }
}

function endsOf(
  axis: ParallelAxis,
  scale: AxisScale,
  brushes: readonly Brush[],
): [number, number] | undefined {
  const brush = brushes.find((each) => each.axis === axis.id)
  const spans = brush === undefined ? [] : spansOf(axis, scale, brush)
  return spans.length === 1 ? spans[0] : undefined
}

/** The end that stays when the other, near to `y`, is taken. */
const otherEnd = ([upper, lower]: [number, number], y: number): number | undefined =>
  Math.abs(y - upper) <= REACH_END ? lower : Math.abs(y - lower) <= REACH_END ? upper : undefined
