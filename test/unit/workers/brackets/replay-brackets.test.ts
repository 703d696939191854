import { describe, expect, it } from 'vitest'
import type { PricePath } from '#shared/jobs/matrix-types.ts'
import type { ReplayBracketsInput } from '#shared/jobs/replay-brackets.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { timeStopBars } from '#workers/brackets/replay-signals.ts'
import { replayBrackets } from '#workers/jobs/replay-brackets.ts'
import { bruteForce } from './brute-force.ts'

const context = { report: () => {}, cancelled: () => false }

type Quote = [open: number, high: number, low: number, close: number]

/** Three calm bars around 100 with ranges of 2, so that the 2-bar ATR is 2 before the fourth; then the bars of the case. */
function pathOf(quotes: Quote[], { barsPerSession = 1 }: { barsPerSession?: 1 | 7 } = {}): PricePath {
  const calm: Quote[] = [
    [100, 101, 99, 100],
    [100, 101, 99, 100],
    [100, 101, 99, 100],
  ]
  const all = [...calm, ...quotes]
  const column = (i: 0 | 1 | 2 | 3) => Float64Array.from(all, (quote) => quote[i])
  const session = Int32Array.from(all, (_, b) => Math.floor(b / barsPerSession))
  return {
    bars: all.length,
    cadence: barsPerSession === 1 ? 'daily' : 'hourly',
    barsPerSession,
    openTs: Float64Array.from(all, (_, b) => b * 3_600_000),
    ts: Float64Array.from(all, (_, b) => (b + 1) * 3_600_000),
    session,
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: new Float64Array(all.length).fill(1000),
  }
}

/** One signal decided at the close of the third bar: stop one ATR (2 points) away, target two (4 points). */
function replayOne(
  quotes: Quote[],
  side: 1 | -1,
  changes: Partial<ReplayBracketsInput> = {},
  minutes = 390 * 3,
) {
  const replay = {
    bar: Int32Array.of(2),
    side: Int8Array.of(side),
    stop: 1,
    target: 2,
    timeStopMinutes: minutes,
  }
  const input: ReplayBracketsInput = {
    path: pathOf(quotes),
    atrPeriod: 2,
    entryMode: 'next_session_open',
    leavesBySessionClose: false,
    slippageBps: 0,
    replays: [replay],
    ...changes,
  }
  return replayBrackets(input, context)[0]!
}

const stopped = { trades: 1, hit_rate: 0, stop_rate: 1, timeouts: 0 }
const hit = { trades: 1, hit_rate: 1, stop_rate: 0, timeouts: 0 }
const timedOut = { trades: 1, hit_rate: 0, stop_rate: 0, timeouts: 1 }

describe('a long trade entered at 100 with stop 98 and target 104', () => {
  it('is stopped by a bar that touches both levels', () => {
    expect(replayOne([[100, 105, 97, 104]], 1)).toMatchObject({ ...stopped, avg_rr: -1, avg_return: -0.02 })
  })

  it('reaches its target at the very price', () => {
    expect(replayOne([[100, 104, 98.01, 101]], 1)).toMatchObject({ ...hit, avg_rr: 2, avg_return: 0.04 })
  })

  it('is filled at the open where a gap passes the stop', () => {
    const quotes: Quote[] = [
      [100, 101, 99, 100],
      [95, 110, 94, 109],
    ]
    expect(replayOne(quotes, 1)).toMatchObject({ ...stopped, avg_rr: -2.5, avg_return: -0.05 })
  })

  it('is filled at the open where a gap passes the target, whatever comes later in the bar', () => {
    const quotes: Quote[] = [
      [100, 101, 99, 100],
      [106, 107, 90, 91],
    ]
    expect(replayOne(quotes, 1)).toMatchObject({ ...hit, avg_rr: 3, avg_return: 0.06 })
  })

  it('leaves at the close when its time is up', () => {
    const quotes: Quote[] = [
      [100, 101, 99, 100],
      [100, 102, 99, 101],
      [101, 120, 80, 110],
    ]
    const outcome = replayOne(quotes, 1, {}, 2 * 390)
    expect(outcome).toMatchObject({ ...timedOut, avg_rr: 0.5, avg_return: 0.01 })
  })

  it('pays the slippage on both sides', () => {
    const { avg_return, avg_rr } = replayOne([[100, 104, 99, 101]], 1, { slippageBps: 5 })
    expect(avg_return).toBeCloseTo(0.04 - 0.001, 12)
    expect(avg_rr).toBe(2)
  })

  it('is not counted where the data ends before it does', () => {
    expect(replayOne([[100, 101, 99, 100]], 1)).toEqual({
      ...{ trades: 0, hit_rate: null, stop_rate: null, timeouts: 0, avg_rr: null, avg_return: null },
      ...{ not_entered: 0, not_closed: 1 },
    })
  })

  it('is not entered where there is no later bar', () => {
    expect(replayOne([], 1)).toMatchObject({ trades: 0, not_entered: 1 })
  })
})

