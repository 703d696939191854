import type { Static } from 'typebox'
import type { SelectionItem as SelectionItemSchema } from '#shared/contract/selections.ts'
import { fromJson, toJson } from './json-column.ts'
import type { Clock, Query } from './query.ts'

export type SelectionItem = Static<typeof SelectionItemSchema>
export interface Selection {
  selection_id: string
  items: SelectionItem[]
  created_at: string
}

/** Kept sets of configurations. */
export function createSelections({ get, run }: Query, clock: Clock) {
  return {
    add: (items: SelectionItem[]): number =>
      run('INSERT INTO selections (items, created_at) VALUES (?, ?)', toJson(items), clock()).id,
    get(id: number): Selection | undefined {
      const row = get<{ items: string; created_at: string }>(
        'SELECT items, created_at FROM selections WHERE id = ?',
        id,
      )
      return row && { selection_id: String(id), items: fromJson(row.items), created_at: row.created_at }
    },
  }
}
