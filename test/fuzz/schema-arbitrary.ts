import fc from 'fast-check'

/** The part of JSON Schema that the contract speaks. */
export interface Schema {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  patternProperties?: Record<string, Schema>
  items?: Schema
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  minItems?: number
  maxItems?: number
}

export type Arb = fc.Arbitrary<unknown>

/** Values that a schema allows. Fields that `byName` knows come from there: a model id that exists says more than a random one. */
export function validValues(schema: Schema, byName: Record<string, Arb>, name = ''): Arb {
  const known = byName[name]
  if (known !== undefined) return known
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => validValues(each, byName)))
  const { minItems = 0, maxItems = 3, items = {} } = schema
  switch (schema.type) {
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'integer':
      return fc.integer(integerBounds(schema))
    case 'number':
      return fc.double({ ...numberBounds(schema), noNaN: true, noDefaultInfinity: true })
    case 'string':
      return textOf(schema)
    case 'array':
      return fc.array(validValues(items, byName, name.replace(/s$/, '')), {
        minLength: minItems,
        maxLength: Math.min(maxItems, Math.max(3, minItems)),
      })
    case 'object':
      return validObject(schema, byName)
  }
  return fc.constantFrom<unknown>(1, 'x', true, null)
}

export function validObject(
  schema: Schema,
  byName: Record<string, Arb>,
): fc.Arbitrary<Record<string, unknown>> {
  const { properties = {}, required = [] } = schema
  const fields = Object.entries(properties).map(([name, each]) => [name, validValues(each, byName, name)])
  return fc.record(Object.fromEntries(fields) as Record<string, Arb>, { requiredKeys: required })
}

/** Values at the edges of a schema and a step beyond them. */
export function edgeValues(schema: Schema): Arb {
  const edges: unknown[] = []
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(edgeValues))
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength = 0, maxLength = 100 } = schema
  for (const bound of [minimum, maximum, exclusiveMinimum, exclusiveMaximum]) {
    if (bound !== undefined) edges.push(bound, bound - 1, bound + 1, bound + 1e-9)
  }
  if (schema.type === 'string') {
    edges.push(...[minLength - 1, minLength, maxLength, maxLength + 1].map((n) => 'x'.repeat(Math.max(0, n))))
  }
  if (schema.type === 'array') {
    const { minItems = 0, maxItems = 100 } = schema
    edges.push([], new Array(Math.max(0, minItems - 1)).fill('x'), new Array(maxItems + 1).fill('0.5'))
  }
  if (schema.enum) edges.push(`${String(schema.enum[0])} `, String(schema.enum[0]).toUpperCase())
  return fc.constantFrom<unknown>(...edges, 0, -1, '')
}

function textOf({ pattern, minLength = 0, maxLength = 40 }: Schema): Arb {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  return fc.string({ minLength, maxLength: Math.min(maxLength, 40) })
}

function integerBounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema) {
  const min = minimum ?? (exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1)
  return { min, max: Math.min(maximum ?? (exclusiveMaximum ?? 1001) - 1, 2 ** 31 - 1) }
}

function numberBounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema) {
  return {
    min: minimum ?? exclusiveMinimum ?? -1000,
    max: maximum ?? exclusiveMaximum ?? 1000,
    minExcluded: exclusiveMinimum !== undefined,
    maxExcluded: exclusiveMaximum !== undefined,
  }
}
