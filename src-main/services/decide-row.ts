import type { ExecutionEffective } from '#shared/catalog/packs/policy.ts'
import type { DecisionStep, Order, Outcome } from '#shared/contract/explain-row.ts'
import type { PolicySources } from './decision-sources.ts'

type Origin = Pick<DecisionStep, 'from' | 'source'>

/** A row with all that its decision rests on. NaN for what is missing. */
export interface RowFacts {
  /** Directional probability. */
  p: number
  hour: number | null
  /** A same-day model has no bar left to trade after the last one of its session. */
  isLastBar: boolean
  close: number
  atr: number
  /** The gate is null where it is off. */
  momentum: {
    gate: { column: string; value: number; min: number } | null
    origin: Origin
    note: string | null
  }
  hours: { allowed: number[] | null; origin: Origin; note: string | null }
  threshold: { value: number; origin: Origin; note: string | null }
  sizeR: { value: number; origin: Origin }
  /** Minutes that a trade without brackets is held. */
  labelMinutes: number
  execution: ExecutionEffective
}

export interface RowDecision {
  steps: DecisionStep[]
  /** In the direction that the score leans to, whether or not it trades; null where it has none. */
  order: Order | null
  /** The first rule that says no. */
  stopped: { id: DecisionStep['id']; reason: string } | null
}

const fixed = (value: number): string =>
  Number.isFinite(value) ? Number(value.toPrecision(6)).toString() : 'unknown'
