import type { WritableColumns } from '#main/lake/columns.ts'
import { partOf } from '#main/lake/series-files.ts'
import type { SeriesChange } from '#main/lake/series-store.ts'
import { roundAsStored } from '#main/lake/tables.ts'
import { changesOf, diffRows } from './diff-rows.ts'
import { createGapFinder } from './find-gaps.ts'
import type { ImportRequest } from './import-request.ts'
import type { ImportKind } from './kinds/define-kind.ts'
import { kinds } from './kinds/index.ts'
import type { Laid } from './report.ts'
import { emptyRows, filterRows, type Pause, type Rows } from './rows.ts'
import type { Scanned } from './scan-file.ts'

/** What a file does to a series, part by part: counted in a dry run, else also staged in the change of the series. */
export async function layOver(
  series: SeriesChange,
  scanned: Scanned,
  request: ImportRequest,
  pause: Pause,
  stage: ((part: string, changes: WritableColumns) => Promise<void>) | null,
): Promise<Laid> {
  const kind = kinds[request.kind]
  const joins = series.source === null || series.source === request.source
  const gaps = createGapFinder(kind.slots(request))
  const inspector = kind.inspector(request)
  const laid: Laid = {
    ...{ added: 0, replaced: 0, dropped: 0, equal: 0, differing: 0, good: 0, jumps: [], problems: [] },
    ...{ incomplete: new Set(), incompleteRows: 0, first: -1, last: -1, warnings: [] },
    gaps: gaps.find(),
  }
  if (kind.isSummed) laid.incomplete = scanned.counts.badSessions
  const spans = partsOf(kind, scanned.table.sessions())
  const names = new Set([...spans.keys(), ...(joins ? [] : series.parts)])
  for (const part of [...names].sort()) {
    await pause()
    const { fresh, told } = await loadPart(kind, scanned, spans.get(part), laid, pause)
    gaps.add(fresh)
    inspector.add(fresh)
    laid.good += fresh.length
    if (fresh.length > 0) {
      if (laid.first < 0) laid.first = kind.tsOf(fresh, 0)
      laid.last = kind.tsOf(fresh, fresh.length - 1)
    }
    const columns = await series.read(part)
    const stored = columns ? kind.ofTable(columns) : emptyRows(kind.columns)
    const diff = diffRows(kind, fresh, stored, { joins, overwrites: request.overwrites }, told)
    for (const name of ['added', 'replaced', 'dropped', 'equal', 'differing'] as const)
      laid[name] += diff[name]
    if (stage === null || (joins && diff.added + diff.replaced === 0)) continue
    await stage(part, changesOf(kind, diff))
    await series.put(part, diff.after.length === 0 ? null : kind.toTable(diff.after))
  }
  return { ...laid, gaps: gaps.find(), ...inspector.find(scanned.counts, laid.good) }
}

/** Sessions of a file by the part of the series that they lie in. */
function partsOf(kind: ImportKind, sessions: number[]): Map<string, { first: number; last: number }> {
  const spans = new Map<string, { first: number; last: number }>()
  for (const session of sessions) {
    const part = partOf(kind.id, session)
    spans.set(part, { first: spans.get(part)?.first ?? session, last: session })
  }
  return spans
}

/** Rows of a part as the lake would give them back, and as the file says them. */
async function loadPart(
  kind: ImportKind,
  { table, counts }: Scanned,
  span: { first: number; last: number } | undefined,
  laid: Laid,
  pause: Pause,
): Promise<{ fresh: Rows; told: Rows }> {
  if (span === undefined) {
    const none = emptyRows([...kind.columns, 'line'])
    return { fresh: none, told: none }
  }
  const all = await table.load(span.first, span.last)
  const { badSessions } = counts
  const isWhole = (row: number) => !badSessions.has(all.values['session']![row]!)
  const rows = kind.isSummed && badSessions.size > 0 ? filterRows(all, isWhole) : all
  laid.incompleteRows += all.length - rows.length
  for (const name of kind.columns) roundAsStored(kind.id, name, rows.values[name]!)
  const told: Rows = { length: rows.length, values: { ...rows.values } }
  for (const name of kind.computed) told.values[name] = rows.values[name]!.slice()
  await kind.complete?.(rows, pause, (text, count) =>
    counts.notes.set(text, (counts.notes.get(text) ?? 0) + count),
  )
  for (const name of kind.computed) roundAsStored(kind.id, name, rows.values[name]!)
  return { fresh: rows, told }
}
