/** A module that knows which of its functions a test never asked for. */
export function recorded<T extends object>(module: T): { used: T; unused: () => string[] } {
  const asked = new Set<string>()
  const copy: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(module)) {
    copy[name] = value
    if (typeof value !== 'function') continue
    copy[name] = (...inputs: unknown[]) => {
      asked.add(name)
      return value(...inputs)
    }
  }
  const functions = Object.keys(module).filter((name) => typeof copy[name] === 'function')
  return { used: copy as T, unused: () => functions.filter((name) => !asked.has(name)) }
}