describe('a short trade entered at 100 with stop 102 and target 96', () => {
  it('is stopped by a bar that touches both levels', () => {
    expect(replayOne([[100, 102, 95, 96]], -1)).toMatchObject({ ...stopped, avg_rr: -1, avg_return: -0.02 })
  })

  it('reaches its target', () => {
    expect(replayOne([[100, 101, 96, 97]], -1)).toMatchObject({ ...hit, avg_rr: 2, avg_return: 0.04 })
  })

  it('is filled at the open where a gap passes the stop', () => {
    const quotes: Quote[] = [
      [100, 101, 99, 100],
      [103, 104, 90, 91],
    ]
    expect(replayOne(quotes, -1)).toMatchObject({ ...stopped, avg_rr: -1.5, avg_return: -0.03 })
  })
})

describe('where a signal enters', () => {
  // Bars 0–6 are the first session; bar 7 opens the second.
  const quotes: Quote[] = [
    [100, 100.5, 99.5, 100],
    [100, 100.5, 99.5, 100],
    [100, 100.5, 99.5, 100.2],
    [100.2, 100.5, 99.5, 100.3],
    [200, 200.5, 199.5, 200.1],
    [200, 200.5, 199.5, 200.2],
  ]
  const hourly = { path: pathOf(quotes, { barsPerSession: 7 }) }

  it('is the next bar, and out by the session’s close, for a same-day model', () => {
    const same = { ...hourly, entryMode: 'next_bar_open', leavesBySessionClose: true } as const
    const outcome = replayOne([], 1, same, 7 * 390)
    expect(outcome).toMatchObject(timedOut)
    expect(outcome.avg_return).toBeCloseTo(0.003, 12)
  })

  it('is the next session’s open where the policy says so', () => {
    const outcome = replayOne([], 1, hourly, 56)
    expect(outcome).toMatchObject(timedOut)
    expect(outcome.avg_return).toBeCloseTo(0.1 / 200, 12)
  })

  it('is nowhere for a same-day signal at the last close of a session', () => {
    const replay = { bar: Int32Array.of(6), side: Int8Array.of(1), stop: 1, target: 2, timeStopMinutes: 60 }
    const same = {
      ...hourly,
      entryMode: 'next_bar_open',
      leavesBySessionClose: true,
      replays: [replay],
    } as const
    expect(replayOne([], 1, { ...same, replays: [replay] })).toMatchObject({ trades: 0, not_entered: 1 })
  })
})

describe('a time stop', () => {
  it.each([
    [7800, 1, 20],
    [120, 1, 1],
    [120, 7, 2],
    [180, 7, 3],
    [60, 7, 1],
    [390, 7, 7],
    [120, 78, 24],
  ])('of %d minutes with %d bars a session is %d bars', (minutes, perSession, bars) => {
    expect(timeStopBars(minutes, perSession)).toBe(bars)
  })
})

describe('on random paths', () => {
  const cases = Array.from({ length: 60 }, (_, seed) => seed)
  it.each(cases)('agrees with a second implementation (seed %d)', (seed) => {
    const random = createRandom(seed)
    const barsPerSession = seed % 2 === 0 ? 1 : 7
    let price = 100
    const quotes = Array.from({ length: 250 }, (): Quote => {
      const open = price * (1 + (random.next() - 0.5) * 0.03)
      const close = open * (1 + (random.next() - 0.5) * 0.03)
      price = close
      const spread = random.next() * 2
      return [open, Math.max(open, close) + spread, Math.min(open, close) - spread, close]
    })
    const path = pathOf(quotes, { barsPerSession })
    const bar = Int32Array.from({ length: path.bars }, (_, b) => b).filter(() => random.next() < 0.4)
    const side = Int8Array.from(bar, () => (random.next() < 0.5 ? 1 : -1))
    const input: ReplayBracketsInput = {
      path,
      atrPeriod: 1 + (seed % 14),
      entryMode: seed % 3 === 0 ? 'next_bar_open' : 'next_session_open',
      leavesBySessionClose: seed % 4 < 2,
      slippageBps: seed % 5,
      replays: [0.5, 1, 2.5].map((stop) => ({
        ...{ bar, side, stop },
        target: stop * (1 + random.next() * 2),
        timeStopMinutes: 30 + Math.floor(random.next() * 4000),
      })),
    }
    const summaries = replayBrackets(input, context)
    let ended = 0
    input.replays.forEach((replay, r) => {
      const { avg_rr, avg_return, ...counts } = bruteForce(input, replay)
      expect(summaries[r]).toMatchObject(counts)
      expect(summaries[r]!.avg_rr).toBeCloseTo(avg_rr!, 9)
      expect(summaries[r]!.avg_return).toBeCloseTo(avg_return!, 12)
      ended += counts.trades
    })
    expect(ended).toBeGreaterThan(50)
  })
})
