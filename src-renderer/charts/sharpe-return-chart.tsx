import type { Data, Layout } from 'plotly.js-dist-min'
import { useMemo } from 'react'
import type { LeaderboardRow } from '#renderer/api/types.ts'
import { describeConfig } from '#renderer/components/describe-config.ts'
import { parseHours } from '#renderer/components/time.ts'
import { hourColors, useChartColors } from './chart-colors.ts'
import type { ChartTable } from './chart-table.ts'
import { Plot, type PlotBox } from './plot.tsx'

interface SharpeReturnChartProps {
  /** Best first. */
  rows: readonly LeaderboardRow[]
  /** Faint behind them. */
  others?: readonly LeaderboardRow[]
  onRow: (runId: string) => void
  onBox?: (box: PlotBox) => void
  height?: number
}

/** SVG points get slow beyond this many, and WebGL is not everywhere: the rest is in the table. */
const MOST = 2000

/** Each run by Sharpe and return: size is trades, colour the first hour, a filled mark passes its gate. */
export function SharpeReturnChart({ rows, others = [], onRow, onBox, height = 300 }: SharpeReturnChartProps) {
  const colors = useChartColors()
  const data = useMemo<Data[]>(() => {
    const drawn = drawable(rows)
    const faint = drawable(others)
    const most = Math.max(1, ...drawn.map(({ metrics }) => metrics.trades ?? 0))
    const colorOf = (row: LeaderboardRow) =>
      hourColors[parseHours(row.config.allowed_hours)[0] ?? -1] ?? colors.accent
    return [
      {
        type: 'scatter',
        mode: 'markers',
        x: faint.map(({ metrics }) => metrics.sharpe ?? null),
        y: faint.map(({ metrics }) => metrics.cum_return ?? null),
        hoverinfo: 'skip',
        marker: { size: 4, color: colors['line-strong'], opacity: 0.35 },
      },
      {
        type: 'scatter',
        mode: 'markers',
        x: drawn.map(({ metrics }) => metrics.sharpe ?? null),
        y: drawn.map(({ metrics }) => metrics.cum_return ?? null),
        customdata: drawn.map((row) => row.id),
        text: drawn.map(
          (row) =>
            `#${row.id} ${row.model_id}<br>${describeConfig(row.config)}<br>${row.metrics.trades ?? 0} trades, ${row.gate.pass ? 'passes' : 'fails'}`,
        ),
        hovertemplate: '%{text}<br>Sharpe %{x:.2f}, return %{y:.1%}<extra></extra>',
        marker: {
          size: drawn.map(({ metrics }) => 6 + 14 * Math.sqrt((metrics.trades ?? 0) / most)),
          color: drawn.map((row) => (row.gate.pass ? colorOf(row) : 'rgba(0,0,0,0)')),
          line: { width: 1.6, color: drawn.map(colorOf) },
          opacity: 0.9,
        },
      },
    ]
  }, [rows, others, colors])
  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { title: 'Run' },
        { title: 'Model' },
        { title: 'Configuration' },
        { title: 'Sharpe' },
        { title: 'Return', isPercent: true },
        { title: 'Trades' },
        { title: 'Gate' },
      ],
      rows: rows.map(({ id, model_id, config, metrics, gate }) => [
        `#${id}`,
        model_id,
        describeConfig(config),
        metrics.sharpe ?? null,
        metrics.cum_return ?? null,
        metrics.trades ?? null,
        gate.pass ? 'passes' : 'fails',
      ]),
    }),
    [rows],
  )
  return (
    <Plot
      label={`Sharpe against return of ${rows.length} runs`}
      height={height}
      data={data}
      layout={onBox === undefined ? layout : boxLayout}
      table={table}
      onPoint={(id) => typeof id === 'string' && onRow(id)}
      {...(onBox === undefined ? {} : { onBox })}
    />
  )
}

const layout: Partial<Layout> = {
  hovermode: 'closest',
  xaxis: { title: { text: 'Sharpe', font: { size: 11 } } },
  yaxis: { title: { text: 'Return', font: { size: 11 } }, tickformat: '.1~%' },
}

/** The outline of a box goes with it: what it kept is drawn anew. */
const boxLayout = { ...layout, dragmode: 'select', selections: [] } as Partial<Layout>

const drawable = (rows: readonly LeaderboardRow[]): LeaderboardRow[] =>
  rows.slice(0, MOST).filter(({ metrics }) => metrics.sharpe != null && metrics.cum_return != null)
