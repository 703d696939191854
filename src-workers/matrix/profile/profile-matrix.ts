import { sessionDate } from '#shared/calendar/sessions.ts'
import type { LeakageFlag, Matrix, MatrixProfile } from '#shared/jobs/matrix-types.ts'
import { correlate } from './correlation-map.ts'
import { summariseDrift } from './drift-summary.ts'
import { reportQa } from './qa-report.ts'

const MAP_BINS = 40

/** Diagnostics of a built matrix; `leakageFlags` come from the scan. */
export function profileMatrix(matrix: Matrix, leakageFlags: LeakageFlag[]): MatrixProfile {
  const nanStats = matrix.features.map((column, i) => ({ column, nan_pct: missingShare(matrix.columns[i]!) }))
  return {
    rows: matrix.rows,
    features: matrix.features.length,
    label_balance: balanceLabels(matrix),
    nan_pct: nanStats.length ? nanStats.reduce((sum, { nan_pct: n }) => sum + n, 0) / nanStats.length : 0,
    nan_stats: nanStats,
    qa: reportQa(matrix, nanStats),
    coverage_by_hour: coverHours(matrix),
    coverage_by_day: coverDays(matrix),
    correlation: correlate(matrix),
    missing_map: mapMissing(matrix),
    drift_summary: summariseDrift(matrix),
    leakage_flags: leakageFlags,
  }
}

function balanceLabels({ classes, y }: Matrix): Record<string, number> {
  const counts = Object.fromEntries([...classes, 'unlabelled'].map((name) => [name, 0]))
  for (const each of y) counts[each < 0 ? 'unlabelled' : classes[each]!]!++
  return counts
}

function missingShare(values: Float64Array): number {
  let missing = 0
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i]!)) missing++
  return values.length ? missing / values.length : 0
}

function coverHours({ rows, hourEt, y }: Matrix): MatrixProfile['coverage_by_hour'] {
  const byHour = new Map<number, { hour: number; rows: number; labelled: number }>()
  for (let row = 0; row < rows; row++) {
    const hour = hourEt[row]!
    const entry = byHour.get(hour) ?? { hour, rows: 0, labelled: 0 }
    entry.rows++
    if (y[row]! >= 0) entry.labelled++
    byHour.set(hour, entry)
  }
  return [...byHour.values()].sort((a, b) => a.hour - b.hour)
}

function coverDays({ rows, session }: Matrix): MatrixProfile['coverage_by_day'] {
  const days: MatrixProfile['coverage_by_day'] = []
  let last = -1
  for (let row = 0; row < rows; row++) {
    if (session[row] !== last) days.push({ date: sessionDate(session[row]!), rows: 0 })
    last = session[row]!
    days[days.length - 1]!.rows++
  }
  return days
}

/** Share of missing values by column and stretch of time, for columns that miss any. */
function mapMissing({ rows, session, features, columns }: Matrix): MatrixProfile['missing_map'] {
  const bins = Math.min(MAP_BINS, rows)
  const edge = (bin: number) => Math.floor((bin * rows) / bins)
  const gappy = features.flatMap((column, i) =>
    missingShare(columns[i]!) > 0 ? [{ column, data: columns[i]! }] : [],
  )
  return {
    bins: Array.from({ length: bins }, (_, bin) => sessionDate(session[edge(bin)]!)),
    columns: gappy.map(({ column }) => column),
    share: gappy.map(({ data }) =>
      Array.from({ length: bins }, (_, bin) => missingShare(data.subarray(edge(bin), edge(bin + 1)))),
    ),
  }
}
