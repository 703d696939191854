import type { LeaderboardRow } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { BarList } from '#renderer/components/bar-list.tsx'
import { formatCount, formatPercent, formatPlural } from '#renderer/components/format.ts'
import { reasonText } from '#renderer/components/gate-format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import type { Board } from './use-board-query.ts'

const SHOWN = 7

interface BoardSummaryProps {
  /** All of them, or the first of many. */
  rows: readonly LeaderboardRow[]
  board: Board
  total: number
}

/** How many pass, and which rules stop the others. */
export function BoardSummary({ rows, board, total }: BoardSummaryProps) {
  const isPart = rows.length < total
  const query = { ...board.query, verdicts: false, pass_gate: true, limit: 1 }
  const counted = useQuery('getLeaderboard', isPart ? { query } : null)
  const passing = isPart ? counted.data?.total : rows.filter((row) => row.gate.pass).length
  const byReason = Map.groupBy(
    rows.flatMap((row) => row.gate.reasons),
    (reason) => reason,
  )
  const reasons = [...byReason].map(([reason, hits]) => ({ reason, count: hits.length }))
  reasons.sort((a, b) => b.count - a.count)
  return (
    <Panel title="Behind the gate" note={<span className="muted">{formatPlural(total, 'run')}</span>}>
      <BarList
        label="Verdicts"
        bars={[
          {
            name: 'pass',
            share: (passing ?? 0) / total,
            text: `${formatCount(passing)} · ${formatPercent(passing === undefined ? null : passing / total, 0)}`,
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
      <p className="muted">
        A failing run counts under each rule that stops it
        {isPart && `; rules are counted among the first ${formatCount(rows.length)}`}.
      </p>
    </Panel>
  )
}
