import { describe, expect, it } from 'vitest'
import { draftSignals } from '#main/services/signals.ts'
import { sessionDate } from '#shared/calendar/sessions.ts'
import { hourlyTimes, tinyMatrix } from '#test/tiny-build.ts'

const classes = ['DOWN', 'FLAT', 'UP']
/** Scores with the given directional probabilities and a FLAT share of .4. */
const probaOf = (ps: number[]) => Float64Array.from(ps.flatMap((p) => [(1 - p) * 0.6, 0.4, p * 0.6]))

function draft(ps: number[], changes: Partial<Parameters<typeof draftSignals>[0]> = {}) {
  return draftSignals({
    matrix: tinyMatrix({ f: ps.map(() => 0) }),
    proba: probaOf(ps),
    usage: { classes, hours: null, threshold: 0.6, momentum_min: 0.1 },
    momentum: null,
    atr: new Float64Array(ps.length).fill(2),
    stopMultiple: 1.5,
    targetMultiple: 3,
    ...changes,
  })
}

describe('drafts of signals', () => {
  it('are on either side of the directional probability, FLAT left out of it', () => {
    const drafts = draft([0.61, 0.39, 0.59, 0.41, 0.5])
    expect(drafts.map(({ side }) => side)).toEqual(['buy', 'sell'])
    expect(drafts.map(({ score_total }) => score_total)).toEqual([
      expect.closeTo(0.61, 12),
      expect.closeTo(0.39, 12),
    ])
  })

  it('have brackets in multiples of the ATR around the close, mirrored for a sale', () => {
    const matrix = tinyMatrix({ f: [0, 0] })
    const [buy, sell] = draft([0.9, 0.1], { matrix })
    expect(buy).toMatchObject({ stop_px: matrix.close[0]! - 3, target_px: matrix.close[0]! + 6, rr: 2 })
    expect(sell).toMatchObject({ stop_px: matrix.close[1]! + 3, target_px: matrix.close[1]! - 6, rr: 2 })
    expect(buy).toMatchObject({
      entry_ref_px: matrix.close[0],
      date: sessionDate(matrix.session[0]!),
      hour_et: null,
    })
  })

  it('need momentum along their side, and momentum that is known', () => {
    const momentum = Float64Array.of(0.1, 0.09, -0.1, -0.09, Number.NaN)
    const drafts = draft([0.9, 0.9, 0.1, 0.1, 0.9], { momentum })
    expect(drafts.map(({ side, score_total }) => [side, score_total > 0.5])).toEqual([
      ['buy', true],
      ['sell', false],
    ])
  })

  it('keep to the hours of the model and leave out the last bar of a session', () => {
    const times = hourlyTimes(5)
    const matrix = tinyMatrix(
      { f: times.map(() => 0) },
      {
        cadence: 'hourly',
        ts: Float64Array.from(times, ({ ts }) => ts),
        session: Int32Array.from(times, ({ session }) => session),
        hourEt: Int32Array.from(times, ({ hour }) => hour),
      },
    )
    const hoursOf = (hours: number[] | null) => {
      const usage = { classes, hours, threshold: 0.6, momentum_min: 0 }
      return draft(
        times.map(() => 0.9),
        { matrix, usage },
      ).map(({ hour_et }) => hour_et)
    }
    expect(new Set(hoursOf(null))).toEqual(new Set([9, 10, 11, 12, 13, 14]))
    // Five sessions, one of them a half day: at 13:00 it is over.
    expect(hoursOf(null).filter((hour) => hour === 12)).toHaveLength(4)
    expect(new Set(hoursOf([14, 15]))).toEqual(new Set([14]))
  })

  it('are not made at exactly one half, nor without an ATR or a score', () => {
    const usage = { classes, hours: null, threshold: 0.5, momentum_min: 0 }
    expect(draft([0.5], { usage, proba: Float64Array.of(0.3, 0.4, 0.3) })).toEqual([])
    expect(draft([0.9], { atr: Float64Array.of(Number.NaN) })).toEqual([])
    expect(draft([0.9], { atr: Float64Array.of(0) })).toEqual([])
    expect(draft([0.9], { proba: Float64Array.of(0, 1, 0) })).toEqual([])
  })

  it('read classes by name', () => {
    const usage = { classes: ['UP', 'DOWN'], hours: null, threshold: 0.6, momentum_min: 0 }
    expect(draft([0], { usage, proba: Float64Array.of(0.8, 0.2) })[0]).toMatchObject({ side: 'buy' })
  })
})
