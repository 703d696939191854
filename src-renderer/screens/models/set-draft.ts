import type { InputOf, ReplyOf } from '#shared/contract/index.ts'

export type Indicator = NonNullable<ReplyOf<'listIndicators'>['indicators']>[number]
export type EntryState = ReplyOf<'checkIndicatorSet'>['entries'][number]
export type IndicatorSpec = InputOf<'checkIndicatorSet'>['body']['indicators'][number]

/** One line of a set, with a name of its own that it keeps wherever it is moved. */
export interface DraftEntry {
  id: number
  spec: IndicatorSpec
}

export interface SetDraft {
  description: string
  entries: readonly DraftEntry[]
}

let lastId = 0
export const entryOf = (spec: IndicatorSpec): DraftEntry => ({ id: ++lastId, spec })

export const draftOf = (indicators: readonly string[], description: string | null): SetDraft => ({
  description: description ?? '',
  entries: indicators.map(entryOf),
})

/** Whether two drafts would be written alike. */
export const isSameDraft = (a: SetDraft, b: SetDraft): boolean =>
  a.description === b.description &&
  JSON.stringify(a.entries.map(({ spec }) => spec)) === JSON.stringify(b.entries.map(({ spec }) => spec))

export const addEntry = (draft: SetDraft, spec: IndicatorSpec): SetDraft => ({
  ...draft,
  entries: [...draft.entries, entryOf(spec)],
})

export const removeEntry = (draft: SetDraft, id: number): SetDraft => ({
  ...draft,
  entries: draft.entries.filter((entry) => entry.id !== id),
})

/** One place up or down; at the end it stays. */
export function moveEntry(draft: SetDraft, id: number, by: -1 | 1): SetDraft {
  const at = draft.entries.findIndex((entry) => entry.id === id)
  const to = at + by
  if (at < 0 || to < 0 || to >= draft.entries.length) return draft
  const entries = [...draft.entries]
  const [moved] = entries.splice(at, 1)
  entries.splice(to, 0, moved!)
  return { ...draft, entries }
}

/** An entry with a parameter set, null for its default; what else it has stays as the host has read it. */
export function setParam(
  draft: SetDraft,
  id: number,
  state: EntryState,
  change: Readonly<Record<string, unknown>>,
): SetDraft {
  const params = Object.fromEntries(
    Object.entries({ ...state.params, ...change }).filter(([, value]) => value !== null),
  )
  const entries = draft.entries.map((entry) =>
    entry.id === id ? { id, spec: { name: state.name ?? '', params } } : entry,
  )
  return { ...draft, entries }
}

/** Indicators whose name, words or category hold every typed word; those by whose name it starts first. */
export function findIndicators(
  all: readonly Indicator[],
  text: string,
  category: string,
): readonly Indicator[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const start = words[0] ?? ''
  const rank = ({ name, aliases }: Indicator) =>
    name === start ? 0 : name.startsWith(start) || aliases.includes(start) ? 1 : 2
  return all
    .filter((each) => category === '' || each.category === category)
    .filter((each) => {
      const { name, title, doc, aliases, subcategory } = each
      const hay = `${name} ${title} ${doc} ${aliases.join(' ')} ${each.category} ${subcategory}`.toLowerCase()
      return words.every((word) => hay.includes(word))
    })
    .toSorted((a, b) => rank(a) - rank(b))
}
