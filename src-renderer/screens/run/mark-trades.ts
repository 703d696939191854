import type { BacktestRun } from '#renderer/api/types.ts'
import type { PriceLine, PriceMark, PriceMarks } from '#renderer/charts/price-marks.ts'
import { formatTime } from '#renderer/components/display-time.ts'
import { formatNumber, formatSignedPercent } from '#renderer/components/format.ts'

interface BarTimes {
  /** Start of each bar, ISO 8601 UTC. */
  ts: readonly string[]
}

/**
 * Entries and exits on bars. Whether a fill stands at the open or at the close of its bar follows from the rule of the run: the close
 * of one bar and the open of the next may be one instant.
 * @param shown index of the trade that is looked at; it is marked strongly, its neighbours are dim
 */
export function markTrades(
  { ts }: BarTimes,
  trades: BacktestRun['trades'],
  fill: string | null,
  shown: number | null,
): PriceMarks {
  const starts = ts.map(Date.parse)
  const begin = starts[0] ?? Number.POSITIVE_INFINITY
  const end = starts.at(-1) ?? Number.NEGATIVE_INFINITY
  const atOpen = (at: number) => starts.findLastIndex((start) => start <= at)
  const atClose = (at: number) => starts.findLastIndex((start) => start < at)
  const entryBar = fill === 'next_open' ? atOpen : atClose
  const exitBar = fill === 'close_to_open' ? atOpen : atClose
  const points: PriceMark[] = []
  const lines: PriceLine[] = []
  trades.ret.forEach((ret, i) => {
    const [entered, left] = [Date.parse(trades.entry_at[i] ?? ''), Date.parse(trades.exit_at[i] ?? '')]
    const [entry, exit] = [trades.entry[i] ?? null, trades.exit[i] ?? null]
    if (entered < begin || entered > end || entry === null) return
    const isLong = trades.side[i] === 'long'
    const isDim = shown !== null && i !== shown
    const tone = isDim ? 'muted' : ret < 0 ? 'loss' : 'gain'
    const from = entryBar(entered)
    points.push({
      bar: from,
      price: entry,
      symbol: isLong ? 'triangle-up' : 'triangle-down',
      tone,
      text: `#${i + 1} ${trades.side[i]} at ${formatNumber(entry)}<br>${formatTime(trades.entry_at[i])}`,
    })
    if (exit === null || left > end + 86_400_000) return
    const to = exitBar(left)
    points.push({
      bar: to,
      price: exit,
      symbol: 'circle-open',
      tone,
      text: `#${i + 1} left at ${formatNumber(exit)}, ${formatSignedPercent(ret, 3)}<br>${formatTime(trades.exit_at[i])}`,
    })
    lines.push({ from, to, price: entry, toPrice: exit, tone, name: 'Trade', isDotted: isDim })
  })
  return { points, lines }
}
