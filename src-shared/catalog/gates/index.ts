import { type TSchema, Type } from 'typebox'
import { advMax } from './adv-max.ts'
import { allowedHours } from './allowed-hours.ts'
import { calmarMin } from './calmar-min.ts'
import { dailyLossMax } from './daily-loss-max.ts'
import type { GateRule } from './define.ts'
import { dsrMin } from './dsr-min.ts'
import { es95Mult } from './es95-mult.ts'
import { fillRateMin } from './fill-rate-min.ts'
import { leakageFlags } from './leakage-flags.ts'
import { maxDd } from './max-dd.ts'
import { minSessions } from './min-sessions.ts'
import { minTrades } from './min-trades.ts'
import { minTradesPerYear } from './min-trades-per-year.ts'
import { oiMin } from './oi-min.ts'
import { pboMax } from './pbo-max.ts'
import { sharpeMin } from './sharpe-min.ts'
import { spreadMax } from './spread-max.ts'
import { turnoverMax } from './turnover-max.ts'
import { volumeMin } from './volume-min.ts'

/** Every gate rule by the key of its limit in a risk budget, in the order of checks and reasons. */
export const gates: ReadonlyMap<string, GateRule> = new Map(
  [
    minTrades,
    minTradesPerYear,
    maxDd,
    es95Mult,
    sharpeMin,
    calmarMin,
    spreadMax,
    oiMin,
    volumeMin,
    fillRateMin,
    advMax,
    turnoverMax,
    allowedHours,
    dailyLossMax,
    minSessions,
    leakageFlags,
    dsrMin,
    pboMax,
  ].map((rule) => [rule.id, rule]),
)

/** Schema of a risk budget, from the limits of the rules. `size_r`, the risk per trade in R, is shown and put on signals only. */
export const RiskBudget = Type.Object(budgetProperties(), {
  additionalProperties: false,
  description: 'Limits of the risk gates; a rule without a limit is not checked',
})
export type RiskBudget = Readonly<Record<string, unknown>>

function budgetProperties(): Record<string, TSchema> {
  const properties: Record<string, TSchema> = {
    size_r: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, maximum: 10, description: 'Risk per trade in R' }),
    ),
  }
  for (const { id, limit, doc } of gates.values())
    properties[id] = Type.Optional({ ...limit, description: doc })
  return properties
}
