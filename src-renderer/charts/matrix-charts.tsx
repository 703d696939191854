import type { ColorScale, Data, Layout } from 'plotly.js-dist-min'
import { useMemo } from 'react'
import type { MatrixProfile } from '#renderer/api/types.ts'
import { useChartColors } from './chart-colors.ts'
import type { ChartTable } from './chart-table.ts'
import { Plot } from './plot.tsx'

const quietAxis = { showgrid: false, tickfont: { size: 9 } } as const

/** Correlation of every feature with every other. */
export function CorrelationChart({ correlation }: { correlation: MatrixProfile['correlation'] }) {
  const colors = useChartColors()
  const { columns, values } = correlation
  const data = useMemo<Data[]>(() => {
    const scale: ColorScale = [
      [0, colors['heat-low']],
      [0.5, colors['heat-mid']],
      [1, colors['heat-high']],
    ]
    return [
      {
        type: 'heatmap',
        x: columns,
        y: columns,
        z: values,
        zmin: -1,
        zmax: 1,
        colorscale: scale,
        colorbar: { thickness: 8, outlinewidth: 0, tickfont: { size: 10 } },
        hovertemplate: '%{y}<br>%{x}<br>%{z:.2f}<extra></extra>',
      },
    ]
  }, [columns, values, colors])
  const layout = useMemo<Partial<Layout>>(
    () => ({
      xaxis: { ...quietAxis, showticklabels: false, ticks: '' },
      yaxis: {
        ...quietAxis,
        autorange: 'reversed',
        // Every second name would be worse than none: pointing at a square tells both.
        showticklabels: columns.length <= 36,
        ticks: '',
        dtick: 1,
      },
      margin: { l: 10, r: 0, t: 6, b: 8 },
    }),
    [columns],
  )
  return <Plot label={`Correlation of ${columns.length} features`} height={380} data={data} layout={layout} />
}

/** Share of missing values per column along time. */
export function MissingChart({ map }: { map: MatrixProfile['missing_map'] }) {
  const colors = useChartColors()
  const data = useMemo<Data[]>(
    () => [
      {
        type: 'heatmap',
        x: map.bins,
        y: map.columns,
        z: map.share,
        zmin: 0,
        zmax: 1,
        colorscale: [
          [0, colors.raised],
          [1, colors.warn],
        ] satisfies ColorScale,
        colorbar: { thickness: 8, outlinewidth: 0, tickformat: '.0%', tickfont: { size: 10 } },
        hovertemplate: '%{y}<br>%{x}<br>%{z:.1%} missing<extra></extra>',
      },
    ],
    [map, colors],
  )
  const layout = useMemo<Partial<Layout>>(
    () => ({
      xaxis: { ...quietAxis, nticks: 5, tickangle: 0, type: 'category' },
      yaxis: { ...quietAxis, autorange: 'reversed' },
      margin: { l: 10, r: 0, t: 6, b: 24 },
    }),
    [],
  )
  return <Plot label="Missing values by column and time" height={380} data={data} layout={layout} />
}

/** Rows of each day. */
export function DayCoverageChart({ days }: { days: MatrixProfile['coverage_by_day'] }) {
  const colors = useChartColors()
  const data = useMemo<Data[]>(
    () => [
      {
        type: 'scatter',
        mode: 'lines',
        x: days.map((day) => day.date),
        y: days.map((day) => day.rows),
        name: 'Rows',
        line: { color: colors.accent, width: 1, shape: 'hvh' },
        fill: 'tozeroy',
        fillcolor: `${colors.accent}2e`,
        hovertemplate: '%{x}: %{y} rows<extra></extra>',
      },
    ],
    [days, colors],
  )
  return <Plot label="Rows by day" height={190} data={data} layout={dayLayout} />
}

const dayLayout: Partial<Layout> = {
  yaxis: { rangemode: 'tozero' },
  xaxis: { showgrid: false },
  margin: { l: 34, r: 8, t: 6, b: 26 },
}

/** Rolling mean of the target with one standard deviation to either side. */
export function DriftChart({ rolling }: { rolling: MatrixProfile['drift_summary']['rolling'] }) {
  const colors = useChartColors()
  const data = useMemo<Data[]>(() => {
    const x = rolling.map((point) => point.date)
    const edge = (sign: 1 | -1) =>
      rolling.map(({ target_mean, target_std }) =>
        target_mean === null || target_std === null ? null : target_mean + sign * target_std,
      )
    return [
      { type: 'scatter', mode: 'lines', x, y: edge(-1), line: { width: 0 }, hoverinfo: 'skip' },
      {
        type: 'scatter',
        mode: 'lines',
        x,
        y: edge(1),
        line: { width: 0 },
        fill: 'tonexty',
        fillcolor: `${colors.accent}2e`,
        hoverinfo: 'skip',
      },
      {
        type: 'scatter',
        mode: 'lines',
        x,
        y: rolling.map((point) => point.target_mean),
        line: { color: colors.accent, width: 1.6 },
        hovertemplate: '%{x}: %{y:.3%}<extra>mean of the target</extra>',
      },
    ]
  }, [rolling, colors])
  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { title: 'Date' },
        { title: 'Mean of the target', isPercent: true },
        { title: 'Standard deviation', isPercent: true },
      ],
      rows: rolling.map(({ date, target_mean, target_std }) => [date, target_mean, target_std]),
    }),
    [rolling],
  )
  return (
    <Plot
      label="Rolling mean and spread of the target"
      height={190}
      data={data}
      layout={driftLayout}
      table={table}
    />
  )
}

const driftLayout: Partial<Layout> = { yaxis: { tickformat: '.2%' }, margin: { l: 46, r: 8, t: 6, b: 26 } }
