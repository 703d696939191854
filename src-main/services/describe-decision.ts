import type { DecisionStep, Order, Outcome } from '#shared/contract/explain-row.ts'
import {
  type Decision,
  type DecisionRow,
  decide,
  type RuleId,
  type TradeRules,
} from '#shared/decision/decide.ts'
import type { PolicySources } from './decision-sources.ts'

export type Origin = Pick<DecisionStep, 'from' | 'source'>

/** Where a rule’s setting stands, and what a trader should know of it. */
export interface Told {
  origin: Origin
  note: string | null
}

/** A row, the rules that are in force for it, and where each of them comes from. */
export interface DecisionQuestion {
  row: DecisionRow
  rules: TradeRules
  momentumColumn: string
  told: Record<'threshold' | 'hours' | 'momentum' | 'size' | 'brackets', Told>
  /** Risk units of the profile. */
  sizeR: { value: number; origin: Origin }
}

export interface RowDecision {
  steps: DecisionStep[]
  /** In the direction that the score leans to, whether or not it trades; null where it has none. */
  order: Order | null
  /** The first rule that says no. */
  stopped: { id: DecisionStep['id']; reason: string } | null
}

type Step = Omit<DecisionStep, 'id' | 'effect'>

const fixed = (value: number): string =>
  Number.isFinite(value) ? Number(value.toPrecision(6)).toString() : 'unknown'
const known = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** The way of one row from its score to an order, in words. Every rule is shown, also behind a stop. */
export function describeDecision(question: DecisionQuestion, sources: PolicySources): RowDecision {
  const decision = decide(question.row, question.rules)
  const { rules, row, sizeR } = question
  const asked: Record<RuleId, { step: Step; reason: string }> = {
    threshold: thresholdStep(question, decision),
    hours: hoursStep(question),
    momentum: momentumStep(question, decision),
    size: sizeStep(question, decision),
    atr: atrStep(question, sources),
    reward_to_risk: rewardStep(question, decision, sources),
  }
  const [first] = decision.failed
  const effectOf = (id: RuleId): DecisionStep['effect'] =>
    decision.failed.includes(id) ? 'stops' : id === 'size' ? 'sets' : 'passes'
  const rulesOf = (...ids: RuleId[]): DecisionStep[] =>
    ids.map((id) => ({ id, ...asked[id].step, effect: effectOf(id) }))
  const risk: DecisionStep = {
    ...{ id: 'risk', rule: 'risk units of the profile', value: sizeR.value, limit: null, effect: 'sets' },
    ...{ ...sizeR.origin, note: null },
  }
  return {
    steps: [
      ...rulesOf('threshold', 'hours', 'momentum', 'size'),
      risk,
      ...rulesOf('atr', 'reward_to_risk'),
      ...levelSteps(question, decision, sources),
    ],
    order: orderOf(row, rules, decision, sizeR.value),
    stopped: first === undefined ? null : { id: first, reason: asked[first].reason },
  }
}

function thresholdStep({ row: { p }, told }: DecisionQuestion, { side, threshold }: Decision) {
  const confidence = Math.max(p, 1 - p)
  const likelier = side > 0 ? 'up' : 'down'
  return {
    step: {
      ...{ rule: 'the probability of the likelier side reaches the threshold', value: known(confidence) },
      ...{ limit: threshold, ...told.threshold.origin, note: told.threshold.note },
    },
    reason: Number.isNaN(p)
      ? 'the row has no score'
      : side === 0
        ? 'both sides are equally likely'
        : `${likelier} has probability ${fixed(confidence)}, below the threshold ${fixed(threshold)}`,
  }
}

function hoursStep({ row: { hour, life }, rules: { hours }, told }: DecisionQuestion) {
  const isAllowed = hours === null || hour < 0 || hours.includes(hour)
  return {
    step: {
      ...{ rule: 'the hour of the bar may decide, and a label can begin there' },
      ...{ value: hour < 0 ? null : hour, limit: hours?.join(', ') ?? null, ...told.hours.origin },
      note: life === null ? 'no label begins at the time of this row' : told.hours.note,
    },
    reason: isAllowed
      ? 'no label of the model begins at its time: the session ends too soon, or another bar of the day decides'
      : `hour ${hour} is not one of ${hours?.join(', ')}`,
  }
}

