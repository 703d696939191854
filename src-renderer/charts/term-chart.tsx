import type { Data, Layout } from 'plotly.js-dist-min'
import { useMemo } from 'react'
import { useChartColors } from './chart-colors.ts'
import type { ChartTable } from './chart-table.ts'
import { Plot } from './plot.tsx'

interface TermPoint {
  date: string
  /** Calendar days to the expiry. */
  days: number
  atm_iv: number | null
}

interface TermChartProps {
  label: string
  points: readonly TermPoint[]
  /** Date of the expiry that is looked at. */
  current: string | undefined
  onPick: (date: string) => void
  height?: number
}

/** Days with a label. The axis is the root of time, so that near expiries do not crowd at the edge. */
const ticks = [0, 1, 3, 7, 14, 30, 60, 90, 180, 365, 730]

/** At-the-money volatility by days to expiry; the marked point is the expiry that is looked at, a click looks at another. */
export function TermChart({ label, points, current, onPick, height = 260 }: TermChartProps) {
  const colors = useChartColors()
  const data = useMemo<Data[]>(() => {
    const known = points.filter(({ atm_iv }) => atm_iv !== null)
    return [
      {
        type: 'scatter',
        mode: 'lines+markers',
        x: known.map(({ days }) => Math.sqrt(days)),
        y: known.map(({ atm_iv }) => atm_iv),
        text: known.map(({ date, days }) => `${date}, ${days} days`),
        customdata: known.map(({ date }) => date),
        line: { color: colors.accent, width: 1.4 },
        marker: {
          color: known.map(({ date }) => (date === current ? colors.warn : colors.accent)),
          size: known.map(({ date }) => (date === current ? 12 : 7)),
          symbol: known.map(({ date }) => (date === current ? 'diamond' : 'circle')),
        },
        hovertemplate: '%{text}<br>%{y:.1%}<extra></extra>',
      },
    ]
  }, [points, current, colors])
  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { title: 'Expiry' },
        { title: 'Days' },
        { title: 'At-the-money volatility', isPercent: true },
      ],
      rows: points.map(({ date, days, atm_iv }) => [date, days, atm_iv]),
    }),
    [points],
  )
  const layout = useMemo<Partial<Layout>>(
    () => ({
      hovermode: 'closest',
      margin: { l: 48, r: 14, t: 26, b: 32 },
      xaxis: {
        title: { text: 'Days to expiry', font: { size: 11 } },
        rangemode: 'tozero',
        tickmode: 'array',
        tickvals: ticks.map(Math.sqrt),
        ticktext: ticks.map(String),
      },
      yaxis: { tickformat: '.1%', title: { text: 'At-the-money volatility', font: { size: 11 } } },
    }),
    [],
  )
  return (
    <Plot
      label={label}
      height={height}
      data={data}
      layout={layout}
      table={table}
      onPoint={(date) => typeof date === 'string' && onPick(date)}
    />
  )
}
