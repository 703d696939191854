import { formatCount, formatMoney, formatPercent, formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { ErrorState } from '#renderer/components/states.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import { NearestDays } from './nearest-days.tsx'
import type { DayBuild } from './overlay-builds.ts'
import type { SignalDay } from './signal-days.ts'

interface BuildNotesProps {
  builds: readonly DayBuild[]
  days: readonly SignalDay[]
}

const loosen = 'Choose another expiry, side or delta, or ask less of open interest, volume and spread.'

/** What a build could not do, and why: days without data, signals left out. */
export function BuildNotes({ builds, days }: BuildNotesProps) {
  const failed = builds.flatMap(({ date, error }) => (error === undefined ? [] : [{ date, error }]))
  const skipped = builds.flatMap(({ date, reply }) =>
    (reply?.skipped ?? []).map((each) => ({ ...each, date })),
  )
  const notes = builds.flatMap(({ reply }) => [
    ...(reply?.warnings ?? []),
    ...(reply?.parity_csv == null ? [] : [`Replays written to ${reply.parity_csv}`]),
  ])
  if (failed.length + skipped.length + notes.length === 0) return null
  return (
    <Panel title="Last build">
      {failed.map(({ date, error }) => {
        const hasSignals = days.some((day) => day.date === date)
        return (
          <div key={date} data-testid="overlay-refusal">
            {hasSignals ? (
              <ErrorState error={error} hint={error.code === 'NO_DATA' ? loosen : undefined} />
            ) : (
              <ErrorState
                error={error}
                hint="An option is chosen for each signal; these are the nearest days that have some."
                action={<NearestDays days={days} window={{ start: date, end: date }} />}
              />
            )}
          </div>
        )
      })}
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

const share = (title: string, get: (reply: NonNullable<DayBuild['reply']>) => number | null | undefined) => ({
  title,
  numeric: true,
  cell: ({ reply }: DayBuild) => formatPercent(reply && get(reply)),
})

const columns: readonly TableColumn<DayBuild>[] = [
  { title: 'Day', cell: ({ date }) => date },
  { title: 'Expiry', cell: ({ reply }) => reply?.expiry },
  { title: 'Positions', numeric: true, cell: ({ reply }) => formatCount(reply?.count) },
  { title: 'Left out', numeric: true, cell: ({ reply }) => formatCount(reply?.skipped.length) },
  share('Underlying at target', ({ parity }) => parity?.hit_rate),
  share('at stop', ({ parity }) => parity?.stop_rate),
  share('Premium at target', ({ parity_premium }) => parity_premium?.hit_rate_target),
  share('at its stop', ({ parity_premium }) => parity_premium?.hit_rate_stop),
  {
    title: 'P&L',
    numeric: true,
    cell: ({ reply }) => {
      const premium = reply?.parity_premium
      const pnl = premium?.ok ? premium.total_pnl : null
      return <span className={pnl === null ? 'muted' : pnl < 0 ? 'loss' : 'gain'}>{formatMoney(pnl)}</span>
    },
  },
]

/** A build of several days, day by day. */
export function BuildDays({ builds }: { builds: readonly DayBuild[] }) {
  const built = builds.filter(({ reply }) => reply !== undefined)
  if (built.length < 2) return null
  return (
    <Panel
      title="By day"
      flush
      note={<span className="muted">of the last build; a contract a signal, net</span>}
    >
      <Table
        label="Overlay by day"
        columns={columns}
        rows={built}
        rowKey={({ date }) => date}
        maxHeight={260}
      />
    </Panel>
  )
}
