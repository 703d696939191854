import type { Data, Layout } from 'plotly.js-dist-min'
import type { ChartCell, ChartColumn, ChartTable } from './chart-table.ts'

/** What is read of a trace; Plotly's own types are a union that no two kinds share. */
interface Trace {
  type?: string
  name?: string
  x?: ArrayLike<ChartCell>
  y?: ArrayLike<ChartCell>
  z?: ArrayLike<ArrayLike<ChartCell>>
  text?: ArrayLike<string> | string
  yaxis?: string
  xaxis?: string
  orientation?: 'h' | 'v'
  hoverinfo?: string
  open?: ArrayLike<ChartCell>
  high?: ArrayLike<ChartCell>
  low?: ArrayLike<ChartCell>
  close?: ArrayLike<ChartCell>
  dimensions?: readonly { label?: string; values?: ArrayLike<ChartCell>; ticktext?: ArrayLike<string> }[]
  colorbar?: { tickformat?: string }
}

interface Axis {
  title?: string | { text?: string }
  tickformat?: string
}

/** Values along one shared axis: what a line, a row of bars or the closes of candles come down to. */
interface Series extends ChartColumn {
  keys: readonly ChartCell[]
  values: readonly ChartCell[]
}

/**
 * The table behind a plot, read from what Plotly is told to draw. Series over one axis stand side by side, joined where
 * they meet; points that share a place, boxes and the like stand one to a row. A trace that has neither a name nor a
 * hover text is decoration.
 */
export function tabulateTraces(data: readonly Data[], layout: Partial<Layout> = {}): ChartTable {
  const traces = (data as readonly Trace[]).filter(
    ({ hoverinfo, name }) => hoverinfo !== 'skip' || name !== undefined,
  )
  const [first] = traces
  if (first === undefined) return { columns: [], rows: [] }
  if (first.type === 'heatmap') return grid(first, layout)
  if (first.type === 'parcoords') return dimensions(first)
  const keyTitle = titleOfKeys(first, layout)
  const isPointed = traces.some((trace) => trace.type === 'box' || hasTwins(keysOf(trace)))
  return isPointed ? points(traces, layout, keyTitle) : joined(traces, layout, keyTitle)
}

const list = <T>(values: ArrayLike<T> | undefined): T[] => (values === undefined ? [] : Array.from(values))
const keysOf = ({ orientation, x, y }: Trace): ChartCell[] => list(orientation === 'h' ? y : x)
const valuesOf = ({ orientation, x, y }: Trace): ChartCell[] => list(orientation === 'h' ? x : y)
const notesOf = ({ text }: Trace): string[] =>
  typeof text === 'object' ? list(text).map((note) => note.replaceAll(/<br ?\/?>/g, '; ')) : []
const hasTwins = (keys: readonly ChartCell[]): boolean => new Set(keys).size < keys.length

function axisOf(layout: Partial<Layout>, letter: 'x' | 'y', id: string | undefined): Axis {
  const axes = layout as Record<string, Axis | undefined>
  return axes[`${letter}axis${(id ?? letter).slice(1)}`] ?? {}
}

const titleOf = ({ title }: Axis): string | undefined => (typeof title === 'string' ? title : title?.text)
const isPercent = ({ tickformat }: Axis): boolean => tickformat?.includes('%') ?? false

function titleOfKeys(trace: Trace, layout: Partial<Layout>): string {
  const axis = trace.orientation === 'h' ? axisOf(layout, 'y', trace.yaxis) : axisOf(layout, 'x', trace.xaxis)
  return titleOf(axis) ?? (/^\d{4}-\d\d/.test(String(keysOf(trace)[0])) ? 'Time' : '')
}

/** The axis that measures. */
const valueAxis = (trace: Trace, layout: Partial<Layout>): Axis =>
  trace.orientation === 'h' ? axisOf(layout, 'x', trace.xaxis) : axisOf(layout, 'y', trace.yaxis)

