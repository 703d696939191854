import type { Data, Layout } from 'plotly.js-dist-min'
import { useMemo } from 'react'
import type { BacktestRun } from '#renderer/api/types.ts'
import { runStyle, useChartColors } from './chart-colors.ts'
import { Plot } from './plot.tsx'

interface OverlayChartProps {
  replies: readonly BacktestRun[]
  isLog: boolean
  height?: number
}

/** Equity of several runs above, their drawdowns below, under one crosshair. */
export function OverlayChart({ replies, isLog, height = 400 }: OverlayChartProps) {
  const colors = useChartColors()
  const data = useMemo<Data[]>(
    () =>
      replies.flatMap(({ run, equity }, index): Data[] => {
        const { color, dash } = runStyle(index)
        const shared = { type: 'scatter', mode: 'lines', x: equity.date } as const
        return [
          {
            ...shared,
            name: `Equity #${run.id}`,
            y: equity.equity,
            line: { color, dash, width: 1.6 },
            hovertemplate: `#${run.id} %{y:.4f}<extra></extra>`,
          },
          {
            ...shared,
            name: `Drawdown #${run.id}`,
            y: equity.drawdown.map((fall) => -Math.abs(fall)),
            yaxis: 'y2',
            line: { color, dash, width: 1.1 },
            hovertemplate: `#${run.id} down %{y:.2%}<extra></extra>`,
          },
        ]
      }),
    [replies],
  )
  const layout = useMemo<Partial<Layout>>(
    () => ({
      hovermode: 'x unified',
      // One hover label for both parts, so that the crosshair reads equity and drawdown of a day together.
      hoversubplots: 'axis',
      xaxis: {
        anchor: 'y2',
        showspikes: true,
        spikemode: 'across',
        spikesnap: 'cursor',
        spikethickness: 1,
        spikecolor: colors.muted,
        spikedash: 'dot',
      },
      yaxis: {
        domain: [0.36, 1],
        type: isLog ? 'log' : 'linear',
        title: { text: isLog ? 'Equity, log' : 'Equity', font: { size: 11 } },
      },
      yaxis2: { domain: [0, 0.3], tickformat: '.1~%', title: { text: 'Drawdown', font: { size: 11 } } },
    }),
    [isLog, colors],
  )
  return (
    <Plot
      label={`Equity and drawdown of ${replies.length} runs`}
      height={height}
      data={data}
      layout={layout}
    />
  )
}
