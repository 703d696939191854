import { describe, expect, it } from 'vitest'
import { measureLiveCapacity } from '#main/services/live-capacity.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { barsAt, hourlyTimes, tinyMatrix } from '#test/tiny-build.ts'

type Context = Parameters<typeof measureLiveCapacity>[0]

const times = hourlyTimes(30)
const bars = barsAt(times, 3)
const random = createRandom(12)
const openInterest = Float64Array.from({ length: bars.length }, (_, i) =>
  i % 5 === 0 ? Number.NaN : 1 + random.nextInt(20),
)
const matrix = tinyMatrix(
  { contract_oi: openInterest },
  { hourEt: Int32Array.from(times, ({ hour }) => hour) },
)
const context = {
  lake: { bars: () => Promise.resolve(bars) },
  ledger: { buildRuns: { latestFor: () => ({ matrix_sha: 'a' }) } },
  matrixStore: { load: () => Promise.resolve({ matrix }) },
} as unknown as Context

/** Decisions inside of bars, some of them at the very close, and one that no bar holds. */
const decided = [3, 10, 11, 40, 77, 90, 133, 170].map((bar, k) => ({
  bar,
  ts: new Date(bars.ts[bar]! - (k % 2) * 60_000).toISOString(),
  ticker: 'SPY',
  hour_et: times[bar]!.hour,
  close: bars.close[bar]!,
}))
const outside = { ts: '2031-01-01T12:00:00.000Z', ticker: 'SPY', hour_et: 12, close: 7 }

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length / 2
  return sorted.length % 2 === 1 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2
}

describe('what live signals could have moved, against counting it bar by bar', () => {
  const notional = middle(decided.map(({ bar }) => bars.close[bar]! * bars.volume[bar]!))

  it('is 5 % of the median notional of their hours', async () => {
    const found = await measureLiveCapacity(context, { modelId: 'm', assetType: 'eq' }, [...decided, outside])
    expect(found.capacity).toBeCloseTo(0.05 * notional, 6)
    expect(found.capacity_label).toBe('Low')
  })

  it('is for options at most 5 % of the open interest in their hours, a hundred shares a contract', async () => {
    const hours = decided.map(({ hour_et }) => hour_et)
    const seen = [...openInterest].filter(
      (each, row) => !Number.isNaN(each) && hours.includes(times[row]!.hour),
    )
    const byInterest = 0.05 * middle(seen) * 100 * middle(decided.map(({ close }) => close))
    expect(byInterest).toBeLessThan(0.05 * notional)
    const found = await measureLiveCapacity(context, { modelId: 'm', assetType: 'opt' }, decided)
    expect(found.capacity).toBeCloseTo(byInterest, 6)
  })

  it('is unknown where no bar holds a decision', async () => {
    const found = await measureLiveCapacity(context, { modelId: 'm', assetType: 'eq' }, [outside])
    expect(found).toEqual({ capacity: null, capacity_label: null })
  })
})
