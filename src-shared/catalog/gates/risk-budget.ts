import { Value } from 'typebox/value'
import { didYouMean, SigmaError } from '#shared/errors.ts'
import { gates, RiskBudget } from './index.ts'

/**
 * Checks a budget as packs, requests and the admin page give it.
 * @throws INVALID_PARAM for an unknown rule or a limit out of range
 */
export function parseRiskBudget(given: unknown): RiskBudget {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new SigmaError('INVALID_PARAM', `risk budget must be an object, got ${JSON.stringify(given)}`)
  }
  const known = Object.keys(RiskBudget.properties)
  const budget: Record<string, unknown> = {}
  for (const [rule, limit] of Object.entries(given)) {
    const schema = Object.hasOwn(RiskBudget.properties, rule) ? RiskBudget.properties[rule] : undefined
    if (schema === undefined) {
      throw new SigmaError('INVALID_PARAM', `risk budget: unknown rule ${rule}${didYouMean(rule, known)}`)
    }
    const [fault] = Value.Errors(schema, limit)
    if (fault !== undefined) {
      throw new SigmaError('INVALID_PARAM', `risk budget: ${rule} ${JSON.stringify(limit)} ${fault.message}`)
    }
    budget[rule] = limit
  }
  return budget
}

/**
 * A budget with a change merged in, as JSON merge patches do: null takes a rule away.
 * @throws INVALID_PARAM for an unknown rule or a limit out of range
 */
export function changeRiskBudget(budget: RiskBudget, change: RiskBudget): RiskBudget {
  const unknown = Object.keys(change).find((rule) => !Object.hasOwn(RiskBudget.properties, rule))
  if (unknown !== undefined) parseRiskBudget({ [unknown]: change[unknown] })
  const limits = Object.entries({ ...budget, ...change }).filter(([, limit]) => limit !== null)
  return parseRiskBudget(Object.fromEntries(limits))
}

/** A pack's budget with the option limits of the overlay budget where it has none: what option models of any pack are held to. */
export function addOptionLimits(budget: RiskBudget, overlay: RiskBudget): RiskBudget {
  const merged: Record<string, unknown> = { ...budget }
  for (const { id, optionsOnly } of gates.values()) {
    if (optionsOnly && merged[id] === undefined && overlay[id] !== undefined) merged[id] = overlay[id]
  }
  return merged
}
