import type { Data, Layout } from 'plotly.js-dist-min'
import { useMemo } from 'react'
import { formatTime } from '#renderer/components/display-time.ts'
import { formatCount } from '#renderer/components/format.ts'
import { usePreferences } from '#renderer/stores/preferences.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { candleTones } from './candle-tones.ts'
import { useChartColors } from './chart-colors.ts'
import { Plot } from './plot.tsx'
import { drawMarks, type PriceMarks, placesOf, withMarks } from './price-marks.ts'
import { tabulateTraces } from './tabulate-traces.ts'

type Bars = Pick<
  ReplyOf<'getBars'>,
  'ticker' | 'cadence' | 'ts' | 'open' | 'high' | 'low' | 'close' | 'volume'
>

interface CandleChartProps {
  bars: Bars
  look: 'candles' | 'line'
  height?: number
  label?: string
  /** Laid over the prices. Kept as it is between renders, or the chart is made anew. */
  marks?: PriceMarks
  /** Called with the positions of the first and last bar that a hand has zoomed to, and with null for all of them. */
  onStretch?: (bars: [number, number] | null) => void
}

/** Prices above, volume below. Bars stand one beside the other, so nights and holidays leave no gap. */
export function CandleChart({ bars, look, height = 420, label, marks, onStretch }: CandleChartProps) {
  const colors = useChartColors()
  const isAsked = onStretch !== undefined
  const style = usePreferences((preferences) => preferences.candles)
  const { data, table, places } = useMemo(() => {
    const isDaily = bars.cadence === 'daily'
    const x = bars.ts.map((ts) => (isDaily ? ts.slice(0, 10) : formatTime(ts)))
    const tone = candleTones(style, colors)
    const price: Data =
      look === 'line'
        ? {
            type: 'scatter',
            mode: 'lines',
            x,
            y: bars.close,
            name: 'Close',
            line: { color: colors.accent, width: 1.3 },
            hovertemplate: '%{x}<br>%{y:,.2f}<extra></extra>',
          }
        : ({
            type: 'candlestick',
            x,
            open: bars.open,
            high: bars.high,
            low: bars.low,
            close: bars.close,
            increasing: { line: { color: tone.up, width: 1 }, fillcolor: tone.upFill },
            decreasing: { line: { color: tone.down, width: 1 }, fillcolor: tone.downFill },
          } as Data)
    const volume: Data = {
      type: 'bar',
      x,
      y: bars.volume,
      name: 'Volume',
      yaxis: 'y2',
      marker: { color: `${colors.muted}80` },
      hovertemplate: '%{y:,.0f} traded<extra></extra>',
    }
    const series = [price, volume]
    if (marks === undefined) return { data: series, table: tabulateTraces(series) }
    const places = placesOf(x, marks.ahead)
    return {
      data: [...series, ...drawMarks(marks, places, colors)],
      table: withMarks(tabulateTraces(series), marks),
      places,
    }
  }, [bars, look, colors, style, marks])
  const layout = useMemo<Partial<Layout>>(
    () => ({
      hovermode: 'x',
      bargap: 0.25,
      xaxis: {
        type: 'category',
        ...(places === undefined ? {} : { categoryarray: places }),
        nticks: 8,
        tickangle: 0,
        showgrid: false,
        anchor: 'y2',
        rangeslider: { visible: false },
        showspikes: true,
        spikemode: 'across',
        spikethickness: 1,
        spikecolor: colors.muted,
        spikedash: 'dot',
      },
      // Where a stretch is asked for again by itself, prices scale to it.
      yaxis: { domain: [0.24, 1], tickformat: ',.6~g', fixedrange: isAsked },
      yaxis2: { domain: [0, 0.18], nticks: 3, rangemode: 'tozero', fixedrange: isAsked },
    }),
    [colors, places, isAsked],
  )
  return (
    <Plot
      label={label ?? `${bars.ticker}, ${formatCount(bars.ts.length)} ${bars.cadence} bars`}
      height={height}
      data={data}
      layout={layout}
      table={table}
      {...(onStretch === undefined ? {} : { onStretch })}
    />
  )
}
