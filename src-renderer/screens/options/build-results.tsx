import { formatCount, formatMoney, formatPercent, formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import { useModelId } from '#renderer/stores/context.ts'
import { NearestDays } from './nearest-days.tsx'
import { type DayBuild, useBuilds } from './overlay-builds.ts'
import type { SignalDay } from './signal-days.ts'

const columns: readonly TableColumn<DayBuild>[] = [
  { title: 'Day', cell: ({ date }) => date },
  { title: 'Expiry', cell: ({ reply }) => reply?.expiry ?? '–' },
  { title: 'Positions', numeric: true, cell: ({ reply }) => formatCount(reply?.count) },
  { title: 'Left out', numeric: true, cell: ({ reply }) => formatCount(reply?.skipped.length) },
  {
    title: 'Underlying: target',
    numeric: true,
    cell: ({ reply }) => formatPercent(reply?.parity?.hit_rate),
  },
  { title: 'stop', numeric: true, cell: ({ reply }) => formatPercent(reply?.parity?.stop_rate) },
  {
    title: 'Premium: target',
    numeric: true,
    cell: ({ reply }) => formatPercent(reply?.parity_premium?.hit_rate_target),
  },
  {
    title: 'stop ',
    numeric: true,
    cell: ({ reply }) => formatPercent(reply?.parity_premium?.hit_rate_stop),
  },
  {
    title: 'P&L of a contract each',
    numeric: true,
    cell: ({ reply }) => {
      const pnl = reply?.parity_premium?.total_pnl
      return <span className={(pnl ?? 0) < 0 ? 'loss' : 'gain'}>{formatMoney(pnl)}</span>
    },
  },
]

/** The last build day by day: what was chosen, what was left out and why, and days that could not be built. */
export function BuildResults({ days }: { days: readonly SignalDay[] }) {
  const [modelId] = useModelId()
  const builds = useBuilds()
  if (builds.days.length === 0 || builds.modelId !== modelId) return null
  const built = builds.days.filter(({ reply }) => reply !== undefined)
  const failed = builds.days.filter(({ error }) => error !== undefined)
  const skipped = built.flatMap(({ reply, date }) =>
    (reply?.skipped ?? []).map((each) => ({ ...each, date })),
  )
  const notes = built.flatMap(({ reply }) => [
    ...(reply?.warnings ?? []),
    ...(reply?.parity_csv == null ? [] : [`replays written to ${reply.parity_csv}`]),
  ])
  return (
    <Panel
      title="Last build"
      note={
        <span className="muted" role="status">
          {formatPlural(built.length, 'day')} built
          {failed.length > 0 && `, ${failed.length} without data`}
        </span>
      }
    >
      {failed.map(({ date, error }) => (
        <div key={date} data-testid="overlay-refusal">
          {days.some((day) => day.date === date) ? (
            <p className="banner tone-bad" role="alert">
              <span className="grow">
                {date}: {error?.message}. {adviceOf(error?.code)}
              </span>
              <code>{error?.code}</code>
            </p>
          ) : (
            <div role="alert">
              <EmptyState
                title={error?.message ?? ''}
                action={<NearestDays days={days} window={{ start: date, end: date }} />}
              />
            </div>
          )}
        </div>
      ))}
      {built.length > 0 && (
        <Table
          label="Overlay by day"
          columns={columns}
          rows={built}
          rowKey={({ date }) => date}
          maxHeight={190}
        />
      )}
      {skipped.length > 0 && (
        <details>
          <summary>{formatPlural(skipped.length, 'signal')} left out</summary>
          <ul className="bullets">
            {skipped.map(({ signal_id, reason, date }) => (
              <li key={signal_id}>
                {date}, signal {signal_id}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
      {notes.map((note) => (
        <p key={note} className="muted">
          {note}
        </p>
      ))}
    </Panel>
  )
}

const adviceOf = (code: string | undefined): string =>
  code === 'NO_DATA'
    ? 'Choose another expiry, side or delta, or loosen the filters.'
    : 'Look at the request, then build again.'
