import type { BacktestRun } from '#renderer/api/types.ts'
import { HeatTable } from '#renderer/charts/heat-table.tsx'
import { formatNumber, formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { correlateReturns } from './correlate-returns.ts'

/** Whether the runs earn on the same days: two that correlate are one idea twice. */
export function ReturnCorrelation({ replies }: { replies: readonly BacktestRun[] }) {
  const names = replies.map(({ run }) => `#${run.id}`)
  const pairs = replies.map((a) => replies.map((b) => correlateReturns(a.equity, b.equity)))
  return (
    <Panel title="Correlation of daily returns" note={<span className="muted">over common days</span>}>
      <HeatTable
        label="Correlation of daily returns"
        corner="Run"
        rows={names}
        columns={names}
        cell={(r, c) => {
          const pair = pairs[r]?.[c]
          if (pair === undefined) return undefined
          return { value: pair.r, text: formatNumber(pair.r), title: formatPlural(pair.days, 'common day') }
        }}
      />
    </Panel>
  )
}
