import type { MatrixProfile } from '#renderer/api/types.ts'
import { BarList } from '#renderer/components/bar-list.tsx'
import { formatCount, formatPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { formatHour } from '#renderer/components/time.ts'

const WARN = 0.1
const FAIL = 0.3
const SHOWN = 24

/** The key of rows without a label among the classes. */
const UNLABELLED = 'unlabelled'

export const labelledRows = (balance: MatrixProfile['label_balance']): number =>
  Object.entries(balance).reduce((sum, [name, count]) => (name === UNLABELLED ? sum : sum + count), 0)

/** Rows of each class, as a share of the labelled ones. */
export function LabelBalance({ balance }: { balance: MatrixProfile['label_balance'] }) {
  const classes = Object.entries(balance).filter(([name]) => name !== UNLABELLED)
  const total = labelledRows(balance)
  const without = balance[UNLABELLED] ?? 0
  const tones: Record<string, 'good' | 'bad'> = { UP: 'good', DOWN: 'bad' }
  return (
    <Panel
      title="Label balance"
      note={without > 0 && <span className="muted">{formatCount(without)} rows without</span>}
    >
      <BarList
        label="Label balance"
        bars={classes.map(([name, count]) => ({
          name,
          share: total === 0 ? 0 : count / total,
          text: `${formatPercent(total === 0 ? null : count / total)} · ${formatCount(count)}`,
          tone: tones[name],
        }))}
      />
    </Panel>
  )
}

/** Rows of each New York hour, and how many of them carry a label. */
export function HourCoverage({ hours: all }: { hours: MatrixProfile['coverage_by_hour'] }) {
  // Daily rows have the hour −1.
  const hours = all.filter(({ hour }) => hour >= 0)
  const most = Math.max(1, ...hours.map((hour) => hour.rows))
  return (
    <Panel title="Rows by hour" note={<span className="muted">labelled of all</span>}>
      {hours.length === 0 ? (
        <p className="muted">One row a day.</p>
      ) : (
        <BarList
          label="Rows by hour"
          bars={hours.map(({ hour, rows, labelled }) => ({
            name: formatHour(hour),
            share: labelled / most,
            text: `${formatCount(labelled)} of ${formatCount(rows)}`,
          }))}
        />
      )}
    </Panel>
  )
}

/** The emptiest columns first. */
export function MissingBars({ stats }: { stats: MatrixProfile['nan_stats'] }) {
  const holes = stats.filter((stat) => stat.nan_pct > 0).toSorted((a, b) => b.nan_pct - a.nan_pct)
  return (
    <Panel
      title="Missing values by column"
      note={
        holes.length > SHOWN && (
          <span className="muted">
            the worst {SHOWN} of {holes.length}
          </span>
        )
      }
    >
      {holes.length === 0 ? (
        <EmptyState title="No value is missing" />
      ) : (
        <BarList
          label="Missing values by column"
          bars={holes.slice(0, SHOWN).map(({ column, nan_pct }) => ({
            name: column,
            share: nan_pct,
            text: formatPercent(nan_pct),
            tone: nan_pct >= FAIL ? 'bad' : nan_pct >= WARN ? 'warn' : undefined,
          }))}
        />
      )}
    </Panel>
  )
}
