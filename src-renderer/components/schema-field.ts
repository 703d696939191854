import { formatCount, formatNumber } from './format.ts'

/** What a form needs to know of a JSON Schema. */
export interface FieldSchema {
  type?: string
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly FieldSchema[]
  properties?: Readonly<Record<string, FieldSchema>>
  description?: string
  default?: unknown
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
  exclusiveMaximum?: number
  maxLength?: number
  pattern?: string
}

export type Field =
  | { kind: 'choice'; values: readonly string[]; nullable: boolean }
  | { kind: 'flag'; nullable: boolean }
  | { kind: 'number'; integer: boolean; nullable: boolean; range: string; schema: FieldSchema }
  | { kind: 'date'; nullable: boolean }
  | { kind: 'text'; nullable: boolean; schema: FieldSchema }
  | { kind: 'group'; properties: Readonly<Record<string, FieldSchema>> }
  /** What no form of ours can hold: it is edited in the file. */
  | { kind: 'other' }

/** Which input a schema asks for. */
export function fieldOf(schema: FieldSchema): Field {
  const { anyOf } = schema
  if (anyOf !== undefined) return fieldOfUnion(schema, anyOf)
  if (schema.enum?.every((each) => typeof each === 'string') === true) {
    return { kind: 'choice', values: schema.enum as string[], nullable: false }
  }
  if (schema.type === 'boolean') return { kind: 'flag', nullable: false }
  if (schema.type === 'integer' || schema.type === 'number') {
    return {
      kind: 'number',
      integer: schema.type === 'integer',
      nullable: false,
      range: rangeOf(schema),
      schema,
    }
  }
  if (schema.type === 'string') {
    const isDate = schema.description?.startsWith('Date as YYYY-MM-DD') === true
    return isDate ? { kind: 'date', nullable: false } : { kind: 'text', nullable: false, schema }
  }
  if (schema.properties !== undefined) return { kind: 'group', properties: schema.properties }
  return { kind: 'other' }
}

/** A choice of texts, or one thing that may be null. */
function fieldOfUnion(schema: FieldSchema, anyOf: readonly FieldSchema[]): Field {
  const rest = anyOf.filter(({ type }) => type !== 'null')
  const isNullable = rest.length < anyOf.length
  if (rest.length > 0 && rest.every((each) => typeof each.const === 'string')) {
    return { kind: 'choice', values: rest.map((each) => String(each.const)), nullable: isNullable }
  }
  const [only, ...others] = rest
  if (only === undefined || others.length > 0) return { kind: 'other' }
  const { description, default: fallback } = schema
  const field = fieldOf({
    ...only,
    ...(description === undefined ? {} : { description }),
    ...(fallback === undefined ? {} : { default: fallback }),
  })
  return field.kind === 'group' || field.kind === 'other' ? field : { ...field, nullable: isNullable }
}

/** "1 to 500", "above 0 to 1", "from 2". */
function rangeOf({ minimum, exclusiveMinimum, maximum, exclusiveMaximum, type }: FieldSchema): string {
  const write = (value: number) =>
    type === 'integer' ? formatCount(value) : trimZeros(formatNumber(value, 4))
  const low =
    exclusiveMinimum !== undefined
      ? `above ${write(exclusiveMinimum)}`
      : minimum === undefined
        ? ''
        : write(minimum)
  const high =
    exclusiveMaximum !== undefined
      ? `below ${write(exclusiveMaximum)}`
      : maximum === undefined
        ? ''
        : write(maximum)
  if (low !== '' && high !== '') return `${low} to ${high}`
  if (low !== '') return low.startsWith('above') ? low : `from ${low}`
  return high === '' || high.startsWith('below') ? high : `up to ${high}`
}

const trimZeros = (text: string): string => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')

/** A typed text as the value of a field, or why it cannot be one. Empty stands for the default. */
export function readField(field: Field, text: string): { value: unknown } | { problem: string } {
  const typed = text.trim()
  if (typed === '') return { value: null }
  if (field.kind === 'flag') return { value: typed === 'true' }
  if (field.kind !== 'number') return { value: typed }
  const value = Number(typed.replace(',', '.'))
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = field.schema
  const isFitting =
    Number.isFinite(value) &&
    (!field.integer || Number.isInteger(value)) &&
    value >= (minimum ?? value) &&
    value <= (maximum ?? value) &&
    (exclusiveMinimum === undefined || value > exclusiveMinimum) &&
    (exclusiveMaximum === undefined || value < exclusiveMaximum)
  if (isFitting) return { value }
  return {
    problem: `${field.integer ? 'a whole number' : 'a number'}${field.range === '' ? '' : `, ${field.range}`}`,
  }
}

/** A value as the text of its input. */
export const fieldText = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)
