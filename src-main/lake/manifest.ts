import { readFile } from 'node:fs/promises'
import { writeFileAtomic } from '#main/workspace/atomic-file.ts'
import { SigmaError } from '#shared/errors.ts'

/** `extended_bars` lie before the open or after the close of their session: kept to be looked at, never part of `bars`. */
export type SeriesKind = 'bars' | 'extended_bars' | 'chain' | 'option_minutes' | 'index'
export type StoredCadence = '5m' | '15m' | 'hourly' | 'daily'

/** One file of a series. */
export interface SeriesPart {
  /** Path from the lake's folder, with forward slashes. */
  file: string
  /** First and last session in it. */
  firstSession: number
  lastSession: number
  rows: number
  bytes: number
  /** SHA-256 over the stored rows, column by column, independent of how the file is encoded. */
  sha: string
}

/** A complete series; files that no entry names are not part of the lake. */
export interface SeriesEntry {
  kind: SeriesKind
  ticker: string
  cadence: StoredCadence | null
  source: string
  parts: SeriesPart[]
  /** Bars: share of sessions that open exactly at the previous close. */
  opensAtCloseShare: number | null
  /** 5-minute bars: how many bars of coarser cadences can be made of them. */
  derivedRows: Partial<Record<StoredCadence, number>>
}

interface Manifest {
  version: 1
  series: SeriesEntry[]
}

/** Reads the list of complete series; a lake without one is empty. */
export async function readManifest(path: string): Promise<SeriesEntry[]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw cause
  }
  const manifest = JSON.parse(text) as Manifest
  if (manifest.version !== 1) {
    throw new SigmaError(
      'CONFLICT',
      `lake/manifest.json has version ${manifest.version}, this program knows 1`,
    )
  }
  return manifest.series
}

export async function writeManifest(path: string, series: SeriesEntry[]): Promise<void> {
  const manifest: Manifest = { version: 1, series }
  await writeFileAtomic(path, `${JSON.stringify(manifest, null, 1)}\n`)
}
