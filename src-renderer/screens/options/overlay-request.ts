import { type FieldSchema, fieldOf, readField } from '#renderer/components/schema-field.ts'
import type { HashParams } from '#renderer/stores/hash-state.ts'
import { contract, type InputOf } from '#shared/contract/index.ts'

export type OverlayBody = InputOf<'createOptionsOverlay'>['body']
/** What of a request is not said by the top bar and the window. */
export type OverlayWish = Omit<OverlayBody, 'model_id' | 'pack_id' | 'risk_profile' | 'date'>

const properties = contract.createOptionsOverlay.body.properties as Readonly<Record<string, FieldSchema>>
const schemaOf = (name: string): FieldSchema => properties[name] ?? {}

/** A share of the mid is typed as percent. */
function inPercent(schema: FieldSchema): FieldSchema {
  return { ...schema, ...(schema.maximum === undefined ? {} : { maximum: 100 * schema.maximum }) }
}

/** Number inputs by the name that they have in the link, with the contract's limits. */
export const numberFields = {
  dte_target: fieldOf(schemaOf('dte_target')),
  spread_width: fieldOf(schemaOf('spread_width')),
  target_delta: fieldOf(schemaOf('target_delta')),
  min_oi: fieldOf(schemaOf('min_oi')),
  min_vol: fieldOf(schemaOf('min_vol')),
  max_spread_pct: fieldOf(inPercent(schemaOf('max_spread'))),
  limit: fieldOf(schemaOf('limit')),
} as const
export type NumberName = keyof typeof numberFields

export interface OverlayForm {
  wish: OverlayWish
  /** What is wrong with a typed number, by its name. */
  problems: Readonly<Partial<Record<NumberName, string>>>
}

/** The request that a link describes. What it leaves out is left to the policy, or to the contract's default. */
export function readOverlay(params: HashParams): OverlayForm {
  const wish: Record<string, unknown> = {}
  const problems: Partial<Record<NumberName, string>> = {}
  for (const name of Object.keys(numberFields) as NumberName[]) {
    if (isUnused(name, params)) continue
    const read = readField(numberFields[name], params[name] ?? '')
    if ('problem' in read) problems[name] = read.problem
    else if (typeof read.value === 'number') {
      if (name === 'max_spread_pct') wish['max_spread'] = read.value / 100
      else wish[name] = read.value
    }
  }
  if (isDate(params['expiry'])) wish['expiry'] = params['expiry']
  if (params['option_mode'] === 'vertical') wish['option_mode'] = 'vertical'
  const side = params['side_override']
  if (side === 'call' || side === 'put') wish['side_override'] = side
  for (const name of ['include_underlying_parity', 'include_premium_parity'])
    if (params[name] === 'false') wish[name] = false
  if (params['write_parity_csv'] === 'true') wish['write_parity_csv'] = true
  return { wish: wish as OverlayWish, problems }
}

/** A width means nothing for a single option, a target nothing beside a named expiry. */
function isUnused(name: NumberName, params: HashParams): boolean {
  if (name === 'spread_width') return params['option_mode'] !== 'vertical'
  return name === 'dte_target' && isDate(params['expiry'])
}

const isDate = (text: string | undefined): text is string => /^\d{4}-\d\d-\d\d$/.test(text ?? '')

/** The days whose signals are looked at; without one in the link it is the newest that has signals. */
export function readWindow(params: HashParams, newest: string): { start: string; end: string } {
  const start = isDate(params['start']) ? params['start'] : newest
  return { start, end: isDate(params['end']) ? params['end'] : start }
}

/** Calendar days from one date to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
