import { fromJson, toJson } from './json-column.ts'
import type { Clock, Query, Value } from './query.ts'

export interface View {
  id: string
  screen: string
  name: string
  params: Record<string, string>
  created_at: string
}

type Stored = Omit<View, 'id' | 'params'> & { id: number; params: string }
const parsed = (row: Stored): View => ({ ...row, id: String(row.id), params: fromJson(row.params) })

/** Named views of a screen, each the parameters of a link. */
export function createViews({ all, get, run }: Query, clock: Clock) {
  const one = (condition: string, ...values: Value[]): View | undefined => {
    const row = get<Stored>(`SELECT * FROM views WHERE ${condition}`, ...values)
    return row && parsed(row)
  }
  return {
    list: (screen: string): View[] =>
      all<Stored>('SELECT * FROM views WHERE screen = ? ORDER BY name', screen).map(parsed),
    save({ screen, name, params }: Pick<View, 'screen' | 'name' | 'params'>): View {
      run(
        `INSERT INTO views (screen, name, params, created_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (screen, name) DO UPDATE SET params = excluded.params`,
        screen,
        name,
        toJson(params),
        clock(),
      )
      return one('screen = ? AND name = ?', screen, name)!
    },
    /** The view that was removed. */
    remove(id: number): View | undefined {
      const view = one('id = ?', id)
      run('DELETE FROM views WHERE id = ?', id)
      return view
    },
  }
}
