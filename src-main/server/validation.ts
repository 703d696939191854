import type { FastifySchemaValidationError } from 'fastify'
import type { TSchema } from 'typebox'
import { didYouMean, SigmaError } from '#shared/errors.ts'

/** Bodies are taken as they come: no coercion, no silent dropping of fields. */
export const ajvOptions = {
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: true,
  verbose: true,
  allErrors: false,
} as const

interface ObjectSchema {
  properties?: Record<string, { type?: string; anyOf?: { type?: string }[] }>
}

/** Query strings hold text; turns it into the number or boolean that the schema asks for and leaves what is neither as it is. */
export function coerceQuery(schema: TSchema, query: Record<string, unknown>): Record<string, unknown> {
  const { properties = {} } = schema as ObjectSchema
  const out: Record<string, unknown> = { ...query }
  for (const [name, { type }] of Object.entries(properties)) {
    const value = out[name]
    if (typeof value !== 'string') continue
    if (type === 'boolean' && (value === 'true' || value === '1')) out[name] = true
    else if (type === 'boolean' && (value === 'false' || value === '0')) out[name] = false
    else if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(value))
      out[name] = Number(value)
  }
  return out
}

interface VerboseError extends FastifySchemaValidationError {
  data?: unknown
  parentSchema?: Record<string, unknown>
}

/** INVALID_PARAM that names the field, its value and what is allowed. */
export function describeInvalid(errors: readonly FastifySchemaValidationError[], part: string): SigmaError {
  const error = (errors.at(-1) ?? errors[0]) as VerboseError
  const field = error.instancePath.slice(1).replace(/\//g, '.')
  const where = part === 'body' ? 'the body' : part === 'querystring' ? 'the query' : 'the path'
  const { params, parentSchema = {} } = error
  if (error.keyword === 'required') {
    const name = join(field, String(params['missingProperty']))
    return invalid(`${name} is missing from ${where}`, name)
  }
  if (error.keyword === 'additionalProperties') {
    const extra = String(params['additionalProperty'])
    const known = Object.keys((parentSchema['properties'] as object | undefined) ?? {})
    const name = join(field, extra)
    return invalid(`${name} is not a field of ${field || where}${didYouMean(extra, known)}`, name, {
      allowed: known,
    })
  }
  if (field === '' && error.keyword === 'type') return invalid(`${where} must be a JSON object`, where)
  const allowed = allowedBy(error, parentSchema)
  const value = brief(error.data)
  const hint =
    typeof error.data === 'string' && Array.isArray(allowed)
      ? didYouMean(error.data, allowed.map(String))
      : ''
  const expected = Array.isArray(allowed) ? `one of ${allowed.join(', ')}` : allowed
  return invalid(`${field || where} is ${value}; expected ${expected}${hint}`, field, {
    value: error.data,
    allowed,
  })
}

function invalid(message: string, field: string, details: Record<string, unknown> = {}): SigmaError {
  return new SigmaError('INVALID_PARAM', message, { details: { field, ...details } })
}

/** Allowed values as a list, or a phrase. */
function allowedBy(error: VerboseError, schema: Record<string, unknown>): unknown[] | string {
  const branches = schema['anyOf'] as Record<string, unknown>[] | undefined
  if (branches?.every((each) => 'const' in each)) return branches.map((each) => each['const'])
  if (branches !== undefined) return branches.map(phraseOf).join(' or ')
  if (Array.isArray(schema['enum'])) return schema['enum']
  if (error.keyword === 'maxItems' || error.keyword === 'minItems')
    return `a list with ${error.message ?? ''}`
  return phraseOf(schema)
}

const limits: [keyword: string, phrase: string][] = [
  ['minimum', 'at least'],
  ['exclusiveMinimum', 'above'],
  ['maximum', 'at most'],
  ['exclusiveMaximum', 'below'],
  ['minLength', 'of length at least'],
  ['maxLength', 'of length at most'],
  ['pattern', 'matching'],
]

function phraseOf(schema: Record<string, unknown>): string {
  const description = schema['description']
  const type = String(schema['type'] ?? 'value')
  const bounds = limits
    .filter(([key]) => key in schema)
    .map(([key, phrase]) => `${phrase} ${String(schema[key])}`)
  const text = [`${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`, ...bounds].join(' ')
  return typeof description === 'string' ? `${text} (${description})` : text
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing'
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
