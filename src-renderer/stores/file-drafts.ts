import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'

export interface FileDraft {
  /** The file as the edit began. */
  base: string
  text: string
}

interface FileDrafts {
  /** By path. */
  drafts: Readonly<Record<string, FileDraft>>
  keep: (path: string, draft: FileDraft) => void
  drop: (path: string) => void
}

/** Edits that are not written yet: they outlive a look at another screen, and a reload of this window. */
export const useFileDrafts = create<FileDrafts>()(
  persist(
    (set) => ({
      drafts: {},
      keep: (path, draft) => set(({ drafts }) => ({ drafts: { ...drafts, [path]: draft } })),
      drop: (path) =>
        set(({ drafts }) => {
          const { [path]: _, ...rest } = drafts
          return { drafts: rest }
        }),
    }),
    { name: 'sigma-lab.drafts', storage: createJSONStorage(() => sessionStorage) },
  ),
)
