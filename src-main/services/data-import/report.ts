import type { ImportReport } from '#shared/contract/data.ts'
import { boundsOf } from './bar-grid.ts'
import { extentOf, findGaps, findJumps, findProblems } from './find-faults.ts'
import type { ImportRequest } from './import-request.ts'
import type { Scanned } from './scan-file.ts'

/** What a file holds and what is wrong with it; what it would change is filled in beside the lake. */
export function reportOf(scanned: Scanned, request: ImportRequest): ImportReport {
  const { source, sha, columns, mapping, separator, decimal, grid, counts } = scanned
  const { first, last } = extentOf(grid)
  const timeOf = (place: number) =>
    place < 0 ? null : new Date(boundsOf(place, grid.cadence).ts).toISOString()
  return {
    mode: request.mode,
    kind: 'bars',
    ticker: request.ticker,
    cadence: request.cadence,
    source: request.source,
    file: { path: source.uri, bytes: source.bytes, sha, format: source.format },
    columns: columns.slice(0, 200),
    mapping,
    separator,
    decimal,
    time_zone: request.timeZone,
    time_format: request.timeFormat,
    bar_time: request.barTime,
    rows: counts.rows,
    good: counts.good,
    bad: counts.bad,
    bad_rows: counts.badRows,
    outside_session: counts.outsideSession,
    other_tickers: counts.otherTickers,
    duplicates: {
      in_file: counts.repeats,
      in_file_differing: counts.differing,
      in_file_rows: counts.differingRows,
      in_lake: 0,
      in_lake_differing: 0,
    },
    gaps: findGaps(grid),
    jumps: findJumps(grid),
    problems: findProblems(grid, counts, request.ticker),
    warnings: warningsOf(scanned),
    first: timeOf(first),
    last: timeOf(last),
    ...{ added: 0, replaced: 0, dropped: 0 },
  }
}

function warningsOf({ mapping, columns, counts }: Scanned): string[] {
  const warnings: string[] = []
  if (mapping.volume === undefined) warnings.push('the file has no volume')
  const adjusted = columns.find((name) => /^adj/i.test(name))
  if (adjusted !== undefined && mapping.close !== adjusted) {
    warnings.push(`${adjusted} is not used: prices are taken as they stand in ${mapping.close}`)
  }
  if (counts.earlyHours > 0 && counts.outsideSession > 0) {
    warnings.push(`${counts.earlyHours} bars of 09:00 may hold trades from before the opening`)
  }
  return warnings
}
