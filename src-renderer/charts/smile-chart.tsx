import type { Data, Layout } from 'plotly.js-dist-min'
import { useMemo } from 'react'
import { runStyle, useChartColors } from './chart-colors.ts'
import { Plot } from './plot.tsx'

interface SmileChartProps {
  label: string
  strikes: readonly number[]
  call: readonly (number | null)[]
  put: readonly (number | null)[]
  spot: number | null
  height?: number
}

/** Implied volatility by strike, calls and puts apart; a dotted line stands at the spot. */
export function SmileChart({ label, strikes, call, put, spot, height = 260 }: SmileChartProps) {
  const colors = useChartColors()
  const data = useMemo<Data[]>(
    () =>
      ([['Calls', call, 0, 'circle'] as const, ['Puts', put, 1, 'diamond-open'] as const] as const).map(
        ([name, iv, style, symbol]): Data => ({
          type: 'scatter',
          mode: 'lines+markers',
          name,
          x: [...strikes],
          y: [...iv],
          line: { color: runStyle(style).color, width: 1.4, dash: style === 0 ? 'solid' : 'dot' },
          marker: { color: runStyle(style).color, size: 6, symbol },
          hovertemplate: `%{y:.1%}<extra>${name}</extra>`,
        }),
      ),
    [strikes, call, put],
  )
  const layout = useMemo<Partial<Layout>>(
    () => ({
      hovermode: 'x unified',
      showlegend: true,
      legend: { orientation: 'h', x: 1, xanchor: 'right', y: 1.02, yanchor: 'bottom' },
      margin: { l: 48, r: 14, t: 26, b: 32 },
      xaxis: { title: { text: 'Strike', font: { size: 11 } }, hoverformat: ',.6~g' },
      yaxis: { tickformat: '.0%', title: { text: 'Implied volatility', font: { size: 11 } } },
      ...(spot === null ? {} : spotMark(spot, colors.muted)),
    }),
    [spot, colors],
  )
  return <Plot label={label} height={height} data={data} layout={layout} />
}

function spotMark(spot: number, color: string): Partial<Layout> {
  return {
    shapes: [
      {
        type: 'line',
        ...{ x0: spot, x1: spot, y0: 0, y1: 1, yref: 'paper' },
        line: { color, width: 1, dash: 'dot' },
      },
    ],
    annotations: [
      {
        ...{ x: spot, y: 1, yref: 'paper', xanchor: 'left', yanchor: 'top', showarrow: false },
        text: ` spot ${spot.toFixed(2)}`,
        font: { color, size: 11 },
      },
    ],
  }
}
