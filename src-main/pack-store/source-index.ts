import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { assemblePacks } from './assemble-packs.ts'
import {
  checkText,
  type FoundFile,
  findPackFiles,
  type PackSource,
  readPackFile,
  stampOf,
} from './pack-files.ts'
import type { PackProblem } from './problem.ts'
import { noSoundTexts, type SoundTexts } from './sound-texts.ts'
import type { AssembledPack } from './types.ts'

/** The files of all packs as last read, and the packs put together from them. */
export interface SourceIndex {
  packs(): Map<string, AssembledPack>
  source(path: string): PackSource | undefined
  /** Reads files that are new or changed, drops those that are gone; the paths concerned. */
  rescan(texts?: SoundTexts): string[]
  /** A file and its pack if it held this text, with the packs as they are otherwise. */
  tryText(file: FoundFile, text: string): TriedText
}

export interface TriedText {
  source: PackSource
  /** What would be wrong with the file, or with others because of it. */
  problems: PackProblem[]
  pack: AssembledPack | undefined
}

export function createSourceIndex(root: string): SourceIndex {
  const sources = new Map<string, PackSource>()
  let packs = new Map<string, AssembledPack>()
  const rescan = (texts: SoundTexts = noSoundTexts): string[] => {
    const changed: string[] = []
    const gone = new Set(sources.keys())
    for (const file of findPackFiles(root)) {
      gone.delete(file.path)
      const old = sources.get(file.path)
      if (old !== undefined && old.stamp === currentStamp(root, file.path)) continue
      const source = readPackFile(root, file, texts)
      // A file that stays unreadable is read at each scan, but is news only once.
      if (old !== undefined && old.stamp === 'unreadable' && source.stamp === 'unreadable') continue
      sources.set(file.path, source)
      changed.push(file.path)
    }
    for (const path of gone) {
      sources.delete(path)
      changed.push(path)
    }
    if (changed.length > 0) packs = assemblePacks(sources.values())
    return changed
  }
  return {
    packs: () => packs,
    source: (path) => sources.get(path),
    rescan,
    tryText(file, text) {
      const source = checkText(file, text)
      const pack = assemblePacks(new Map(sources).set(file.path, source).values()).get(file.packId)
      const before = new Set(packs.get(file.packId)?.problems.map((each) => JSON.stringify(each)))
      const problems = (pack?.problems ?? []).filter(
        (each) => each.path === file.path || !before.has(JSON.stringify(each)),
      )
      return { source, problems, pack }
    },
  }
}

function currentStamp(root: string, path: string): string {
  const stats = lstatSync(join(root, path), { bigint: true, throwIfNoEntry: false })
  return stats === undefined ? 'gone' : stampOf(stats)
}
