import { humanize, MISSING, shortSha } from './format.ts'

/** A value of a request, whatever its shape, as a person writes it: lists by commas, blocks name by name, shas short. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return MISSING
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(describeValue).join(', ')
  if (typeof value === 'object') {
    const parts = Object.entries(value).filter(([, each]) => each !== null && each !== undefined)
    if (parts.length === 0) return 'none'
    return parts.map(([name, each]) => `${humanize(name).toLowerCase()} ${describeValue(each)}`).join(' · ')
  }
  const text = String(value)
  return /^[0-9a-f]{64}$/.test(text) ? shortSha(text) : text
}
