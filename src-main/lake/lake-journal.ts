import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder, writeFileAtomic } from '#main/workspace/atomic-file.ts'
import { type SeriesEntry, writeManifest } from './manifest.ts'

/** Folder of files that are written but not yet part of the lake. */
export const stagedFolder = 'staged'
const journalFile = 'journal.json'

/** What makes a finished change of a series visible; paths are relative to the lake's folder. */
interface Journal {
  moves: { from: string; to: string }[]
  removes: string[]
}

/**
 * Makes a change of several files certain, all of it at once: it is done by whoever reads the lake next, also after a crash. What
 * is left to do are renames and removals, which a full disk does not stop.
 */
export async function commitChange(folder: string, series: SeriesEntry[], change: Journal): Promise<void> {
  const from = `${stagedFolder}/manifest.json`
  await writeManifest(join(folder, from), series)
  // The list of series goes last: a file that it names is there.
  const journal: Journal = { ...change, moves: [...change.moves, { from, to: 'manifest.json' }] }
  await writeFileAtomic(join(folder, journalFile), JSON.stringify(journal))
}

/** Does what was committed and throws away what was not. */
export async function recoverChange(folder: string): Promise<void> {
  const text = await readFile(join(folder, journalFile), 'utf8').catch(ignoreMissing)
  if (text !== undefined) await apply(folder, JSON.parse(text) as Journal)
  await discardStaged(folder)
}

export async function discardStaged(folder: string): Promise<void> {
  await rm(join(folder, stagedFolder), { recursive: true, force: true })
}

/** Each step may have been done before. */
async function apply(folder: string, { moves, removes }: Journal): Promise<void> {
  for (const { from, to } of moves) {
    const target = join(folder, to)
    await mkdir(dirname(target), { recursive: true })
    await rename(join(folder, from), target).catch(ignoreMissing)
  }
  for (const each of new Set(moves.map(({ to }) => dirname(join(folder, to))))) await syncFolder(each)
  for (const each of removes) await rm(join(folder, each), { force: true })
  await rm(join(folder, journalFile), { force: true })
}

function ignoreMissing(cause: NodeJS.ErrnoException): undefined {
  if (cause.code !== 'ENOENT') throw cause
}
