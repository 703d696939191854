import type { LeaderboardRow } from '#renderer/api/types.ts'
import { HeatTable } from '#renderer/charts/heat-table.tsx'
import { describeRule } from '#renderer/components/describe-config.ts'
import { formatNumber, formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { formatHours } from '#renderer/components/time.ts'
import { useLinkTo } from '#renderer/stores/context.ts'

/** Sharpe by rule and hours: a stable edge is a patch of one colour, not one lucky cell. */
export function SweepHeatmap({ rows }: { rows: readonly LeaderboardRow[] }) {
  const linkTo = useLinkTo()
  const byCell = new Map(
    rows.map((row) => [`${describeRule(row.config)}|${formatHours(row.config.allowed_hours)}`, row]),
  )
  const rules = inOrder(rows, (row) => describeRule(row.config))
  const hours = inOrder(rows, (row) => formatHours(row.config.allowed_hours))
  return (
    <Panel title="Sharpe by rule and hours" note={<span className="muted">a ✓ passes its gate</span>}>
      <HeatTable
        label="Sharpe by rule and hours"
        corner="Acts on"
        rows={rules}
        columns={hours}
        cell={(r, c) => {
          const row = byCell.get(`${rules[r]}|${hours[c]}`)
          if (row === undefined) return undefined
          return {
            value: row.metrics.sharpe ?? null,
            text: `${formatNumber(row.metrics.sharpe)}${row.gate.pass ? ' ✓' : ''}`,
            title: formatPlural(row.metrics.trades ?? 0, 'trade'),
            href: linkTo('run', { id: row.id }),
          }
        }}
      />
    </Panel>
  )
}

/** Distinct names, thresholds before shares, each in order of value. */
function inOrder(rows: readonly LeaderboardRow[], name: (row: LeaderboardRow) => string): string[] {
  const sorted = rows.toSorted(
    (a, b) =>
      b.config.kind.localeCompare(a.config.kind) * -1 ||
      a.config.value.localeCompare(b.config.value, 'en', { numeric: true }),
  )
  return [...new Set(sorted.map(name))]
}
