import type { Data, Layout } from 'plotly.js-dist-min'
import { useMemo } from 'react'
import { type ChartColors, useChartColors } from './chart-colors.ts'
import type { ChartTable } from './chart-table.ts'
import type { Bin } from './count-bins.ts'
import { Plot } from './plot.tsx'

interface HistogramChartProps {
  label: string
  bins: readonly Bin[]
  /** What is counted, and along which axis. */
  unit: string
  axis: string
  toneOf: (bin: Bin) => keyof ChartColors
  /** A line across, with its name. */
  mark: { at: number; text: string }
  height?: number
}

/** Counts by bin, with a line at the value they are held against. */
export function HistogramChart(props: HistogramChartProps) {
  const { label, bins, unit, axis, toneOf, mark, height = 200 } = props
  const colors = useChartColors()
  const data = useMemo<Data[]>(
    () => [
      {
        type: 'bar',
        x: bins.map(({ from, to }) => (from + to) / 2),
        y: bins.map(({ count }) => count),
        width: bins.map(({ from, to }) => (to - from) * 0.94),
        text: bins.map(({ from, to, count }) => `${short(from)} to ${short(to)}: ${count} ${unit}`),
        textposition: 'none',
        hovertemplate: '%{text}<extra></extra>',
        marker: { color: bins.map((bin) => colors[toneOf(bin)]) },
      },
    ],
    [bins, unit, toneOf, colors],
  )
  const layout = useMemo<Partial<Layout>>(
    () => ({
      bargap: 0,
      margin: { l: 42, r: 12, t: 20, b: 34 },
      xaxis: { title: { text: axis, font: { size: 11 } }, showgrid: false, zeroline: false },
      yaxis: { rangemode: 'tozero', nticks: 4 },
      shapes: [
        {
          type: 'line',
          x0: mark.at,
          x1: mark.at,
          y0: 0,
          y1: 1,
          yref: 'paper',
          line: { color: colors.text, width: 1.5, dash: 'dot' },
        },
      ],
      annotations: [
        {
          x: mark.at,
          y: 1,
          yref: 'paper',
          yanchor: 'bottom',
          text: mark.text,
          showarrow: false,
          font: { size: 11, color: colors.text },
        },
      ],
    }),
    [axis, mark.at, mark.text, colors],
  )
  const table = useMemo<ChartTable>(
    () => ({
      columns: [{ title: 'Above' }, { title: 'up to' }, { title: unit }],
      rows: bins.map(({ from, to, count }) => [short(from), to, count]),
    }),
    [bins, unit],
  )
  return <Plot label={label} height={height} data={data} layout={layout} table={table} />
}

const short = (value: number): number => Number(value.toPrecision(6))
