import { describe, expect, it } from 'vitest'
import { sessionClose, sessionOpen } from '#shared/calendar/sessions.ts'
import type { BuildMatrixInput, IndexSeries } from '#shared/jobs/build-matrix.ts'
import { barsAt, dailyTimes, firstSession, hourlyTimes, tinyBuild } from '#test/tiny-build.ts'
import { assembleInput } from '#workers/matrix/assemble-input.ts'

const sessions = 8

/** 5-minute bars, with a hole every seventh. */
const fine = barsAt(
  dailyTimes(sessions).flatMap(({ session, openTs, ts }) =>
    Array.from({ length: (ts - openTs) / 300_000 }, (_, i) => {
      return { session, openTs: openTs + i * 300_000, ts: openTs + (i + 1) * 300_000 }
    }).filter((_, i) => i % 7 !== 3),
  ),
)

function indexOver(numbers: number[]): IndexSeries {
  const levels = (scale: number) => Float64Array.from(numbers, (s) => scale * s)
  return {
    length: numbers.length,
    session: Int32Array.from(numbers),
    vix: levels(1),
    vix9d: levels(2),
    vix3m: levels(3),
    vix6m: levels(4),
  }
}

/** The same bars as a model sees them that decides some minutes before the close. */
function cutBefore(build: BuildMatrixInput, minutes: number): BuildMatrixInput {
  const ts = Float64Array.from(build.bars.session, (s) => sessionClose[s]! - minutes * 60_000)
  return { ...build, bars: { ...build.bars, ts } }
}

describe('what a row knows of other series', () => {
  it.each([
    ['hourly rows', tinyBuild('hourly', sessions, { intraday: fine })],
    ['daily rows', tinyBuild('daily', sessions, { intraday: fine })],
    ['daily rows decided 5 minutes early', cutBefore(tinyBuild('daily', sessions, { intraday: fine }), 5)],
  ])('is, for %s, what a look-up in time finds', (_, build) => {
    const input = assembleInput(build)
    for (let row = 0; row < input.rows; row++) {
      const closed = fine.ts.filter((ts) => ts <= build.bars.ts[row]!).length
      expect(input.intraday!.asOf[row]).toBe(closed)
      const daysBefore = build.daily.session.filter((s) => s < build.bars.session[row]!).length
      expect(input.daily.asOf[row]).toBe(daysBefore)
    }
  })

  it('never holds the 5-minute bar that ends at the close where the decision is before it', () => {
    const build = cutBefore(tinyBuild('daily', sessions, { intraday: fine }), 5)
    const { intraday } = assembleInput(build)
    for (const [row, known] of intraday!.asOf.entries()) {
      expect(intraday!.ts[known - 1]).toBeLessThanOrEqual(sessionClose[build.bars.session[row]!]! - 300_000)
    }
  })

  it('counts the chain snapshot of its very instant, and none later', () => {
    const times = hourlyTimes(sessions).map(({ ts }) => ts)
    const none = new Float64Array(0)
    const chain = {
      snapshots: times.length,
      ts: Float64Array.from(times),
      session: Int32Array.from(hourlyTimes(sessions), ({ session }) => session),
      spot: new Float64Array(times.length),
      offset: new Int32Array(times.length + 1),
      ...{ strike: none, expiry: none, isCall: new Uint8Array(0), bid: none, ask: none, volume: none },
      ...{ openInterest: none, iv: none, delta: none, gamma: none },
    }
    const { chain: seen } = assembleInput(tinyBuild('hourly', sessions, { chain }))
    expect([...seen!.asOf]).toEqual(times.map((_, i) => i + 1))
    const early = assembleInput(cutBefore(tinyBuild('daily', sessions, { chain }), 5)).chain!
    early.asOf.forEach((known, row) => {
      const decision = sessionClose[firstSession + row]! - 300_000
      expect(known).toBe(times.filter((ts) => ts <= decision).length)
    })
  })

  it('has the index level of its own session only at the close or later', () => {
    const index = indexOver(Array.from({ length: sessions + 1 }, (_, i) => firstSession - 1 + i))
    const atClose = assembleInput(tinyBuild('daily', sessions, { index })).index!
    const early = assembleInput(cutBefore(tinyBuild('daily', sessions, { index }), 5)).index!
    const hourly = tinyBuild('hourly', sessions, { index })
    for (let day = 0; day < sessions; day++) {
      expect(atClose.vix[day]).toBe(firstSession + day)
      expect(early.vix[day]).toBe(firstSession + day - 1)
      expect(early.vix6m[day]).toBe(4 * (firstSession + day - 1))
    }
    expect([...assembleInput(hourly).index!.vix9d]).toEqual(
      Array.from(hourly.bars.session, (s) => 2 * (s - 1)),
    )
  })

  it('has no index level where the series has a gap of more than one session', () => {
    const index = indexOver([
      firstSession,
      firstSession + 4,
      firstSession + 5,
      firstSession + 6,
      firstSession + 7,
    ])
    const { vix } = assembleInput(tinyBuild('daily', sessions, { index })).index!
    expect([...vix].map((v) => v - firstSession)).toEqual([0, 0, Number.NaN, Number.NaN, 4, 5, 6, 7])
  })

  it('starts the day at the opening, not before', () => {
    expect(fine.openTs[0]).toBe(sessionOpen[firstSession])
  })
})
