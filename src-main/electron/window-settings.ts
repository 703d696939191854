import { readFileSync } from 'node:fs'
import { writeFileAtomic } from '#main/workspace/atomic-file.ts'

/** What the window remembers between starts, in the user's own folder: it is of this machine, not of a workspace. */
export interface WindowSettings {
  read: () => Record<string, unknown>
  /** Resolves when the change is on disk; changes are written one after another. */
  change: (part: Record<string, unknown>) => Promise<void>
}

export function openWindowSettings(path: string): WindowSettings {
  const known = readSettings(path)
  let last: Promise<void> = Promise.resolve()
  return {
    read: () => ({ ...known }),
    change(part) {
      Object.assign(known, part)
      const text = `${JSON.stringify(known, null, 2)}\n`
      last = last.catch(() => {}).then(() => writeFileAtomic(path, text, 0o600))
      return last
    },
  }
}

/** A file that is missing or damaged is none: the window then opens as on its first start. */
function readSettings(path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
  } catch {
    return {}
  }
}
