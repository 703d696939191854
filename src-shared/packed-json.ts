/** JSON of plain data with typed arrays as arrays of numbers. */
export function packedJson(value: unknown): string {
  return JSON.stringify(unpack(value))
}

function unpack(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>)
  if (Array.isArray(value)) return typeof value[0] === 'object' ? value.map(unpack) : value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unpack(each)]))
}
