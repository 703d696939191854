import { describe, expect, it } from 'vitest'
import { draftSignals } from '#main/services/signals.ts'
import { rulesInForce } from '#main/services/trade-rules.ts'
import { sessionDate } from '#shared/calendar/sessions.ts'
import { effectiveExecution } from '#shared/catalog/packs/policy.ts'
import type { TradeRules } from '#shared/decision/decide.ts'
import { plainRules, scoredWindow, type WindowWish } from '#test/scored-window.ts'
import { hourlyTimes, tinyMatrix } from '#test/tiny-build.ts'

const draft = (ps: number[], rules: Partial<TradeRules> = {}, wish: WindowWish = {}) =>
  draftSignals(scoredWindow(ps, wish), { ...plainRules, ...rules })

function hourlyMatrix(sessions: number) {
  const times = hourlyTimes(sessions)
  return tinyMatrix(
    { f: times.map(() => 0) },
    {
      cadence: 'hourly',
      ts: Float64Array.from(times, ({ ts }) => ts),
      session: Int32Array.from(times, ({ session }) => session),
      hourEt: Int32Array.from(times, ({ hour }) => hour),
    },
  )
}

describe('drafts of signals', () => {
  it('are on either side, from the threshold up, and none at one half or without a score', () => {
    const sides = (ps: number[], threshold: number) => draft(ps, { threshold }).map(({ side }) => side)
    expect(sides([0.61, 0.39, 0.59, 0.41, 0.5], 0.6)).toEqual(['buy', 'sell'])
    expect(sides([0.5, Number.NaN, 0.501], 0.5)).toEqual(['buy'])
  })

  it('have brackets in multiples of the ATR around the close, mirrored for a sale', () => {
    const matrix = tinyMatrix({ f: [0, 0] })
    const [buy, sell] = draft([0.9, 0.1], {}, { matrix })
    expect(buy).toMatchObject({ stop_px: matrix.close[0]! - 3, target_px: matrix.close[0]! + 6, rr: 2 })
    expect(sell).toMatchObject({ stop_px: matrix.close[1]! + 3, target_px: matrix.close[1]! - 6, rr: 2 })
    expect(buy).toMatchObject({
      entry_ref_px: matrix.close[0],
      hour_et: null,
      size: 1,
      time_stop_minutes: 120,
    })
    expect(buy!.date).toBe(sessionDate(matrix.session[0]!))
  })

  it('need momentum along their side, and momentum that is known', () => {
    const momentum = [0.1, 0.09, -0.1, -0.09, Number.NaN]
    const drafts = draft([0.9, 0.9, 0.1, 0.1, 0.9], { momentumGate: true, momentumMin: 0.1 }, { momentum })
    expect(drafts.map(({ side, score_total }) => [side, score_total])).toEqual([
      ['buy', 0.9],
      ['sell', 0.1],
    ])
  })

  it('keep to the hours of the model and to rows at which a label can begin', () => {
    const matrix = hourlyMatrix(5)
    const lives = Array.from(matrix.hourEt, (hour) => (hour === 15 ? null : 60))
    const hoursOf = (hours: number[] | null) =>
      draft(
        Array.from(matrix.hourEt, () => 0.9),
        { hours },
        { matrix, lives },
      ).map(({ hour_et }) => hour_et)
    expect(new Set(hoursOf(null))).toEqual(new Set([9, 10, 11, 12, 13, 14]))
    expect(new Set(hoursOf([14, 15]))).toEqual(new Set([14]))
  })

  it('go by the threshold of their hour, and name it', () => {
    const matrix = hourlyMatrix(1)
    const rules = rulesInForce(
      scoredWindow([], { usage: { threshold: 0.6, thresholds_by_hour: { 10: 0.8, 11: 0.55 } } }),
      effectiveExecution({}),
    )
    const at = (p: number) =>
      draft(
        Array.from(matrix.hourEt, () => p),
        rules,
        { matrix },
      ).map(({ hour_et, threshold }) => [hour_et, threshold])
    expect(at(0.58)).toEqual([[11, 0.55]])
    expect(at(0.3)).toEqual([9, 11, 12, 13, 14, 15].map((hour) => [hour, hour === 11 ? 0.55 : 0.6]))
    expect(at(0.9)).toContainEqual([10, 0.8])
  })

  it('are sized by confidence up to the cap, and not made at a size of 0', () => {
    const sizes = (confCap: number) =>
      draft([0.65, 0.2, 0.95], { sizeByConf: true, confCap }).map(({ size }) => size)
    expect(sizes(0.8)).toEqual([expect.closeTo(0.3, 12), expect.closeTo(0.6, 12), 0.8])
    expect(sizes(0)).toEqual([])
  })

  it('are not made without an ATR, nor where the target is too near for the stop', () => {
    expect(draft([0.9, 0.9], {}, { atr: [Number.NaN, 0] })).toEqual([])
    const brackets = { ...plainRules.brackets, atr_mult_stop: 2, atr_mult_target: 3, min_rr: 1.6 }
    expect(draft([0.9], { brackets })).toEqual([])
    expect(draft([0.9], { brackets: { ...brackets, min_rr: 1.5 } })).toHaveLength(1)
    expect(draft([0.9], { brackets: { ...brackets, enabled: false } })).toHaveLength(1)
  })

  it('end with their label where brackets are off, or have nothing to work on', () => {
    const minutes = (fill: string, enabled: boolean) => {
      const scored = scoredWindow([0.9], { fill, lives: [780] })
      const execution = effectiveExecution({ execution: { brackets: { enabled, time_stop_minutes: 99 } } })
      return draftSignals(scored, rulesInForce(scored, execution))[0]!.time_stop_minutes
    }
    expect([minutes('next_open', true), minutes('next_open', false)]).toEqual([99, 780])
    expect([minutes('next_close', true), minutes('close_to_open', true)]).toEqual([780, 780])
  })
})

describe('the rules in force', () => {
  it('are those of the training, whatever the policy says by now, and what a request tries goes before them', () => {
    const usage = {
      momentum_column: 'm',
      momentum_min: 2,
      size_by_conf: true,
      conf_cap: 0.4,
      thresholds_by_hour: { 10: 0.7 },
    }
    const scored = scoredWindow([0.9], { usage })
    const policy = effectiveExecution({ execution: { size_by_conf: false, conf_cap: 1, momentum_min: 9 } })
    expect(rulesInForce(scored, policy)).toMatchObject({
      ...{ threshold: 0.6, momentumGate: true, momentumMin: 2, sizeByConf: true, confCap: 0.4 },
    })
    const tried = { threshold: 0.55, execution: { size_by_conf: false, momentum_gate: false } }
    expect(rulesInForce(scored, policy, tried)).toMatchObject({
      ...{ threshold: 0.55, thresholdByHour: null, momentumGate: false, sizeByConf: false },
    })
  })

  it('leave sizing of an artifact that says nothing of it to the policy', () => {
    const policy = effectiveExecution({ execution: { size_by_conf: true, conf_cap: 0.3 } })
    expect(rulesInForce(scoredWindow([0.9]), policy)).toMatchObject({ sizeByConf: true, confCap: 0.3 })
  })
})
