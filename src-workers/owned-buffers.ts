/** Buffers of every typed array in plain data, once each: what can be handed over instead of copied. Shared ones stay shared. */
export function ownedBuffers(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  const seen = new Set<object>()
  const pending: unknown[] = [value]
  while (pending.length > 0) {
    const each = pending.pop()
    if (typeof each !== 'object' || each === null || seen.has(each)) continue
    seen.add(each)
    if (ArrayBuffer.isView(each)) {
      if (each.buffer instanceof ArrayBuffer) found.add(each.buffer)
    } else if (each instanceof ArrayBuffer) {
      found.add(each)
    } else if (Array.isArray(each)) {
      for (const item of each) if (typeof item === 'object') pending.push(item)
    } else {
      for (const item of Object.values(each)) pending.push(item)
    }
  }
  return [...found]
}
