import type { Data } from 'plotly.js-dist-min'
import { formatPercent, formatSignedPercent } from '#renderer/components/format.ts'
import type { TearSheet } from '#shared/contract/tear-sheet.ts'
import type { ChartColors } from './chart-colors.ts'
import type { PlotSpec } from './plot-spec.ts'

const small = (text: string) => ({ text, font: { size: 11 } })

/** Days by the size of their return. */
export function histogramPlot({ bins }: TearSheet['histogram'], colors: ChartColors): PlotSpec {
  const digits = Math.max(0, ...bins.map(({ from, to }) => (Math.abs(to - from) < 0.001 ? 3 : 2)))
  const names = bins.map(
    ({ from, to }) => `${formatSignedPercent(from, digits)} to ${formatSignedPercent(to, digits)}`,
  )
  return {
    label: 'Days by the size of their return',
    height: 260,
    data: [
      {
        type: 'bar',
        name: 'Days',
        x: bins.map(({ from, to }) => (from + to) / 2),
        y: bins.map(({ count }) => count),
        text: names,
        textposition: 'none',
        marker: { color: bins.map(({ to }) => (to > 0 ? colors.gain : colors.loss)) },
        hovertemplate: '%{text}: %{y} days<extra></extra>',
      },
    ],
    layout: {
      bargap: 0.06,
      xaxis: { tickformat: '.2~%', title: small('Return of a day') },
      yaxis: { title: small('Days') },
    },
    table: {
      columns: [
        { title: 'Return' },
        { title: 'From', isPercent: true },
        { title: 'To', isPercent: true },
        { title: 'Days' },
      ],
      rows: bins.map(({ from, to, count }, i) => [names[i] ?? '', from, to, count]),
    },
  }
}

/** Return of each year, beside the underlying held. */
export function yearsPlot(years: TearSheet['years'], colors: ChartColors): PlotSpec {
  const x = years.map(({ year }) => String(year))
  const isHeld = years.some(({ held }) => held !== null)
  const bars = (name: string, y: (number | null)[], color: string | string[]): Data => ({
    ...{ type: 'bar', name, x, y, marker: { color } },
    hovertemplate: `%{x}: %{y:.2%}<extra>${name}</extra>`,
  })
  return {
    label: 'Return by year',
    height: 240,
    data: [
      bars(
        'Run',
        years.map(({ ret }) => ret),
        years.map(({ ret }) => (ret < 0 ? colors.loss : colors.gain)),
      ),
      ...(isHeld
        ? [
            bars(
              'Underlying held',
              years.map(({ held }) => held),
              `${colors.muted}80`,
            ),
          ]
        : []),
    ],
    layout: {
      bargap: 0.3,
      xaxis: { type: 'category', showgrid: false, nticks: 10, tickangle: 0 },
      yaxis: { tickformat: '.1~%', zeroline: true, zerolinecolor: colors['line-strong'] },
    },
  }
}

/** What was promised against what came; on the dotted line both are the same. */
export function reliabilityPlot(
  { bins }: NonNullable<TearSheet['reliability']>,
  colors: ChartColors,
): PlotSpec {
  const ends = [
    Math.min(...bins.map(({ predicted, low }) => Math.min(predicted, low))),
    Math.max(...bins.map(({ predicted, high }) => Math.max(predicted, high))),
  ]
  return {
    label: 'Predicted against observed share that goes up',
    height: 300,
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        x: ends,
        y: ends,
        line: { color: colors.muted, width: 1, dash: 'dot' },
        hoverinfo: 'skip',
      },
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: 'Observed',
        x: bins.map(({ predicted }) => predicted),
        y: bins.map(({ observed }) => observed),
        error_y: {
          type: 'data',
          symmetric: false,
          array: bins.map(({ observed, high }) => high - observed),
          arrayminus: bins.map(({ observed, low }) => observed - low),
          color: `${colors.accent}80`,
          thickness: 1,
          width: 3,
        },
        text: bins.map(
          ({ rows, low, high }) => `${rows} rows, ${formatPercent(low)} to ${formatPercent(high)}`,
        ),
        line: { color: colors.accent, width: 1.2 },
        marker: { color: colors.accent, size: 7 },
        hovertemplate: 'predicted %{x:.1%}<br>observed %{y:.1%}<br>%{text}<extra></extra>',
      },
    ],
    layout: {
      xaxis: { tickformat: '.0%', title: small('Predicted: mean p of a tenth of the rows') },
      yaxis: { tickformat: '.0%', title: small('Observed: share that went up') },
    },
    table: {
      columns: [
        { title: 'Tenth' },
        ...['Predicted', 'Observed', 'Low', 'High'].map((title) => ({ title, isPercent: true })),
        { title: 'Rows' },
      ],
      rows: bins.map(({ predicted, observed, low, high, rows }, i) => [
        i + 1,
        predicted,
        observed,
        low,
        high,
        rows,
      ]),
    },
  }
}
