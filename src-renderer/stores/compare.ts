import { create } from 'zustand'

/** More curves than this cannot be told apart. */
export const MAX_COMPARED = 8

interface Comparison {
  /** Run ids in the order they were chosen. */
  ids: readonly string[]
  toggle: (id: string) => void
  clear: () => void
}

/** Runs ticked for comparison, on whichever grid. The link of the compare screen keeps them; this does not. */
export const useCompare = create<Comparison>()((set) => ({
  ids: [],
  toggle: (id) =>
    set(({ ids }) => {
      if (ids.includes(id)) return { ids: ids.filter((each) => each !== id) }
      return ids.length < MAX_COMPARED ? { ids: [...ids, id] } : { ids }
    }),
  clear: () => set({ ids: [] }),
}))

/** Run ids of a link: "3,1,2", each once, at most eight; whatever is not a number is left out. */
export function parseRunIds(text: string | undefined): string[] {
  const ids = (text ?? '').split(/[\s,#]+/).filter((part) => /^\d{1,15}$/.test(part))
  return [...new Set(ids.map((id) => String(Number(id))))].slice(0, MAX_COMPARED)
}
