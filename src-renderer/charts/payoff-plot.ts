import type { Data, Layout } from 'plotly.js-dist-min'
import type { OptionPayoff } from '#renderer/api/types.ts'
import { formatMoney, formatPercent } from '#renderer/components/format.ts'
import type { ChartColors } from './chart-colors.ts'
import type { PlotSpec } from './plot-spec.ts'

const SHARES = 100
const small = (text: string) => ({ text, font: { size: 11 } })

/** What a contract gains by the price of its underlying, at expiry and when it was chosen, with the prices that matter marked. */
export function payoffPlot({ row, curve }: OptionPayoff, colors: ChartColors): PlotSpec {
  const { price, probability_below: below } = curve
  const atExpiry = curve.at_expiry.map((gain) => SHARES * gain)
  const atSnapshot = curve.at_snapshot.map((gain) => SHARES * gain)
  const area = (y: number[], color: string): Data => ({
    ...{ type: 'scatter', mode: 'lines', x: price, y, fill: 'tozeroy', fillcolor: `${color}2e` },
    ...{ line: { width: 0 }, showlegend: false, hoverinfo: 'skip' },
  })
  const data: Data[] = [
    area(
      atExpiry.map((gain) => Math.max(0, gain)),
      colors.gain,
    ),
    area(
      atExpiry.map((gain) => Math.min(0, gain)),
      colors.loss,
    ),
    {
      ...{ type: 'scatter', mode: 'lines', name: 'When chosen', x: price, y: atSnapshot },
      line: { color: colors.warn, width: 1.4, dash: 'dash' },
      hovertemplate: '%{y:$,.0f}<extra>When chosen</extra>',
    },
    {
      ...{ type: 'scatter', mode: 'lines', name: 'At expiry', x: price, y: atExpiry },
      customdata: below,
      line: { color: colors.accent, width: 2 },
      hovertemplate: '%{y:$,.0f}, %{customdata:.1%} end below<extra>At expiry</extra>',
    },
  ]
  return {
    label: `Payoff of ${row.occ_symbol}`,
    height: 340,
    data,
    layout: layoutOf(row, price, colors),
    table: {
      columns: [
        { title: row.ticker },
        { title: 'At expiry, $ a contract' },
        { title: 'When chosen, $ a contract' },
        { title: 'Chance to end below', isPercent: true },
      ],
      rows: price.map((at, i) => [
        at.toFixed(2),
        atExpiry[i] ?? null,
        atSnapshot[i] ?? null,
        below[i] ?? null,
      ]),
    },
  }
}

function layoutOf(row: OptionPayoff['row'], price: readonly number[], colors: ChartColors): Partial<Layout> {
  const marks = [
    { at: row.underlying_px, text: 'spot', color: colors.text },
    { at: row.break_even, text: 'break-even', color: colors.accent },
    { at: row.underlying_stop_px, text: 'stop', color: colors.loss },
    { at: row.underlying_target_px, text: 'target', color: colors.gain },
  ].toSorted((a, b) => a.at - b.at)
  const isCall = row.type === 'call'
  const low = price[0] ?? 0
  const high = price.at(-1) ?? 0
  const gain = row.max_profit === null ? 'no limit' : formatMoney(SHARES * row.max_profit)
  // What is gained stands in the part where it is gained, over or under the zero line.
  const inside = (isGain: boolean) => {
    const isRight = isGain === isCall
    return { x: isRight ? high : low, xanchor: isRight ? ('right' as const) : ('left' as const) }
  }
  return {
    hovermode: 'x unified',
    showlegend: true,
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: -0.16, yanchor: 'top' },
    margin: { l: 56, r: 14, t: 62, b: 58 },
    xaxis: {
      title: small(`${row.ticker} at expiry`),
      range: [low, high],
      hoverformat: ',.2f',
      tickformat: ',.6~g',
    },
    yaxis: {
      title: small('Gain, $ a contract'),
      tickformat: '$,.6~g',
      zeroline: true,
      zerolinewidth: 1.5,
      zerolinecolor: colors['line-strong'],
    },
    shapes: marks.map(({ at, color }) => ({
      type: 'line',
      ...{ x0: at, x1: at, y0: 0, y1: 1, yref: 'paper' },
      line: { color, width: 1, dash: 'dot' },
    })),
    annotations: [
      // Neighbouring names stand at different heights, so that none covers another.
      ...marks.map(({ at, text, color }, i) => ({
        ...{ x: at, y: 1, yref: 'paper' as const, yanchor: 'bottom' as const, yshift: 15 * (i % 4) },
        ...{ xanchor: 'center' as const, showarrow: false },
        text: `${text} ${at.toFixed(2)}`,
        font: { color, size: 11 },
      })),
      {
        ...inside(true),
        ...{ y: 0.98, yref: 'paper', yanchor: 'top', showarrow: false },
        text: `${formatPercent(row.profit_probability)} chance of a profit, at most ${gain}`,
        font: { color: colors.gain, size: 12 },
      },
      {
        ...inside(false),
        ...{ y: 0.02, yref: 'paper', yanchor: 'bottom', showarrow: false },
        text: `at most ${formatMoney(SHARES * row.max_loss)} lost`,
        font: { color: colors.loss, size: 12 },
      },
    ],
  }
}
