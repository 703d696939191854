import { describe, expect, it } from 'vitest'
import { measureFills } from '#main/services/measure-fills.ts'
import { sessionClose } from '#shared/calendar/sessions.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { hourlyTimes, tinyMatrix } from '#test/tiny-build.ts'

const minuteMs = 60_000
const times = hourlyTimes(6)
const random = createRandom(11)

/** The first five minutes after each hour, one random contract a minute; every fourth minute without a trade. */
const traded = times
  .filter(({ session, ts }) => ts < sessionClose[session]!)
  .flatMap(({ session, ts }) =>
    [1, 2, 3, 4, 5].map((minute) => {
      const volume = random.nextInt(4) === 0 ? 0 : 10
      return {
        session,
        ts: ts + minute * minuteMs,
        strike: 400 + random.nextInt(4),
        isCall: random.nextInt(2),
        volume,
      }
    }),
  )
const minutes = {
  rows: traded.length,
  ts: Float64Array.from(traded, ({ ts }) => ts),
  session: Int32Array.from(traded, ({ session }) => session),
  strike: Float64Array.from(traded, ({ strike }) => strike),
  isCall: Uint8Array.from(traded, ({ isCall }) => isCall),
  volume: Int32Array.from(traded, ({ volume }) => volume),
  vwap: new Float64Array(traded.length),
  transactions: new Int32Array(traded.length),
}
const strikes = times.map((_, i) => (i % 6 === 5 ? Number.NaN : 400 + random.nextInt(4)))
const calls = times.map(() => random.nextInt(2))
const matrix = tinyMatrix(
  { contract_strike: strikes, contract_is_call: calls },
  {
    cadence: 'hourly',
    ts: Float64Array.from(times, ({ ts }) => ts),
    session: Int32Array.from(times, ({ session }) => session),
  },
)

describe('fills after the decision', () => {
  it('are what a look-up of each contract in its next five minutes finds', () => {
    const filled = measureFills(minutes, matrix)!
    times.forEach(({ session, ts }, row) => {
      const isOver = ts === sessionClose[session]
      const found = traded.some(
        (m) =>
          m.ts > ts &&
          m.ts <= ts + 5 * minuteMs &&
          m.volume > 0 &&
          m.strike === strikes[row] &&
          m.isCall === calls[row],
      )
      expect(filled[row]).toBe(isOver || Number.isNaN(strikes[row]!) ? Number.NaN : found ? 1 : 0)
    })
    expect(new Set(filled)).toEqual(new Set([0, 1, Number.NaN]))
  })

  it('are unknown at the close of a half day too', () => {
    const halfDay = times.findIndex(
      ({ session, hour }) =>
        sessionClose[session] === times.find((t) => t.session === session && t.hour === hour)!.ts &&
        hour === 12,
    )
    expect(halfDay).toBeGreaterThan(0)
    const strikesThen = [...strikes]
    strikesThen[halfDay] = 400
    const filled = measureFills(minutes, {
      ...matrix,
      columns: [Float64Array.from(strikesThen), matrix.columns[1]!],
    })
    expect(filled![halfDay]).toBeNaN()
  })

  it('are null without contracts', () => {
    expect(measureFills(minutes, tinyMatrix({ f: [1, 2, 3] }))).toBeNull()
  })
})
