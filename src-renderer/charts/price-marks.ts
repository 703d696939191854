import type { Data } from 'plotly.js-dist-min'
import type { ChartColors } from './chart-colors.ts'
import type { ChartTable } from './chart-table.ts'

type Tone = 'gain' | 'loss' | 'accent' | 'muted' | 'warn'

/** A point at a bar, by its index. */
export interface PriceMark {
  bar: number
  price: number
  symbol: 'triangle-up' | 'triangle-down' | 'circle-open' | 'x'
  tone: Tone
  text: string
}

/** A straight line between two bars. */
export interface PriceLine {
  from: number
  to: number
  price: number
  /** Where it ends; level where left out. */
  toPrice?: number
  tone: Tone
  /** Lines of one name are one series. */
  name: string
  isDotted?: boolean
}

export interface PriceMarks {
  points: readonly PriceMark[]
  lines: readonly PriceLine[]
  /** Empty places after the last bar, for lines that end in time to come. */
  ahead?: number
}

/** Names of the places of a chart: its bars, then those still to come. */
export function placesOf(bars: readonly string[], ahead = 0): string[] {
  return [...bars, ...Array.from({ length: ahead }, (_, i) => `+${i + 1}`)]
}

/** Marks as traces over bars; `x` names the places. */
export function drawMarks({ points, lines }: PriceMarks, x: readonly string[], colors: ChartColors): Data[] {
  const at = (bar: number) => x[bar] ?? null
  const drawnLines = [...Map.groupBy(lines, ({ name, tone }) => `${name} ${tone}`).values()].map(
    (members): Data => {
      const { name = '', tone = 'muted', isDotted = false } = members[0] ?? {}
      return {
        type: 'scatter',
        mode: 'lines',
        name,
        // A gap between two lines of one series.
        x: members.flatMap(({ from, to }) => [at(from), at(to), null]),
        y: members.flatMap(({ price, toPrice = price }) => [price, toPrice, null]),
        line: { color: colors[tone], width: 1.4, dash: isDotted ? 'dot' : 'solid' },
        hovertemplate: `${name} %{y:,.2f}<extra></extra>`,
      }
    },
  )
  const marks: Data = {
    type: 'scatter',
    mode: 'markers',
    name: 'Mark',
    x: points.map(({ bar }) => at(bar)),
    y: points.map(({ price }) => price),
    text: points.map(({ text }) => text),
    marker: {
      size: 11,
      symbol: points.map(({ symbol }) => symbol),
      color: points.map(({ tone }) => colors[tone]),
      // An open mark is its line; a filled one is set off from the candle behind it.
      line: {
        width: points.map(({ symbol }) => (symbol === 'circle-open' ? 2.5 : 1.5)),
        color: points.map(({ symbol, tone }) => (symbol === 'circle-open' ? colors[tone] : colors.surface)),
      },
    },
    hovertemplate: '%{text}<extra></extra>',
  }
  return points.length === 0 ? drawnLines : [...drawnLines, marks]
}

/** The table of bars with what is marked at each; levels are told by the points they belong to. */
export function withMarks({ columns, rows }: ChartTable, { points }: PriceMarks): ChartTable {
  const texts = Map.groupBy(points, ({ bar }) => bar)
  return {
    columns: [...columns, { title: 'Marks' }],
    rows: rows.map((row, bar) => [
      ...row,
      (texts.get(bar) ?? []).map(({ text }) => text.replaceAll('<br>', ', ')).join('; '),
    ]),
  }
}
