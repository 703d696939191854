import type { Data, Layout } from 'plotly.js-dist-min'
import { useMemo } from 'react'
import type { BacktestRun } from '#renderer/api/types.ts'
import { useChartColors } from './chart-colors.ts'
import { Plot } from './plot.tsx'

interface EquityChartProps {
  label: string
  equity: BacktestRun['equity']
  isLog: boolean
  height?: number
}

/** Equity above, drawdown below, on one axis of time. */
export function EquityChart({ label, equity, isLog, height = 380 }: EquityChartProps) {
  const colors = useChartColors()
  const data = useMemo<Data[]>(
    () => [
      {
        type: 'scatter',
        mode: 'lines',
        name: 'Equity',
        x: equity.date,
        y: equity.equity,
        line: { color: colors.accent, width: 1.6 },
        hovertemplate: '%{y:.4f}<extra>Equity</extra>',
      },
      {
        type: 'scatter',
        mode: 'lines',
        name: 'Drawdown',
        x: equity.date,
        y: equity.drawdown.map((fall) => -Math.abs(fall)),
        yaxis: 'y2',
        fill: 'tozeroy',
        fillcolor: `${colors.loss}33`,
        line: { color: colors.loss, width: 1 },
        hovertemplate: '%{y:.1%}<extra>Drawdown</extra>',
      },
    ],
    [equity, colors],
  )
  const layout = useMemo<Partial<Layout>>(
    () => ({
      hovermode: 'x unified',
      xaxis: {
        anchor: 'y2',
        showspikes: true,
        spikemode: 'across',
        spikethickness: 1,
        spikecolor: colors.muted,
        spikedash: 'dot',
      },
      yaxis: {
        domain: [0.32, 1],
        type: isLog ? 'log' : 'linear',
        title: { text: isLog ? 'Equity, log' : 'Equity', font: { size: 11 } },
      },
      yaxis2: { domain: [0, 0.26], tickformat: '.1~%', title: { text: 'Drawdown', font: { size: 11 } } },
    }),
    [isLog, colors],
  )
  return <Plot label={label} height={height} data={data} layout={layout} />
}
