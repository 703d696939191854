import type { TSchema } from 'typebox'

interface Parts {
  properties?: Record<string, TSchema>
  items?: TSchema
  anyOf?: (TSchema & { type?: string })[]
}

/** Every place of a schema that holds one value, as `months[].ret`. */
export function placesOf(schema: TSchema, at = ''): string[] {
  const { properties, items, anyOf } = schema as Parts
  if (properties !== undefined)
    return Object.entries(properties).flatMap(([name, each]) => placesOf(each, at ? `${at}.${name}` : name))
  if (items !== undefined) return placesOf(items, `${at}[]`)
  const some = (anyOf ?? []).filter(({ type }) => type !== 'null')
  return some.length === 0 ? [at] : [...new Set(some.flatMap((each) => placesOf(each, at)))]
}

/** The values of a reply by their place, in their order. */
export function valuesOf(
  reply: unknown,
  at = '',
  found = new Map<string, unknown[]>(),
): Map<string, unknown[]> {
  if (Array.isArray(reply)) for (const each of reply) valuesOf(each, `${at}[]`, found)
  else if (typeof reply === 'object' && reply !== null)
    for (const [name, each] of Object.entries(reply)) valuesOf(each, at ? `${at}.${name}` : name, found)
  else if (!found.get(at)?.push(reply)) found.set(at, [reply])
  return found
}

/** Equal, numbers to 1e-12 of the larger of 1 and the second one. */
export function isSame(first: unknown, second: unknown): boolean {
  return typeof first === 'number' && typeof second === 'number'
    ? Math.abs(first - second) <= 1e-12 * Math.max(1, Math.abs(second))
    : first === second
}
