/** An axis over rows: numbers along a line, or names in a fixed order. `values` has one entry a row. */
export type ParallelAxis = NumberAxis | NameAxis

export interface NumberAxis {
  kind: 'number'
  id: string
  title: string
  values: readonly (number | null)[]
  format: (value: number) => string
}

export interface NameAxis {
  kind: 'name'
  id: string
  title: string
  values: readonly string[]
  /** From top to bottom. */
  names: readonly { key: string; label: string }[]
}

/** The part of an axis that is kept: a range, with infinite ends where it is open, or some of the names. */
export type Brush = { axis: string; from: number; to: number } | { axis: string; keys: readonly string[] }

/** For each row whether it lies within every brush. A row without a value lies in no range. */
export function rowsWithin(
  axes: readonly ParallelAxis[],
  brushes: readonly Brush[],
  count: number,
): readonly boolean[] {
  const within = Array.from({ length: count }, () => true)
  for (const brush of brushes) {
    const axis = axes.find(({ id }) => id === brush.axis)
    if (axis === undefined) continue
    for (let row = 0; row < count; row++) if (!isWithin(axis, brush, row)) within[row] = false
  }
  return within
}

function isWithin(axis: ParallelAxis, brush: Brush, row: number): boolean {
  const value = axis.values[row]
  if ('keys' in brush) return axis.kind === 'name' && brush.keys.includes(value as string)
  return axis.kind === 'number' && typeof value === 'number' && value >= brush.from && value <= brush.to
}

export const brushOf = (brushes: readonly Brush[], axis: string): Brush | undefined =>
  brushes.find((each) => each.axis === axis)

/** The brushes with one axis brushed anew, or no longer; to keep nothing or every name is not to brush. */
export function withBrush(
  brushes: readonly Brush[],
  axis: ParallelAxis,
  brush: Brush | undefined,
): readonly Brush[] {
  const others = brushes.filter((each) => each.axis !== axis.id)
  if (brush === undefined) return others
  const isNothing =
    'keys' in brush
      ? axis.kind === 'number' || brush.keys.length === 0 || brush.keys.length === axis.names.length
      : brush.from === Number.NEGATIVE_INFINITY && brush.to === Number.POSITIVE_INFINITY
  return isNothing ? others : [...others, brush]
}

/** Takes a name into the brush of its axis, or out of it. Without a brush it alone is kept. */
export function toggleKey(brushes: readonly Brush[], axis: NameAxis, key: string): readonly Brush[] {
  const brush = brushOf(brushes, axis.id)
  const kept = brush !== undefined && 'keys' in brush ? brush.keys : []
  const wanted = kept.includes(key) ? kept.filter((each) => each !== key) : [...kept, key]
  const keys = axis.names.map((name) => name.key).filter((each) => wanted.includes(each))
  return withBrush(brushes, axis, { axis: axis.id, keys })
}

/** `sharpe:0.5..;hours:13,14,15|9,10`: equal brushes are equal texts, so that equal views are equal links. */
export function formatBrushes(brushes: readonly Brush[]): string {
  const ends = (value: number) => (Number.isFinite(value) ? String(value) : '')
  return brushes
    .map((brush) =>
      'keys' in brush
        ? `${brush.axis}:${brush.keys.join('|')}`
        : `${brush.axis}:${ends(brush.from)}..${ends(brush.to)}`,
    )
    .sort()
    .join(';')
}

/** The inverse; what cannot be read is left out. */
export function parseBrushes(text: string): readonly Brush[] {
  return text.split(';').flatMap((part): Brush[] => {
    const colon = part.indexOf(':')
    const axis = part.slice(0, colon)
    const body = part.slice(colon + 1)
    if (colon < 1 || body === '') return []
    const range = /^(-?[\d.]+(?:e-?\d+)?)?\.\.(-?[\d.]+(?:e-?\d+)?)?$/.exec(body)
    if (range === null) return [{ axis, keys: body.split('|') }]
    const from = range[1] === undefined ? Number.NEGATIVE_INFINITY : Number(range[1])
    const to = range[2] === undefined ? Number.POSITIVE_INFINITY : Number(range[2])
    return from <= to ? [{ axis, from, to }] : []
  })
}
