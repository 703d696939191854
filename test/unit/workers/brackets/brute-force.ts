import type { BracketReplay, ReplayBracketsInput, ReplaySummary } from '#shared/jobs/replay-brackets.ts'

interface Bar {
  session: number
  open: number
  high: number
  low: number
  close: number
}

/** The rules once more, trade by trade over a list of bars, with nothing shared with the product's code. */
export function bruteForce(input: ReplayBracketsInput, replay: BracketReplay): ReplaySummary {
  const { path } = input
  const bars: Bar[] = Array.from({ length: path.bars }, (_, b) => ({
    session: path.session[b]!,
    open: path.open[b]!,
    high: path.high[b]!,
    low: path.low[b]!,
    close: path.close[b]!,
  }))
  const minutesPerBar = 390 / path.barsPerSession
  const budget = Math.max(1, Math.round(replay.timeStopMinutes / minutesPerBar))
  const isCut = input.leavesBySessionClose && path.cadence !== 'daily'
  const done: { how: string; rr: number; ret: number }[] = []
  let notEntered = 0
  let notClosed = 0
  Array.from(replay.bar).forEach((decision, k) => {
    const isLong = replay.side[k] === 1
    let at = decision + 1
    if (input.entryMode === 'next_session_open') {
      while (at < bars.length && bars[at]!.session === bars[decision]!.session) at++
    } else if (isCut && bars[at]?.session !== bars[decision]!.session) at = bars.length
    const atr = at < bars.length ? atrAt(bars, at - 1, input.atrPeriod) : null
    if (atr === null) {
      notEntered++
      return
    }
    const entry = bars[at]!.open
    const [stop, target] = isLong
      ? [entry - replay.stop * atr, entry + replay.target * atr]
      : [entry + replay.stop * atr, entry - replay.target * atr]
    const alive = bars
      .slice(at)
      .filter((bar, i) => i < budget && (!isCut || bar.session === bars[at]!.session))
    const isBeyond = (price: number, level: number, below: boolean) =>
      below ? price <= level : price >= level
    const endOf = (): { how: string; price: number } | null => {
      for (const [i, bar] of alive.entries()) {
        if (i > 0 && isBeyond(bar.open, stop, isLong)) return { how: 'stop', price: bar.open }
        if (i > 0 && isBeyond(bar.open, target, !isLong)) return { how: 'target', price: bar.open }
        if (isBeyond(isLong ? bar.low : bar.high, stop, isLong)) return { how: 'stop', price: stop }
        if (isBeyond(isLong ? bar.high : bar.low, target, !isLong)) return { how: 'target', price: target }
      }
      const after = bars[at + alive.length]
      const isSessionOver = isCut && after?.session !== bars[at]!.session
      return alive.length === budget || isSessionOver ? { how: 'time', price: alive.at(-1)!.close } : null
    }
    const end = endOf()
    if (end === null) {
      notClosed++
      return
    }
    const move = isLong ? end.price - entry : entry - end.price
    const cost = (2 * input.slippageBps) / 10_000
    done.push({ how: end.how, rr: move / (replay.stop * atr), ret: move / entry - cost })
  })
  const mean = (pick: (trade: (typeof done)[number]) => number) =>
    done.length === 0 ? null : done.reduce((sum, trade) => sum + pick(trade), 0) / done.length
  return {
    trades: done.length,
    hit_rate: mean(({ how }) => Number(how === 'target')),
    stop_rate: mean(({ how }) => Number(how === 'stop')),
    timeouts: done.filter(({ how }) => how === 'time').length,
    avg_rr: mean(({ rr }) => rr),
    avg_return: mean(({ ret }) => ret),
    not_entered: notEntered,
    not_closed: notClosed,
  }
}

/** Wilder's average true range: the mean of the first `period` ranges, then one part of `period` of each new one. */
function atrAt(bars: readonly Bar[], at: number, period: number): number | null {
  if (at < period) return null
  const range = (b: number) => {
    const before = bars[b - 1]!.close
    const { high, low } = bars[b]!
    return Math.max(high - low, Math.abs(high - before), Math.abs(low - before))
  }
  let average = 0
  for (let b = 1; b <= period; b++) average += range(b) / period
  for (let b = period + 1; b <= at; b++) average = (average * (period - 1) + range(b)) / period
  return average
}
