import type { Data, Layout } from 'plotly.js-dist-min'
import type { OptionPayoff } from '#renderer/api/types.ts'
import { formatMoney, formatPercent } from '#renderer/components/format.ts'
import type { ChartColors } from './chart-colors.ts'
import type { PlotSpec } from './plot-spec.ts'

const SHARES = 100
/** Chance beyond two deviations on one side. */
const TAIL = 0.0228
const small = (text: string) => ({ text, font: { size: 11 } })

/** What a contract gains by the price of its underlying, at expiry and when it was chosen, with the prices that matter marked. */
export function payoffPlot(payoff: OptionPayoff, colors: ChartColors): PlotSpec {
  const { row, curve } = payoff
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
    layout: layoutOf(payoff, colors),
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

/** Part of the curve that is shown at first: two deviations and every mark, with room at the ends. */
function shownRange(
  row: OptionPayoff['row'],
  curve: OptionPayoff['curve'],
  marks: readonly number[],
): [number, number] {
  const likely = curve.price.filter((_, i) => {
    const below = curve.probability_below[i] ?? 0
    return below > TAIL && below < 1 - TAIL
  })
  const wanted = [...likely, ...marks, ...row.legs.map(({ strike }) => strike)]
  const low = Math.min(...wanted)
  const high = Math.max(...wanted)
  const room = 0.03 * (high - low)
  return [low - room, high + room]
}

function layoutOf({ row, curve }: OptionPayoff, colors: ChartColors): Partial<Layout> {
  const marks = [
    { at: row.underlying_px, text: 'spot', color: colors.text },
    { at: row.break_even, text: 'break-even', color: colors.accent },
    { at: row.underlying_stop_px, text: 'stop', color: colors.loss },
    { at: row.underlying_target_px, text: 'target', color: colors.gain },
  ].toSorted((a, b) => a.at - b.at)
  const range = shownRange(
    row,
    curve,
    marks.map(({ at }) => at),
  )
  const named = nameMarks(marks, range)
  const levels = 1 + Math.max(...named.map(({ level }) => level))
  const shown = [...curve.at_expiry, ...curve.at_snapshot].filter((_, i) => {
    const at = curve.price[i % curve.price.length] ?? 0
    return at >= range[0] && at <= range[1]
  })
  const highest = SHARES * Math.max(0, ...shown)
  const lowest = SHARES * Math.min(0, ...shown)
  const height = highest - lowest
  const isCall = row.type === 'call'
  const most =
    row.max_profit === null ? 'without limit' : `at most ${formatMoney(SHARES * row.max_profit, 0)}`
  const verdict = (isGain: boolean, text: string) => ({
    // Gains lie on the right for calls, on the left for puts.
    ...(isGain === isCall
      ? { x: range[1], xanchor: 'right' as const, xshift: -6 }
      : { x: range[0], xanchor: 'left' as const, xshift: 6 }),
    ...{ y: 0.99, yref: 'paper' as const, yanchor: 'top' as const, showarrow: false },
    text,
    bgcolor: colors.surface,
    font: { color: isGain ? colors.gain : colors.loss, size: 12 },
  })
  return {
    hovermode: 'x unified',
    showlegend: true,
    legend: { orientation: 'h', x: 1, xanchor: 'right', y: -0.1, yanchor: 'top' },
    margin: { l: 64, r: 14, t: 6 + LEVEL_PX * levels, b: 42 },
    xaxis: { title: small(row.ticker), range, hoverformat: ',.2f', tickformat: ',.6~g' },
    yaxis: {
      title: small('Gain, $ a contract'),
      // Room above the curves for the verdicts.
      range: [lowest - 0.08 * height, highest + 0.22 * height],
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
      ...named.map(({ at, text, color, level, xanchor }) => ({
        ...{ x: at, y: 1, yref: 'paper' as const, yanchor: 'bottom' as const, yshift: LEVEL_PX * level },
        ...{ xanchor, showarrow: false, text },
        font: { color, size: 11 },
      })),
      verdict(true, `${formatPercent(row.profit_probability)} to gain, ${most}`),
      verdict(
        false,
        `${formatPercent(1 - row.profit_probability)} to lose, at most ${formatMoney(SHARES * row.max_loss, 0)}`,
      ),
    ],
  }
}

const LEVEL_PX = 15
/** Width of a letter of a name as a share of a narrow plot. */
const LETTER = 6.4 / 440

/** Names of marks over the plot, each as low as it can stand without covering one before it. */
function nameMarks<M extends { at: number; text: string }>(
  marks: readonly M[],
  [low, high]: [number, number],
) {
  const ends: number[] = []
  return marks.map((mark) => {
    const text = `${mark.text} ${mark.at.toFixed(2)}`
    const place = (mark.at - low) / (high - low)
    const width = text.length * LETTER
    const xanchor = place < width / 2 ? 'left' : place > 1 - width / 2 ? 'right' : 'center'
    const from = place - (xanchor === 'left' ? 0 : xanchor === 'right' ? width : width / 2)
    let level = 0
    while ((ends[level] ?? Number.NEGATIVE_INFINITY) > from) level++
    ends[level] = from + width
    return { ...mark, text, level, xanchor } as const
  })
}
