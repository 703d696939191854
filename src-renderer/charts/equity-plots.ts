import type { Data, Layout } from 'plotly.js-dist-min'
import type { BacktestRun } from '#renderer/api/types.ts'
import { formatNumber } from '#renderer/components/format.ts'
import { type ChartColors, runStyle } from './chart-colors.ts'
import type { PlotSpec } from './plot-spec.ts'

const small = (text: string) => ({ text, font: { size: 11 } })

const crosshair = (colors: ChartColors) => ({
  showspikes: true,
  spikemode: 'across' as const,
  spikethickness: 1,
  spikecolor: colors.muted,
  spikedash: 'dot' as const,
})

const legendAbove: Partial<Layout> = {
  showlegend: true,
  legend: { orientation: 'h', x: 1, xanchor: 'right', y: 1.02, yanchor: 'bottom' },
  margin: { l: 48, r: 14, t: 26, b: 32 },
}

export interface EquityView {
  id: string
  equity: BacktestRun['equity']
  isLog: boolean
  /** The underlying held, one value a session. */
  held: { ticker: string; equity: number[] } | null
}

/** Equity above, drawdown below, on one axis of time. */
export function equityPlot({ id, equity, isLog, held }: EquityView, colors: ChartColors): PlotSpec {
  const line = { type: 'scatter', mode: 'lines', x: equity.date } as const
  const data: Data[] = [
    {
      ...line,
      name: 'Equity',
      y: equity.equity,
      line: { color: colors.accent, width: 1.6 },
      hovertemplate: '%{y:.4f}<extra>Equity</extra>',
    },
    ...(held === null
      ? []
      : [
          {
            ...line,
            name: `${held.ticker} held`,
            y: held.equity,
            line: { color: colors.muted, width: 1.1, dash: 'dot' as const },
            hovertemplate: `%{y:.4f}<extra>${held.ticker} held</extra>`,
          },
        ]),
    {
      ...line,
      name: 'Drawdown',
      y: equity.drawdown.map((fall) => -Math.abs(fall)),
      yaxis: 'y2',
      fill: 'tozeroy',
      fillcolor: `${colors.loss}33`,
      line: { color: colors.loss, width: 1 },
      showlegend: false,
      hovertemplate: '%{y:.1%}<extra>Drawdown</extra>',
    },
  ]
  const layout: Partial<Layout> = {
    ...(held === null ? {} : legendAbove),
    hovermode: 'x unified',
    xaxis: { anchor: 'y2', ...crosshair(colors) },
    yaxis: {
      domain: [0.32, 1],
      type: isLog ? 'log' : 'linear',
      title: small(isLog ? 'Equity, log' : 'Equity'),
    },
    yaxis2: { domain: [0, 0.26], tickformat: '.1~%', title: small('Drawdown') },
  }
  const label = `Equity and drawdown of run ${id}${isLog ? ', log scale' : ''}`
  return { label, height: 380, data, layout }
}

export interface RollingView {
  date: string[]
  sharpe: (number | null)[]
  window: number
}

/** Sharpe ratio of the last sessions, day by day. */
export function rollingPlot({ date, sharpe, window }: RollingView, colors: ChartColors): PlotSpec {
  return {
    label: `Sharpe ratio of the last ${window} sessions`,
    height: 240,
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        name: 'Sharpe',
        x: date,
        y: sharpe,
        line: { color: colors.accent, width: 1.4 },
        hovertemplate: '%{x}: %{y:.2f}<extra></extra>',
      },
    ],
    layout: {
      xaxis: crosshair(colors),
      yaxis: { title: small('Sharpe'), zeroline: true, zerolinecolor: colors['line-strong'] },
    },
  }
}

export interface PathsView {
  date: string[]
  paths: NonNullable<BacktestRun['paths']>
}

/** Equity of each path of a combinatorial cross-validation. */
export function pathsPlot({ date, paths: { rows } }: PathsView): PlotSpec {
  return {
    label: `Equity of ${rows.length} combinatorial paths`,
    height: 320,
    data: rows.map(({ sharpe, equity }, i): Data => {
      const { color, dash } = runStyle(i)
      const name = `Path ${i + 1}`
      return {
        type: 'scatter',
        mode: 'lines',
        name,
        x: date,
        y: equity,
        line: { color, dash, width: 1.4 },
        hovertemplate: `%{y:.4f}<extra>${name}, Sharpe ${formatNumber(sharpe)}</extra>`,
      }
    }),
    layout: { ...legendAbove, hovermode: 'x unified', yaxis: { title: small('Equity') } },
  }
}
