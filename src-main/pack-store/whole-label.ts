/** A patch that names another label replaces the whole block: parameters of the old one would not fit it. */
export function wholeLabel(partial: Record<string, unknown>, config: unknown): Record<string, unknown> {
  const next = partial['label']
  const now = (config as { label?: unknown } | undefined)?.label
  if (!isRecord(next) || !isRecord(now)) return partial
  const name = next['kind'] ?? next['type']
  if (name === undefined || name === (now['kind'] ?? now['type'])) return partial
  const cleared = Object.fromEntries(Object.keys(now).map((key) => [key, null]))
  return { ...partial, label: { ...cleared, ...next } }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
