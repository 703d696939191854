import { SigmaError } from '#shared/errors.ts'

const maxLevels = 50
const maxValues = 5000

/**
 * Refuses JSON no pack file could hold, before anything walks it by recursion or looks each key up.
 * @throws INVALID_PARAM for more than 50 levels or 5,000 values
 */
export function requireModest(value: unknown, what: string): void {
  let level: unknown[] = [value]
  let count = 0
  for (let depth = 0; level.length > 0; depth++) {
    count += level.length
    if (depth > maxLevels || count > maxValues) {
      throw new SigmaError(
        'INVALID_PARAM',
        `${what} has more than ${maxLevels} levels or ${maxValues} values`,
      )
    }
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
  }
}
