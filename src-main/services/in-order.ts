/** Results in the order of the items, with so many of them in work at once. */
export async function* inOrder<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, place: number) => Promise<R>,
): AsyncGenerator<R> {
  const begun: (Promise<R> | null)[] = []
  try {
    for (let k = 0; k < items.length; k++) {
      while (begun.length < Math.min(items.length, k + atOnce)) {
        const next = work(items[begun.length]!, begun.length)
        // It is waited for in its turn; until then nobody would hear it fail.
        next.catch(() => {})
        begun.push(next)
      }
      const result = await begun[k]!
      // What was handed on is the caller's to keep or not.
      begun[k] = null
      yield result
    }
  } finally {
    // Whoever leaves early must not have work go on behind it.
    await Promise.allSettled(begun)
  }
}

export function chunksOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, k) => all.slice(k * size, (k + 1) * size))
}
