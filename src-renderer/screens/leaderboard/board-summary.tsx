import type { LeaderboardRow } from '#renderer/api/types.ts'
import { BarList } from '#renderer/components/bar-list.tsx'
import { formatCount, formatPercent, formatPlural } from '#renderer/components/format.ts'
import { reasonText } from '#renderer/components/gate-format.ts'
import { Panel } from '#renderer/components/panel.tsx'

const SHOWN = 7

/** How many pass, and which rules stop the others. */
export function BoardSummary({ rows }: { rows: readonly LeaderboardRow[] }) {
  const passing = rows.filter((row) => row.gate.pass).length
  const byReason = Map.groupBy(
    rows.flatMap((row) => row.gate.reasons),
    (reason) => reason,
  )
  const reasons = [...byReason].map(([reason, hits]) => ({ reason, count: hits.length }))
  reasons.sort((a, b) => b.count - a.count)
  return (
    <Panel title="Behind the gate" note={<span className="muted">{formatPlural(rows.length, 'run')}</span>}>
      <BarList
        label="Verdicts"
        bars={[
          {
            name: 'pass',
            share: passing / rows.length,
            text: `${formatCount(passing)} · ${formatPercent(passing / rows.length, 0)}`,
            tone: 'good',
          },
          ...reasons.slice(0, SHOWN).map(({ reason, count }) => ({
            name: reasonText(reason),
            share: count / rows.length,
            text: formatCount(count),
            tone: 'bad' as const,
          })),
        ]}
      />
      <p className="muted">A failing run counts under each rule that stops it.</p>
    </Panel>
  )
}