function momentumStep({ row, rules, momentumColumn, told }: DecisionQuestion, { side }: Decision) {
  const { origin, note } = told.momentum
  if (!rules.momentumGate) {
    const step: Step = { rule: 'the momentum gate is off', value: null, limit: null, ...origin, note }
    return { step, reason: '' }
  }
  const isShort = side < 0
  const limit = isShort ? -rules.momentumMin : rules.momentumMin
  return {
    step: {
      rule: `${momentumColumn} ${isShort ? 'is at most minus' : 'reaches'} the least momentum`,
      ...{ value: known(row.momentum), limit, ...origin, note },
    },
    reason: `${momentumColumn} is ${fixed(row.momentum)}, ${isShort ? 'above' : 'below'} ${fixed(limit)}`,
  }
}

function sizeStep({ rules, told }: DecisionQuestion, { size }: Decision) {
  return {
    step: {
      rule: rules.sizeByConf ? 'size is |2p − 1|, at most the cap' : 'every trade has the full size',
      ...{ value: known(size), limit: rules.sizeByConf ? rules.confCap : null },
      ...{ ...told.size.origin, note: told.size.note },
    },
    reason: 'its size is 0',
  }
}

function atrStep({ row, rules: { brackets } }: DecisionQuestion, sources: PolicySources) {
  const rule = `the average true range over ${brackets.atr_period} bars is known`
  return {
    step: { rule, value: known(row.atr), limit: 0, ...sources.of('brackets.atr_period'), note: null },
    reason: `the average true range over ${brackets.atr_period} bars is not known`,
  }
}

function rewardStep(
  { rules: { brackets }, told }: DecisionQuestion,
  { rr }: Decision,
  sources: PolicySources,
) {
  const step: Step = brackets.enabled
    ? {
        ...{ rule: 'the target is far enough for the stop', value: rr, limit: brackets.min_rr },
        ...{ ...sources.of('brackets.min_rr'), note: null },
      }
    : { rule: 'brackets are off', value: rr, limit: null, ...told.brackets.origin, note: told.brackets.note }
  return { step, reason: `target over stop is ${fixed(rr)}, below min_rr ${fixed(brackets.min_rr)}` }
}

function levelSteps(
  { row, rules: { brackets } }: DecisionQuestion,
  { side, stop, target, minutes }: Decision,
  sources: PolicySources,
): DecisionStep[] {
  const level = (
    id: 'stop' | 'target',
    key: 'atr_mult_stop' | 'atr_mult_target',
    value: number,
  ): DecisionStep => ({
    ...{ id, rule: `${fixed(brackets[key])} ATR from the reference price ${fixed(row.close)}` },
    ...{ value: side === 0 ? null : known(value), limit: brackets[key], effect: 'sets' },
    ...sources.of(`brackets.${key}`),
    note: brackets.enabled ? null : 'brackets are off: the level is shown, the trade ends with its label',
  })
  return [
    level('stop', 'atr_mult_stop', stop),
    level('target', 'atr_mult_target', target),
    {
      ...{ id: 'time_stop', value: minutes, limit: null, effect: 'sets', note: null },
      ...(brackets.enabled
        ? { rule: 'minutes of trading until the time is up', ...sources.of('brackets.time_stop_minutes') }
        : { rule: 'minutes of trading until the label ends', from: 'model', source: null }),
    },
  ]
}

function orderOf(row: DecisionRow, rules: TradeRules, decision: Decision, size_r: number): Order | null {
  const { side, size, stop, target, rr, minutes } = decision
  if (side === 0 || !Number.isFinite(stop) || !Number.isFinite(target)) return null
  return {
    side: side > 0 ? 'buy' : 'sell',
    score_total: row.p,
    size,
    size_r,
    entry_mode: rules.brackets.entry_mode,
    entry_ref_px: row.close,
    stop_px: stop,
    target_px: target,
    rr,
    time_stop_minutes: minutes,
    contract: null,
  }
}

/** The end of the path in words. */
export function outcomeOf({ order, stopped }: Pick<RowDecision, 'order' | 'stopped'>): Outcome {
  const isSignal = order !== null && (stopped === null || stopped.id === 'contract')
  if (stopped !== null || order === null) {
    const reason = stopped?.reason ?? 'the row has no prices'
    return {
      trade: false,
      signal: isSignal,
      reason: `no trade because ${reason}`,
      stopped_by: stopped?.id ?? null,
      order: null,
    }
  }
  const { side, size, size_r, entry_ref_px, stop_px, target_px, contract } = order
  const what = contract === null ? '' : ` by ${contract.occ_symbol}`
  const share = size === 1 ? '' : ` at ${fixed(size)} of the full size`
  const reason = `${side} ${size_r} R${share} near ${fixed(entry_ref_px)}${what}, stop ${fixed(stop_px)}, target ${fixed(target_px)}`
  return { trade: true, signal: isSignal, reason, stopped_by: null, order }
}
