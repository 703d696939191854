import type { LeaderboardRow } from '#renderer/api/types.ts'
import { type Brush, brushOf, type NameAxis, toggleKey } from '#renderer/charts/brushes.ts'
import { type HeatEdge, HeatTable } from '#renderer/charts/heat-table.tsx'
import { formatNumber, formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'
import { KeptNote } from './kept-note.tsx'
import { hoursAxis, ruleAxis } from './sweep-axes.ts'

interface SweepHeatmapProps {
  rows: readonly LeaderboardRow[]
  within: readonly boolean[]
  brushes: readonly Brush[]
  onBrush: (brushes: readonly Brush[]) => void
}

/** Sharpe by rule and hours: a stable edge is a patch of one colour, not one lucky cell. */
export function SweepHeatmap({ rows, within, brushes, onBrush }: SweepHeatmapProps) {
  const linkTo = useLinkTo()
  const [rules, hours] = [ruleAxis(rows), hoursAxis(rows)]
  const byCell = new Map(rows.map((_, i) => [`${rules.values[i]}|${hours.values[i]}`, i]))
  const edgeOf = (axis: NameAxis): HeatEdge => ({
    isOn: (place) => {
      const brush = brushOf(brushes, axis.id)
      return brush !== undefined && 'keys' in brush && brush.keys.includes(axis.names[place]!.key)
    },
    toggle: (place) => onBrush(toggleKey(brushes, axis, axis.names[place]!.key)),
  })
  return (
    <Panel
      title="Sharpe by rule and hours"
      note={<KeptNote id="heatmap" kept={within.filter(Boolean).length} total={rows.length} />}
    >
      <HeatTable
        label="Sharpe by rule and hours"
        corner="Acts on"
        rows={rules.names.map(({ label }) => label)}
        columns={hours.names.map(({ label }) => label)}
        rowEdge={edgeOf(rules)}
        {...(hours.names.length > 1 ? { columnEdge: edgeOf(hours) } : {})}
        cell={(r, c) => {
          const place = byCell.get(`${rules.names[r]?.key}|${hours.names[c]?.key}`)
          const row = place === undefined ? undefined : rows[place]
          if (row === undefined) return undefined
          return {
            value: row.metrics.sharpe ?? null,
            text: `${formatNumber(row.metrics.sharpe)}${row.gate.pass ? ' ✓' : ''}`,
            title: `${formatPlural(row.metrics.trades ?? 0, 'trade')}; a ✓ passes its gate`,
            href: linkTo('run', { id: row.id }),
            isDim: within[place ?? -1] === false,
          }
        }}
      />
    </Panel>
  )
}
