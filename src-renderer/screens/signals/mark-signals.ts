import type { SignalRow } from '#renderer/api/types.ts'
import type { PriceLine, PriceMark, PriceMarks } from '#renderer/charts/price-marks.ts'
import { formatMoney, formatPercent, formatSignedPercent } from '#renderer/components/format.ts'
import { type BracketEnd, type WalkedBars, type WalkedBracket, walkBracket } from './walk-bracket.ts'

const DAY_MS = 86_400_000
/** Sessions in seven days. */
const SESSION_SHARE = 5 / 7
const barsPerSession: Record<string, number> = { daily: 1, hourly: 7, '5m': 78 }
/** Places drawn for what has not happened yet. */
const MOST_AHEAD = 24

const endTexts: Record<BracketEnd, string> = {
  stop: 'stop touched',
  target: 'target touched',
  time: 'time is up',
  open: 'still open at the last bar',
}

interface Choice {
  /** Id of the signal on the card. */
  shown: number
  /** Brackets of every signal, or of the shown one only. */
  brackets: 'one' | 'all' | 'none'
  /** Writes the time of a decision. */
  timeText: (ts: string) => string
}

/** Signals on bars: each a triangle at its reference price, brackets as lines from the decision to where they end. */
export function markSignals(
  bars: WalkedBars,
  signals: readonly SignalRow[],
  { shown, brackets, timeText }: Choice,
): PriceMarks {
  const starts = bars.ts.map(Date.parse)
  const points: PriceMark[] = []
  const lines: PriceLine[] = []
  let ahead = 0
  for (const signal of signals) {
    const walked = walkBracket(bars, starts, signal)
    if (walked === null || isBeyond(bars.cadence, starts, signal)) continue
    const isShown = signal.id === shown
    points.push(entryMark(signal, walked, isShown, timeText(signal.ts)))
    if (brackets === 'none' || (brackets === 'one' && !isShown)) continue
    const coming = walked.end === 'open' ? placesAhead(bars.cadence, starts, signal) : 0
    const to = walked.to + coming
    ahead = Math.max(ahead, coming)
    lines.push(...bracketLines(signal, walked.from, to, isShown))
    if (isShown && walked.price !== null) points.push(endMark(walked, walked.price))
  }
  return { points, lines, ahead }
}

/** Decided after the last bar was over: the bars say nothing of it. */
function isBeyond(cadence: string, starts: readonly number[], { ts }: SignalRow): boolean {
  const reach = cadence === 'daily' ? DAY_MS : 3_600_000
  return Date.parse(ts) > (starts.at(-1) ?? 0) + reach
}

function placesAhead(cadence: string, starts: readonly number[], { time_stop_ts }: SignalRow): number {
  if (time_stop_ts === null) return MOST_AHEAD
  const days = (Date.parse(time_stop_ts) - (starts.at(-1) ?? 0)) / DAY_MS
  const perSession = barsPerSession[cadence] ?? 1
  const places = days < 1 ? days * perSession * 3 : days * SESSION_SHARE * perSession
  return Math.min(MOST_AHEAD, Math.max(1, Math.round(places)))
}

function entryMark(
  signal: SignalRow,
  { from, end }: WalkedBracket,
  isShown: boolean,
  time: string,
): PriceMark {
  const { id, side, score_total, threshold, entry_ref_px, stop_px, target_px, pnl } = signal
  const probability = side === 'buy' ? score_total : 1 - score_total
  return {
    bar: from,
    price: entry_ref_px,
    symbol: side === 'buy' ? 'triangle-up' : 'triangle-down',
    tone: isShown ? 'accent' : pnl === null ? 'muted' : pnl < 0 ? 'loss' : 'gain',
    text: [
      `#${id} ${side} at ${formatMoney(entry_ref_px)}, ${formatPercent(probability)} of ${formatPercent(threshold)}`,
      `stop ${formatMoney(stop_px)}, target ${formatMoney(target_px)}: ${endTexts[end]}`,
      ...(pnl === null ? [] : [`closed at ${formatSignedPercent(pnl, 2)}`]),
      time,
    ].join('<br>'),
  }
}

function endMark({ to, end }: WalkedBracket, price: number): PriceMark {
  const tone = end === 'target' ? 'gain' : end === 'stop' ? 'loss' : 'muted'
  return { bar: to, price, symbol: 'circle-open', tone, text: `${endTexts[end]}, ${formatMoney(price)}` }
}

function bracketLines(signal: SignalRow, from: number, to: number, isShown: boolean): PriceLine[] {
  const [stop, target] = isShown ? ['Stop', 'Target'] : ['Other stops', 'Other targets']
  const line = (name: string, price: number, tone: PriceLine['tone'], isDotted: boolean): PriceLine => ({
    ...{ from, to, price, tone, name, isDotted },
  })
  return [
    line(stop, signal.stop_px, 'loss', !isShown),
    line(target, signal.target_px, 'gain', !isShown),
    ...(isShown ? [line('Entry', signal.entry_ref_px, 'accent', true)] : []),
  ]
}
