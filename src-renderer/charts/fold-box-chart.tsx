import type { Data, Layout } from 'plotly.js-dist-min'
import { useMemo } from 'react'
import type { BacktestRun } from '#renderer/api/types.ts'
import { runStyle, useChartColors } from './chart-colors.ts'
import { Plot } from './plot.tsx'

/** Sharpe of each fold as a point, and the box of a run's folds around them: an edge that lives in one fold shows. */
export function FoldBoxChart({
  replies,
  height = 260,
}: {
  replies: readonly BacktestRun[]
  height?: number
}) {
  const colors = useChartColors()
  const data = useMemo<Data[]>(
    () =>
      replies.map(({ run, folds }, index): Data => {
        const used = folds.filter(({ metrics }) => metrics.sharpe != null)
        const { color } = runStyle(index)
        return {
          type: 'box',
          name: `#${run.id}`,
          y: used.map(({ metrics }) => metrics.sharpe ?? null),
          text: used.map(
            (fold) =>
              `fold ${fold.fold}: ${fold.test_start?.slice(0, 10)} – ${fold.test_end?.slice(0, 10)}, ${fold.metrics.trades ?? 0} trades`,
          ),
          boxpoints: 'all',
          jitter: 0.35,
          pointpos: 0,
          fillcolor: `${color}26`,
          line: { color, width: 1.2 },
          marker: { color, size: 7 },
          hoveron: 'points',
          hovertemplate: '%{text}<br>Sharpe %{y:.2f}<extra></extra>',
        }
      }),
    [replies],
  )
  const layout = useMemo<Partial<Layout>>(
    () => ({
      hovermode: 'closest',
      yaxis: {
        title: { text: 'Sharpe of the fold', font: { size: 11 } },
        zeroline: true,
        zerolinecolor: colors['line-strong'],
      },
      xaxis: { type: 'category', showgrid: false },
    }),
    [colors],
  )
  return (
    <Plot label={`Sharpe by fold of ${replies.length} runs`} height={height} data={data} layout={layout} />
  )
}
