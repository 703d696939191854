import { expect, it } from 'vitest'
import { measureLive } from '#main/services/live-metrics.ts'
import { sessionClose, sessionDate, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import { LiveMetrics } from '#shared/contract/signals.ts'
import { createRandom } from '#shared/kernels/random.ts'
import * as naive from '#test/naive-statistics.ts'
import { isSame, placesOf } from '#test/reply-places.ts'

type Signal = Parameters<typeof measureLive>[0][number]
interface View {
  signals: Signal[]
  daily: number[]
  closed: number[]
  slips: number[]
  bars: number
  now: number
}

const hour = 3_600_000
// With the half days around Thanksgiving and Christmas.
const first = sessionOfDate('2023-11-15')
const decisionsOf = (session: number) =>
  [10, 11, 12, 13, 14, 15, 16]
    .map((each) => sessionOpen[session]! + (each - 9.5) * hour)
    .filter((ts) => ts <= sessionClose[session]!)

function randomSignals(seed: number): Signal[] {
  const random = createRandom(seed)
  const sessions = Array.from({ length: 3 + 2 * seed }, (_, i) => first + i)
  return sessions.flatMap(decisionsOf).flatMap((ts) => {
    if (random.nextInt(3) === 0) return []
    const status = ['new', 'filled', 'closed', 'canceled', 'timed_out'][random.nextInt(5)]!
    const isFilled = status === 'filled' || status === 'closed'
    const slippage = isFilled && random.nextInt(4) > 0 ? random.nextGaussian() : null
    const entry_ref_px = 400 + 10 * random.next()
    return [
      {
        ...{
          ts: new Date(ts).toISOString(),
          date: new Date(ts - 5 * hour).toISOString().slice(0, 10),
          status,
        },
        ...{ entry_ref_px, slippage, fill_px: slippage === null ? null : entry_ref_px + slippage },
        pnl: status === 'closed' ? 0.02 * random.nextGaussian() : null,
      },
    ]
  })
}

function viewOf(signals: Signal[], now: number, isOption: boolean): View {
  const days = signals.map(({ date }) => date).sort()
  const all = Array.from({ length: 200 }, (_, i) => first + i)
  const sessions = all.filter((s) => sessionDate(s) >= days[0]! && sessionDate(s) <= days.at(-1)!)
  const slipped = signals.filter(({ status }) => status === 'filled' || status === 'closed')
  return {
    ...{ signals, now, bars: sessions.flatMap(decisionsOf).length },
    daily: sessions.map((s) =>
      naive.sum(signals.filter(({ date }) => date === sessionDate(s)).map(({ pnl }) => pnl ?? 0)),
    ),
    closed: signals.flatMap(({ pnl }) => (pnl === null ? [] : [pnl])),
    slips: slipped.flatMap(({ fill_px, entry_ref_px: ref }) =>
      fill_px === null ? [] : [Math.abs(fill_px - ref) * (isOption ? 1 : 1e4 / ref)],
    ),
  }
}

const year = Math.sqrt(252)
const countOf = ({ signals }: View, statuses: string[]) =>
  signals.filter(({ status }) => statuses.includes(status)).length

/** Each live figure once more, by its definition. */
const secondLive: Record<string, (view: View) => number> = {
  sharpe: ({ daily }) => naive.sharpe(daily) * year,
  sortino: ({ daily }) =>
    (naive.mean(daily) / Math.sqrt(naive.mean(daily.map((r) => Math.min(0, r) ** 2)))) * year,
  cum_return: ({ daily }) => naive.equityOf(daily).at(-1)! - 1,
  win_rate: ({ closed }) => closed.filter((r) => r > 0).length / closed.length,
  expectancy: ({ closed }) => naive.mean(closed),
  trades: ({ closed }) => closed.length,
  fill_rate: (view) => {
    const filled = countOf(view, ['filled', 'closed'])
    return filled / (filled + countOf(view, ['canceled', 'timed_out']))
  },
  avg_slippage: ({ slips }) => naive.mean(slips),
  max_dd: ({ daily }) => naive.drawdown(daily).depth,
  coverage_pct: ({ signals, bars }) => new Set(signals.map(({ ts }) => ts)).size / bars,
  freshness_sec: ({ signals, now }) =>
    Math.round((now - Math.max(...signals.map((s) => Date.parse(s.ts)))) / 1000),
}

it('every live figure has a second computation', () => {
  // Capacity is measured on the lake, in a file of its own.
  const places = placesOf(LiveMetrics).filter((place) => !place.startsWith('capacity'))
  expect(Object.keys(secondLive).sort()).toEqual([...places].sort())
})

it('every live figure agrees with its second computation on random signals', () => {
  for (let seed = 1; seed < 20; seed++) {
    const signals = randomSignals(seed)
    const now = Date.parse('2024-03-01T12:00:00Z') + seed * 1234
    const assetType = seed % 2 ? ('eq' as const) : ('opt' as const)
    const given = measureLive(signals, { cadence: 'hourly', assetType }, now)
    const view = viewOf(signals, now, assetType === 'opt')
    for (const [name, value] of Object.entries(given)) {
      const second = secondLive[name]!(view)
      const where = `${seed} ${name} is ${value}, by its definition ${second}`
      // Prices are near 400: a difference of two has so much fewer digits.
      if (name === 'avg_slippage') expect(value, where).toBeCloseTo(second, 9)
      else expect(isSame(value, second), where).toBe(true)
    }
  }
})
