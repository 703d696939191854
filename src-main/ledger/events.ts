import type { EventMessage } from '#shared/contract/jobs.ts'
import { fromJson, toJson } from './json-column.ts'
import type { Query } from './query.ts'

/** Events worth asking for again after a lost connection. Ids come from `reserve`, so that they rise across restarts. */
export function createEventLog({ all, get, run, transaction }: Query) {
  return {
    /** Takes `count` ids out of the sequence and returns the one before the first. */
    reserve(count: number): number {
      return transaction(() => {
        const before =
          get<{ reserved_to: number }>('SELECT reserved_to FROM event_sequence')?.reserved_to ?? 0
        run('UPDATE event_sequence SET reserved_to = ?', before + count)
        return before
      })
    },
    add(event: EventMessage): void {
      run(
        'INSERT INTO events (id, type, at, data) VALUES (?, ?, ?, ?)',
        event.id,
        event.type,
        event.at,
        toJson(event.data),
      )
    },
    /** Those after an id, oldest first. */
    list(afterId: number, limit = 1000): EventMessage[] {
      return all<{ id: number; type: EventMessage['type']; at: string; data: string }>(
        'SELECT id, type, at, data FROM events WHERE id > ? ORDER BY id LIMIT ?',
        afterId,
        limit,
      ).map((row) => ({ ...row, data: fromJson(row.data) }))
    },
    /** Drops all but the newest `keep`. */
    prune(keep: number): void {
      run('DELETE FROM events WHERE id <= (SELECT id FROM events ORDER BY id DESC LIMIT 1 OFFSET ?)', keep)
    },
  }
}
export type EventLog = ReturnType<typeof createEventLog>
