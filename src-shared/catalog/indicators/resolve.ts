import type { TProperties } from 'typebox'
import { Value } from 'typebox/value'
import { didYouMean, SigmaError } from '#shared/errors.ts'
import type { Indicator } from './define.ts'
import { indicators } from './index.ts'

export type IndicatorParams = Record<string, unknown>

/** An indicator with complete, valid parameters and the columns it will give. */
export interface ResolvedIndicator {
  indicator: Indicator
  params: IndicatorParams
  outputs: string[]
}

const idByAlias = new Map<string, string>()
for (const { id, aliases } of indicators.values()) for (const alias of aliases ?? []) idByAlias.set(alias, id)

/**
 * Reads an indicator as packs and requests spell it: `'rsi'`, `'rsi__period=14'`, `{ name: 'rsi', params: { period: 14 } }`
 * or flat `{ name: 'rsi', period: 14 }`. Aliases are applied, parameters defaulted and checked.
 * @throws INVALID_PARAM for an unknown indicator, an unknown parameter or a value that is out of range
 */
export function resolveIndicator(spec: unknown): ResolvedIndicator {
  const { name, given } = typeof spec === 'string' ? readText(spec) : readObject(spec)
  const indicator = indicators.get(name) ?? indicators.get(idByAlias.get(name) ?? '')
  if (!indicator) {
    const near = didYouMean(name, [...indicators.keys(), ...idByAlias.keys()])
    throw new SigmaError('INVALID_PARAM', `unknown indicator ${name}${near}`)
  }
  const params = completeParams(indicator, given)
  return { indicator, params, outputs: indicator.outputs(params) }
}

/** The canonical spelling: numbers always, texts only where they are not the default (`macd__fast=12__slow=26__signal=9`). */
export function formatIndicator(indicator: Indicator, params: IndicatorParams): string {
  let text = indicator.id
  for (const [name, schema] of Object.entries(indicator.params.properties)) {
    const value = params[name]
    if (value === undefined || (typeof value !== 'number' && value === defaultOf(schema))) continue
    text += `__${name}=${value}`
  }
  return text
}

/**
 * Parameters that name an instrument must name the one the matrix is built on.
 * @throws INVALID_PARAM where `underlying` or `ticker` is another instrument than `ticker`
 */
export function requireOwnInstrument({ indicator, params }: ResolvedIndicator, ticker: string): void {
  for (const name of ['underlying', 'ticker']) {
    const value = params[name]
    if (typeof value !== 'string' || value.toUpperCase() === ticker.toUpperCase()) continue
    throw new SigmaError(
      'INVALID_PARAM',
      `${indicator.id}: ${name} ${value} is not the model's ticker ${ticker}`,
    )
  }
}

function readText(spec: string): { name: string; given: IndicatorParams } {
  const [name = '', ...parts] = spec.trim().split('__')
  const given: IndicatorParams = {}
  for (const part of parts) {
    const at = part.indexOf('=')
    if (at < 1)
      throw new SigmaError('INVALID_PARAM', `indicator ${spec}: expected parameter=value, got ${part}`)
    addParam(given, part.slice(0, at).trim(), part.slice(at + 1).trim(), name)
  }
  return { name, given }
}

function readObject(spec: unknown): { name: string; given: IndicatorParams } {
  if (!isRecord(spec) || typeof spec['name'] !== 'string') {
    throw new SigmaError(
      'INVALID_PARAM',
      `expected an indicator as text or { name, params }, got ${JSON.stringify(spec)}`,
    )
  }
  const { name, params, ...flat } = spec
  if (params !== undefined && params !== null && !isRecord(params)) {
    throw new SigmaError(
      'INVALID_PARAM',
      `indicator ${name}: params must be an object, got ${JSON.stringify(params)}`,
    )
  }
  const { name: id, given } = readText(name as string)
  for (const each of [flat, params ?? {}]) {
    for (const [key, value] of Object.entries(each)) addParam(given, key, value, id)
  }
  return { name: id, given }
}

function addParam(given: IndicatorParams, key: string, value: unknown, indicator: string): void {
  if (Object.hasOwn(given, key)) {
    throw new SigmaError('INVALID_PARAM', `indicator ${indicator}: parameter ${key} is given twice`)
  }
  given[key] = value
}

function completeParams(indicator: Indicator, given: IndicatorParams): IndicatorParams {
  const { properties } = indicator.params
  const params: IndicatorParams = {}
  for (const [spelling, raw] of Object.entries(given)) {
    const name = indicator.paramAliases?.[spelling] ?? spelling
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (schema === undefined) {
      const near = didYouMean(spelling, [
        ...Object.keys(properties),
        ...Object.keys(indicator.paramAliases ?? {}),
      ])
      throw new SigmaError('INVALID_PARAM', `${indicator.id}: unknown parameter ${spelling}${near}`)
    }
    addParam(params, name, readValue(schema, raw), indicator.id)
  }
  // Schema order, so that equal parameters give equal JSON however they were spelled.
  const complete: IndicatorParams = {}
  for (const [name, schema] of Object.entries(properties)) {
    const value = params[name] ?? defaultOf(schema)
    if (value === undefined) continue
    // Errors are slow to look for, and there mostly are none.
    const [fault] = Value.Check(schema, value) ? [] : Value.Errors(schema, value)
    if (fault !== undefined) {
      const allowed =
        isRecord(schema) && Array.isArray(schema['enum']) ? `: ${schema['enum'].join(', ')}` : ''
      throw new SigmaError(
        'INVALID_PARAM',
        `${indicator.id}: ${name} ${JSON.stringify(value)} ${fault.message}${allowed}`,
      )
    }
    complete[name] = value
  }
  return complete
}

/** Text from YAML or a feature name becomes what the schema asks for; anything else is left for the check to refuse. */
function readValue(schema: TProperties[string], raw: unknown): unknown {
  if (typeof raw !== 'string' || Value.Check(schema, raw)) return raw
  if (raw === 'None' || raw === 'null') return null
  if (raw === 'true' || raw === 'True') return true
  if (raw === 'false' || raw === 'False') return false
  return raw !== '' && Number.isFinite(Number(raw)) ? Number(raw) : raw
}

function defaultOf(schema: TProperties[string]): unknown {
  return isRecord(schema) ? schema['default'] : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
