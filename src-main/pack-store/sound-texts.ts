import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { replaceAtomicSync, temporaryPath } from '#main/workspace/atomic-file.ts'

/** Values of texts that were parsed and found sound before, each by the sha of its kind and text. Never throws. */
export interface SoundTexts {
  /** Undefined where the text is not known. Callers share the value and leave it as it is. */
  get: (kind: string, text: string) => unknown
  add: (kind: string, text: string, value: unknown) => void
  /** Keeps what was asked for or added for the next start, and nothing else. */
  save: () => void
}

interface Kept {
  program: string
  values: Record<string, unknown>
}

/** For a program whose rules may change from one start to the next. */
export const noSoundTexts: SoundTexts = { get: () => undefined, add: () => {}, save: () => {} }

/** Kept at `path` for the `program` that found them so; another one judges for itself. */
export function keepSoundTexts(path: string, program: string): SoundTexts {
  const kept = read(path, program)
  const used = new Map<string, unknown>()
  let isChanged = false
  const keyOf = (kind: string, text: string) =>
    createHash('sha256').update(kind).update('\0').update(text).digest('base64url')
  return {
    get(kind, text) {
      const key = keyOf(kind, text)
      const value = kept.get(key)
      if (value !== undefined) used.set(key, value)
      return value
    },
    add(kind, text, value) {
      // YAML knows values that JSON does not.
      if (!isDeepStrictEqual(JSON.parse(JSON.stringify(value) ?? 'null'), value)) return
      const key = keyOf(kind, text)
      used.set(key, value)
      isChanged = true
    },
    save() {
      if (isChanged) write(path, { program, values: Object.fromEntries(used) })
      isChanged = false
    },
  }
}

/**
 * Name of the built chunk that a module is in, which has the hash of its code and of all it imports; null where code changes under the
 * same name, as sources do and the entries of the build.
 */
export function builtProgram(filename = import.meta.filename): string | null {
  return basename(dirname(filename)) === 'chunks' ? basename(filename) : null
}

function read(path: string, program: string): Map<string, unknown> {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept
    if (kept.program === program) return new Map(Object.entries(kept.values))
  } catch {
    // Not there yet, or not whole: everything is parsed once more.
  }
  return new Map()
}

function write(path: string, kept: Kept): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    const temporary = temporaryPath(path)
    writeFileSync(temporary, JSON.stringify(kept))
    replaceAtomicSync(temporary, path)
  } catch {
    // A start that is slower next time is no reason to fail this one.
  }
}
