/** `array`, or a copy with room for at least `needed` elements (growth by half keeps copying linear in all). */
export function withRoom<T extends Float64Array | Int32Array | Uint8Array>(array: T, needed: number): T {
  if (needed <= array.length) return array
  const larger = new (array.constructor as new (length: number) => T)(
    Math.max(needed, Math.ceil(array.length * 1.5)),
  )
  larger.set(array as never)
  return larger
}
