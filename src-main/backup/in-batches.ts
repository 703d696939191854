const BATCH = 64

/**
 * Does work for each item, many at once and the results in order. One after the other each would wait for its turn behind every
 * write of a busy ledger: dozens of times as long.
 */
export async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let from = 0; from < items.length; from += BATCH) {
    const batch = await Promise.allSettled(items.slice(from, from + BATCH).map(work))
    // All have ended before one of them fails the rest: nothing goes on writing behind whoever cleans up.
    for (const each of batch) {
      if (each.status === 'rejected') throw each.reason
      results.push(each.value)
    }
  }
  return results
}