function seriesOf(trace: Trace, layout: Partial<Layout>): Series[] {
  const keys = keysOf(trace)
  if (trace.open !== undefined)
    return (['open', 'high', 'low', 'close'] as const).map((part) => ({
      title: part.charAt(0).toUpperCase() + part.slice(1),
      keys,
      values: list(trace[part]),
    }))
  const axis = valueAxis(trace, layout)
  const title = trace.name ?? titleOf(axis) ?? 'Value'
  const notes = notesOf(trace)
  return [
    { title, isPercent: isPercent(axis), keys, values: valuesOf(trace) },
    ...(notes.length > 0 ? [{ title: `${title}, note`, keys, values: notes }] : []),
  ]
}

function joined(traces: readonly Trace[], layout: Partial<Layout>, keyTitle: string): ChartTable {
  const series = traces.flatMap((trace) => seriesOf(trace, layout))
  const keys = [...new Set(series.flatMap((each) => each.keys))]
  // Names keep the order in which they are drawn; numbers and dates lie along their axis.
  if (keys.every((key) => typeof key === 'number')) keys.sort((a, b) => Number(a) - Number(b))
  else if (keys.every((key) => /^\d{4}-\d\d-\d\d/.test(String(key)))) keys.sort()
  const byKey = series.map((each) => new Map(each.keys.map((key, i) => [key, each.values[i] ?? null])))
  return {
    columns: [
      { title: keyTitle },
      ...series.map(({ title, isPercent: percent = false }) => ({ title, isPercent: percent })),
    ],
    rows: keys.map((key) => [key, ...byKey.map((values) => values.get(key) ?? null)]),
  }
}

function points(traces: readonly Trace[], layout: Partial<Layout>, keyTitle: string): ChartTable {
  const isNamed = traces.some(({ name }) => name !== undefined)
  const hasKeys = traces.some(({ x, y }) => x !== undefined && y !== undefined)
  const hasNotes = traces.some((trace) => notesOf(trace).length > 0)
  const [first] = traces
  const axis = first === undefined ? {} : valueAxis(first, layout)
  const keyAxis = axisOf(layout, first?.orientation === 'h' ? 'y' : 'x', undefined)
  return {
    columns: [
      ...(isNamed ? [{ title: 'Series' }] : []),
      ...(hasNotes ? [{ title: 'Point' }] : []),
      ...(hasKeys ? [{ title: keyTitle, isPercent: isPercent(keyAxis) }] : []),
      { title: titleOf(axis) ?? 'Value', isPercent: isPercent(axis) },
    ],
    rows: traces.flatMap((trace) => {
      const keys = keysOf(trace)
      const notes = notesOf(trace)
      return valuesOf(trace).map((value, i) => [
        ...(isNamed ? [trace.name ?? ''] : []),
        ...(hasNotes ? [notes[i] ?? ''] : []),
        ...(hasKeys ? [keys[i] ?? null] : []),
        value,
      ])
    }),
  }
}

function grid(trace: Trace, layout: Partial<Layout>): ChartTable {
  const percent = isPercent({ ...trace.colorbar })
  return {
    columns: [
      { title: titleOf(axisOf(layout, 'y', trace.yaxis)) ?? '' },
      ...list(trace.x).map((name) => ({ title: String(name), isPercent: percent })),
    ],
    rows: list(trace.y).map((name, row) => [name, ...list(trace.z?.[row])]),
  }
}

function dimensions({ dimensions: all = [] }: Trace): ChartTable {
  const columns = all.map(({ label = '', values, ticktext }) => ({
    title: label,
    cells:
      ticktext === undefined
        ? list(values)
        : list(values).map((value) => list(ticktext)[Number(value)] ?? value),
  }))
  const count = Math.max(0, ...columns.map(({ cells }) => cells.length))
  return {
    columns: [{ title: 'Line' }, ...columns.map(({ title }) => ({ title }))],
    rows: Array.from({ length: count }, (_, i) => [i + 1, ...columns.map(({ cells }) => cells[i] ?? null)]),
  }
}
