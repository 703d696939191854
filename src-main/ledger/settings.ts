import { bit, type Clock, type Query } from './query.ts'

export interface Flag {
  key: string
  enabled: boolean
  updated_at: string
}

/** Limits by name that an admin has set; those never set are not here, and have their defaults where they are enforced. */
export function createQuotas({ all, run }: Query, clock: Clock) {
  return {
    list: (): Record<string, number> =>
      Object.fromEntries(
        all<{ key: string; value: number }>('SELECT key, value FROM quotas ORDER BY key').map(
          ({ key, value }) => [key, value],
        ),
      ),
    set(key: string, value: number): void {
      run(
        `INSERT INTO quotas (key, value, updated_at) VALUES (?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
        key,
        value,
        clock(),
      )
    },
  }
}

/** Feature flags by name. */
export function createFlags({ all, run }: Query, clock: Clock) {
  return {
    list: (): Flag[] =>
      all<Omit<Flag, 'enabled'> & { enabled: number }>('SELECT * FROM flags ORDER BY key').map((row) => ({
        ...row,
        enabled: row.enabled === 1,
      })),
    set(key: string, enabled: boolean): void {
      run(
        `INSERT INTO flags (key, enabled, updated_at) VALUES (?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET enabled = excluded.enabled, updated_at = excluded.updated_at`,
        key,
        bit(enabled),
        clock(),
      )
    },
  }
}