const known = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** Walks one row from its score to an order, by the rules that signals are made with. Every rule is shown, also behind a stop. */
export function decideRow(facts: RowFacts, sources: PolicySources): RowDecision {
  const { p, close, atr, execution } = facts
  const { brackets } = execution
  const steps: DecisionStep[] = []
  let stopped: RowDecision['stopped'] = null
  const add = (step: Omit<DecisionStep, 'note'> & { note?: string | null }): void => {
    steps.push({ note: null, ...step })
  }
  const check = (
    step: Omit<DecisionStep, 'note' | 'effect'> & { note?: string | null },
    passes: boolean,
    reason: string,
  ): void => {
    add({ ...step, effect: passes ? 'passes' : 'stops' })
    if (!passes) stopped ??= { id: step.id, reason }
  }

  const side = p > 0.5 ? 'buy' : p < 0.5 ? 'sell' : null
  const confidence = Math.max(p, 1 - p)
  const { threshold, hours, momentum, sizeR } = facts
  check(
    {
      ...{ id: 'threshold', rule: 'the probability of the likelier side reaches the threshold' },
      ...{ value: known(confidence), limit: threshold.value, ...threshold.origin, note: threshold.note },
    },
    confidence >= threshold.value && side !== null,
    side === null
      ? Number.isNaN(p)
        ? 'the row has no score'
        : 'both sides are equally likely'
      : `${side === 'buy' ? 'up' : 'down'} has probability ${fixed(confidence)}, below the threshold ${fixed(threshold.value)}`,
  )
  const { allowed } = hours
  const inHours = allowed === null || facts.hour === null || allowed.includes(facts.hour)
  const hoursReason = inHours
    ? 'it is the last bar of its session: a same-day model has nothing left to trade'
    : `hour ${facts.hour} is not one of ${allowed?.join(', ')}`
  check(
    {
      ...{ id: 'hours', rule: 'the hour of the bar may decide, and its session goes on' },
      ...{ value: facts.hour, limit: allowed?.join(', ') ?? null, ...hours.origin },
      note: facts.isLastBar ? 'the last bar of its session' : hours.note,
    },
    inHours && !facts.isLastBar,
    hoursReason,
  )
  const { gate } = momentum
  if (gate === null) {
    add({
      ...{ id: 'momentum', rule: 'the momentum gate is off', value: null, limit: null, effect: 'passes' },
      ...momentum.origin,
      note: momentum.note,
    })
  } else {
    const isShort = side === 'sell'
    const limit = isShort ? -gate.min : gate.min
    check(
      {
        id: 'momentum',
        rule: `${gate.column} ${isShort ? 'is at most minus' : 'reaches'} the least momentum`,
        ...{ value: known(gate.value), limit, ...momentum.origin, note: momentum.note },
      },
      isShort ? gate.value <= limit : gate.value >= limit,
      `${gate.column} is ${fixed(gate.value)}, ${isShort ? 'above' : 'below'} ${fixed(limit)}`,
    )
  }
  const size = execution.size_by_conf ? Math.min(Math.abs(2 * p - 1), execution.conf_cap) : 1
  check(
    {
      id: 'size',
      rule: execution.size_by_conf ? 'size is |2p − 1|, at most the cap' : 'every trade has the full size',
      value: known(size),
      limit: execution.size_by_conf ? execution.conf_cap : null,
      ...sources.of(execution.size_by_conf ? 'conf_cap' : 'size_by_conf'),
      note: execution.size_by_conf ? 'applies to backtests; signals carry the risk units below it' : null,
    },
    size > 0,
    'its size is 0',
  )
  if (size > 0) steps.at(-1)!.effect = 'sets'
  add({
    ...{ id: 'risk', rule: 'risk units of the profile', value: sizeR.value, limit: null, effect: 'sets' },
    ...sizeR.origin,
  })
  check(
    {
      ...{ id: 'atr', rule: `the average true range over ${brackets.atr_period} bars is known` },
      ...{ value: known(atr), limit: 0, ...sources.of('brackets.atr_period') },
    },
    atr > 0,
    `the average true range over ${brackets.atr_period} bars is not known`,
  )
  const rr = brackets.atr_mult_target / brackets.atr_mult_stop
  if (brackets.enabled) {
    check(
      {
        ...{ id: 'reward_to_risk', rule: 'the target is far enough for the stop' },
        ...{ value: rr, limit: brackets.min_rr, ...sources.of('brackets.min_rr') },
      },
      rr >= brackets.min_rr,
      `target over stop is ${fixed(rr)}, below min_rr ${fixed(brackets.min_rr)}`,
    )
  } else {
    add({
      ...{ id: 'reward_to_risk', rule: 'brackets are off', value: rr, limit: null, effect: 'passes' },
      ...sources.of('brackets.enabled'),
    })
  }

  const direction = side === 'sell' ? -1 : 1
  const stop = close - direction * brackets.atr_mult_stop * atr
  const target = close + direction * brackets.atr_mult_target * atr
  const minutes = brackets.enabled ? brackets.time_stop_minutes : facts.labelMinutes
  const level = (id: 'stop' | 'target', key: string, multiple: number, value: number) =>
    add({
      ...{ id, rule: `${fixed(multiple)} ATR from the reference price ${fixed(close)}`, limit: multiple },
      ...{ value: side === null ? null : known(value), effect: 'sets', ...sources.of(`brackets.${key}`) },
      note: brackets.enabled ? null : 'brackets are off: the level is shown, the trade ends with its label',
    })
  level('stop', 'atr_mult_stop', brackets.atr_mult_stop, stop)
  level('target', 'atr_mult_target', brackets.atr_mult_target, target)
  add({
    ...{ id: 'time_stop', value: minutes, limit: null, effect: 'sets' },
    ...(brackets.enabled
      ? { rule: 'minutes of trading until the time is up', ...sources.of('brackets.time_stop_minutes') }
      : { rule: 'minutes until the label ends', from: 'model', source: null }),
  })
  const isPriced = side !== null && Number.isFinite(stop) && Number.isFinite(target)
  const order: Order | null = isPriced
    ? {
        side,
        score_total: p,
        size,
        size_r: sizeR.value,
        entry_mode: brackets.entry_mode,
        entry_ref_px: close,
        stop_px: stop,
        target_px: target,
        rr,
        time_stop_minutes: minutes,
        contract: null,
      }
    : null
  return { steps, order, stopped }
}

/** The end of the path in words. */
export function outcomeOf({ order, stopped }: Pick<RowDecision, 'order' | 'stopped'>): Outcome {
  if (stopped !== null || order === null) {
    const reason = stopped?.reason ?? 'the row has no prices'
    return {
      trade: false,
      reason: `no trade because ${reason}`,
      stopped_by: stopped?.id ?? null,
      order: null,
    }
  }
  const { side, size_r, entry_ref_px, stop_px, target_px, contract } = order
  const what = contract === null ? '' : ` by ${contract.occ_symbol}`
  const reason = `${side} ${size_r} R near ${fixed(entry_ref_px)}${what}, stop ${fixed(stop_px)}, target ${fixed(target_px)}`
  return { trade: true, reason, stopped_by: null, order }
}
