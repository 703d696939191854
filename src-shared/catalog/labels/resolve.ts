import { Value } from 'typebox/value'
import type { Cadence } from '#shared/catalog/indicators/define.ts'
import { didYouMean, SigmaError } from '#shared/errors.ts'
import type { Label } from './define.ts'
import { labels } from './index.ts'

export type LabelParams = Record<string, unknown>

/** A label with complete, valid parameters; `params` has the schema's key order, so equal labels give equal JSON. */
export interface ResolvedLabel {
  label: Label
  params: LabelParams
  classes: readonly string[]
  horizonBars: number
  /** Label in short, such as `next_bar_updown(1)`. */
  text: string
}

/**
 * Reads a label as configs and requests spell it: `'fwd_ret_5d'`, `{ type: 'next_bar_updown', horizon: 1 }`,
 * `{ kind: 'headfake_reversal', params: { … } }`, `{ kind: 'regression', target: 'fwd_ret_close_to_open' }`.
 * @throws INVALID_PARAM for an unknown label, an unknown parameter or a value out of range
 */
export function resolveLabel(block: unknown): ResolvedLabel {
  const { name, given } = readBlock(block)
  const { id, implied } = readName(name)
  const label = labels.get(id)
  if (label === undefined) {
    throw new SigmaError(
      'INVALID_PARAM',
      `unknown label ${name}${didYouMean(name, [...labels.keys(), 'regression'])}`,
    )
  }
  for (const [key, value] of Object.entries(implied)) {
    if (Object.hasOwn(given, key) && given[key] !== value) {
      throw new SigmaError(
        'INVALID_PARAM',
        `label ${name}: ${key} ${JSON.stringify(given[key])} contradicts its name`,
      )
    }
  }
  const params = completeParams(label, { ...given, ...implied })
  const shown = Object.entries(params).filter(([key]) => !['k_sigma', 'fixed_bp'].includes(key))
  return {
    label,
    params,
    classes: label.classes(params),
    horizonBars: label.horizonBars(params),
    text: shown.length === 0 ? label.id : `${label.id}(${shown.map(([, value]) => value).join(', ')})`,
  }
}

/** @throws INVALID_PARAM for a label that no bar of the cadence can have, saying which bars can and which labels those bars can have */
export function requireCadence(label: Label, params: LabelParams, cadence: Cadence): void {
  const fitting = label.cadences(params)
  if (fitting.includes(cadence)) return
  const others = [...labels.values()].filter((each) =>
    each.cadences(completeParams(each, {})).includes(cadence),
  )
  const where = fitting.length === 0 ? 'no bar can have it' : `it can be had on bars of ${fitting.join(', ')}`
  throw new SigmaError(
    'INVALID_PARAM',
    `label ${label.id} with ${JSON.stringify(params)} cannot be had on ${cadence} bars: ${where}; labels of ${cadence} bars are ${others.map(({ id }) => id).join(', ')}`,
  )
}

function readBlock(block: unknown): { name: string; given: LabelParams } {
  if (typeof block === 'string') return { name: block.trim(), given: {} }
  if (!isRecord(block)) {
    throw new SigmaError('INVALID_PARAM', `label must be a name or a block, got ${JSON.stringify(block)}`)
  }
  const { kind, type, params, target, ...flat } = block
  const name = kind ?? type
  if (typeof name !== 'string') {
    throw new SigmaError('INVALID_PARAM', `label must name its kind, got ${JSON.stringify(block)}`)
  }
  if (params !== undefined && params !== null && !isRecord(params)) {
    throw new SigmaError(
      'INVALID_PARAM',
      `label ${name}: params must be an object, got ${JSON.stringify(params)}`,
    )
  }
  const given = { ...flat, ...(params ?? {}) }
  if (name.trim() !== 'regression') {
    return { name: name.trim(), given: target === undefined ? given : { ...given, target } }
  }
  if (typeof target !== 'string') {
    throw new SigmaError(
      'INVALID_PARAM',
      `label regression: target must be a return such as fwd_ret_close_to_open, got ${JSON.stringify(target)}`,
    )
  }
  return { name: target.trim(), given }
}

function readName(name: string): { id: string; implied: LabelParams } {
  const days = /^fwd_ret_([1-9][0-9]{0,3})d$/.exec(name)
  if (days !== null) return { id: 'fwd_ret', implied: { days: Number(days[1]) } }
  return { id: name === 'fwd_ret_close_to_open' ? 'close_to_open' : name, implied: {} }
}

function completeParams(label: Label, given: LabelParams): LabelParams {
  const { properties } = label.params
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(properties, key)) continue
    const near = didYouMean(key, Object.keys(properties))
    throw new SigmaError('INVALID_PARAM', `label ${label.id}: unknown parameter ${key}${near}`)
  }
  const complete: LabelParams = {}
  for (const [key, schema] of Object.entries(properties)) {
    const value = given[key] ?? (isRecord(schema) ? schema['default'] : undefined)
    if (value === undefined) continue
    const [fault] = Value.Errors(schema, value)
    if (fault !== undefined) {
      throw new SigmaError(
        'INVALID_PARAM',
        `label ${label.id}: ${key} ${JSON.stringify(value)} ${fault.message}`,
      )
    }
    complete[key] = value
  }
  const fault = label.fault?.(complete) ?? null
  if (fault !== null) throw new SigmaError('INVALID_PARAM', `label ${label.id}: ${fault}`)
  return complete
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
