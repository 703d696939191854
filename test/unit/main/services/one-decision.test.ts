import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decisionRow } from '#main/services/artifact-rows.ts'
import { planBrackets, whyNoParity } from '#main/services/bracket-plan.ts'
import { describeDecision, outcomeOf } from '#main/services/describe-decision.ts'
import { draftSignals } from '#main/services/signals.ts'
import { effectiveExecution } from '#shared/catalog/packs/policy.ts'
import type { TradeRules } from '#shared/decision/decide.ts'
import { readHours } from '#shared/decision/position.ts'
import type { ScoredRows, StrategyConfig } from '#shared/jobs/evaluate-types.ts'
import { plainRules, scoredWindow } from '#test/scored-window.ts'
import { tinyMatrix } from '#test/tiny-build.ts'
import { takePositions } from '#workers/backtest/take-positions.ts'

const origin = { from: 'policy' as const, source: null }
const told = { origin, note: null }
const sources = { of: () => origin }

const threshold = fc.constantFrom(0.5, 0.52, 0.55, 0.6, 0.7)
const policy = fc.record({
  threshold,
  byHour: fc.option(fc.dictionary(fc.constantFrom('9', '11', '14'), threshold)),
  hours: fc.option(fc.subarray([9, 10, 11, 13, 14])),
  momentumGate: fc.boolean(),
  momentumMin: fc.constantFrom(0, 0.5, 2),
  sizeByConf: fc.boolean(),
  confCap: fc.constantFrom(0, 0.2, 1),
  brackets: fc.record({
    enabled: fc.boolean(),
    atr_mult_stop: fc.constantFrom(0.5, 1, 2),
    atr_mult_target: fc.constantFrom(0.5, 1, 3),
    min_rr: fc.constantFrom(0, 1, 1.5),
    time_stop_minutes: fc.constantFrom(30, 120),
  }),
})
const oddNumber = fc.constantFrom(0, 0.5, -0.5, 2, -2, 5, Number.NaN)
const row = fc.record({
  p: fc.oneof(
    fc.constantFrom(0.5, 0.6, 0.4, 0.55, 0, 1, Number.NaN),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ),
  hour: fc.constantFrom(-1, 9, 10, 11, 14),
  life: fc.constantFrom(null, 0, 60),
  atr: oddNumber,
  momentum: oddNumber,
})
type Policy = typeof policy extends fc.Arbitrary<infer T> ? T : never
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never

/** Written down apart from the code: +1, −1 or 0, with the size. */
function expectedSize(rules: Policy, { p, hour, life, atr, momentum }: Row): number {
  const limit = (hour >= 0 ? rules.byHour?.[String(hour)] : undefined) ?? rules.threshold
  const side = p > 0.5 && p >= limit ? 1 : p < 0.5 && 1 - p >= limit ? -1 : 0
  if (side === 0 || life === null || !(atr > 0)) return 0
  if (hour >= 0 && rules.hours !== null && !rules.hours.includes(hour)) return 0
  if (rules.momentumGate && !(side * momentum >= rules.momentumMin)) return 0
  const { enabled, atr_mult_stop, atr_mult_target, min_rr } = rules.brackets
  if (enabled && atr_mult_target / atr_mult_stop < min_rr) return 0
  // A size of 0 is no short either.
  return side * (rules.sizeByConf ? Math.min(Math.abs(2 * p - 1), rules.confCap) : 1) + 0
}

it('is made once: signals, explanations, backtested positions and bracket replays agree for every policy and row', () => {
  fc.assert(
    fc.property(policy, fc.array(row, { minLength: 1, maxLength: 12 }), (drawn, rows) => {
      const ps = rows.map(({ p }) => p)
      const matrix = tinyMatrix({ f: ps.map(() => 0) }, { hourEt: Int32Array.from(rows, ({ hour }) => hour) })
      const scored = scoredWindow(ps, {
        matrix,
        momentum: rows.map(({ momentum }) => momentum),
        atr: rows.map(({ atr }) => atr),
        lives: rows.map(({ life }) => life),
      })
      const { byHour, brackets, ...rest } = drawn
      const execution = effectiveExecution({ execution: { brackets } })
      const rules: TradeRules = {
        ...{ ...plainRules, ...rest },
        thresholdByHour: readHours(byHour),
        brackets: execution.brackets,
      }
      const signals = new Map(draftSignals(scored, rules).map((signal) => [signal.ts, signal]))

      const position = new Float64Array(rows.length)
      const backtested = { momentum: scored.momentum, hourEt: matrix.hourEt } as ScoredRows
      const all = Int32Array.from(rows.keys())
      takePositions(backtested, all, scored.p, rules, rest as unknown as StrategyConfig, position)
      const plan = planBrackets({ horizon: 'swing' }, execution)
      const replays =
        plan === null || whyNoParity(plan, { meta: scored.meta, path: { bars: 9 } } as never) === null

      rows.forEach((each, at) => {
        const expected = expectedSize(drawn, each)
        const question = {
          row: decisionRow(scored, at),
          rules,
          momentumColumn: 'm',
          sizeR: { value: 1, origin },
        }
        const named = { threshold: told, hours: told, momentum: told, size: told, brackets: told }
        const outcome = outcomeOf(describeDecision({ ...question, told: named }, sources))
        const signal = signals.get(new Date(matrix.ts[at]!).toISOString().replace('.000Z', 'Z'))

        expect(signal ? (signal.side === 'buy' ? signal.size : -signal.size) : 0).toBe(expected)
        expect([outcome.trade, outcome.signal]).toEqual([expected !== 0, expected !== 0])
        const isOpen =
          each.life !== null && (rules.hours === null || each.hour < 0 || rules.hours.includes(each.hour))
        expect(isOpen && each.atr > 0 && replays ? position[at]! + 0 : 0).toBe(expected)
        if (signal) {
          const { side, size, stop_px, target_px, rr, time_stop_minutes, score_total } = signal
          expect(outcome.order).toMatchObject({
            side,
            size,
            stop_px,
            target_px,
            rr,
            time_stop_minutes,
            score_total,
          })
        }
      })
    }),
    { numRuns: 1000, seed: 20 },
  )
})
