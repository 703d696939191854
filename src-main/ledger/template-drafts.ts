import { type Clock, type Query, where } from './query.ts'

export interface TemplateDraft {
  template_id: string
  pack_id: string
  /** The YAML file as it will be written. */
  text: string
  /** The published file that the draft was made from; null for a new template. */
  base: string | null
  created_at: string
  updated_at: string
}

/** Model templates on their way to their packs. */
export function createTemplateDrafts({ all, get, run }: Query, clock: Clock) {
  return {
    get: (template_id: string) =>
      get<TemplateDraft>('SELECT * FROM template_drafts WHERE template_id = ?', template_id),
    /** In the order of their ids. */
    list(pack_id?: string): TemplateDraft[] {
      const { clause, values } = where({ 'pack_id = ?': pack_id })
      return all<TemplateDraft>(`SELECT * FROM template_drafts ${clause} ORDER BY template_id`, ...values)
    },
    /** Stores a draft; over an older one only the text changes. */
    put(draft: Pick<TemplateDraft, 'template_id' | 'pack_id' | 'text' | 'base'>): void {
      const now = clock()
      run(
        `INSERT INTO template_drafts (template_id, pack_id, text, base, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (template_id) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at`,
        draft.template_id,
        draft.pack_id,
        draft.text,
        draft.base,
        now,
        now,
      )
    },
    remove(template_id: string): void {
      run('DELETE FROM template_drafts WHERE template_id = ?', template_id)
    },
  }
}
