import type { BacktestRun } from '#renderer/api/types.ts'
import { HeatTable } from '#renderer/charts/heat-table.tsx'
import { formatCount, formatPercent, formatSignedPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { formatHour } from '#renderer/components/time.ts'

/** Mean trade of each run by the hour of its decision. */
export function HourHeat({ replies }: { replies: readonly BacktestRun[] }) {
  const hours = [...new Set(replies.flatMap((reply) => reply.hours.map(({ hour }) => hour)))]
  hours.sort((a, b) => a - b)
  return (
    <Panel title="Mean trade by hour" note={<span className="muted">New York</span>}>
      {hours.length === 0 ? (
        <EmptyState title="These runs decide once a day" />
      ) : (
        <HeatTable
          label="Mean trade by run and hour"
          corner="Run"
          rows={replies.map(({ run }) => `#${run.id}`)}
          columns={hours.map(formatHour)}
          cell={(r, c) => {
            const found = replies[r]?.hours.find(({ hour }) => hour === hours[c])
            if (found === undefined) return undefined
            return {
              value: found.mean_ret,
              text: formatSignedPercent(found.mean_ret, 3),
              title: `${formatCount(found.trades)} trades, ${formatPercent(found.win_rate)} won`,
            }
          }}
        />
      )}
    </Panel>
  )
}
