import { isDesktop } from '#renderer/api/desktop.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge, StatusBadge } from '#renderer/components/badge.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { formatCount, formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { ProgressBar } from '#renderer/components/progress-bar.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { Table } from '#renderer/components/table.tsx'
import { formatDay, formatDuration } from '#renderer/components/time.ts'
import { useLinkTo } from '#renderer/stores/context.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { SyncForm } from './sync-form.tsx'

type SyncState = ReplyOf<'getSync'>

/** The connection to the data vendor: key, pace, what runs, what was fetched. */
export function SyncPanel() {
  const query = useQuery('getSync', {})
  const linkTo = useLinkTo()
  return (
    <Panel
      title="Sync from a vendor"
      note={query.data !== undefined && <KeyBadge state={query.data} />}
      actions={<span className="muted">{query.data?.vendor ?? ''}</span>}
    >
      <QueryView query={query} lines={3}>
        {(state) => (
          <>
            {state.problem !== null && (
              <p className="banner tone-bad" role="alert">
                <span className="grow">{state.problem}</span>
              </p>
            )}
            {!state.has_key && isDesktop() && (
              <p className="muted">
                Enter your key in <a href={linkTo('settings')}>Settings</a>. The keychain of this machine
                keeps it, and it never leaves the machine but to the vendor.
              </p>
            )}
            {!state.has_key && !isDesktop() && (
              <p className="muted">
                Put your key into <code>POLYGON_API_KEY</code>, and the requests a minute of your plan into{' '}
                <code>POLYGON_REQUESTS_PER_MINUTE</code>, before the workstation starts. It never leaves this
                machine but to the vendor.
              </p>
            )}
            <SyncForm
              isBlocked={!state.has_key || state.problem !== null}
              isRunning={state.running !== null}
            />
            <SyncProgress state={state} />
            <Fetched state={state} />
          </>
        )}
      </QueryView>
    </Panel>
  )
}

function KeyBadge({ state }: { state: SyncState }) {
  return state.has_key ? <Badge tone="good">key set</Badge> : <Badge tone="warn">no key</Badge>
}

function SyncProgress({ state: { running, last, last_result: result, rate } }: { state: SyncState }) {
  if (running !== null) {
    const { done, total, note, eta_seconds: eta } = running.progress
    return (
      <div className="stack tight" data-testid="sync-progress">
        <ProgressBar label="Sync" done={done} total={total} />
        <span className="muted">
          {note ?? 'Waiting for its turn'}
          {eta !== null && ` · ${formatDuration(eta)} left`} ·{' '}
          {formatPlural(rate.used_last_minute, 'request')} in the last minute
          {rate.per_minute === null ? '' : ` of ${rate.per_minute}`}
          {rate.wait_ms !== null && rate.wait_ms > 0 && `, next in ${formatDuration(rate.wait_ms / 1000)}`}
        </span>
      </div>
    )
  }
  if (last === null) return null
  return (
    <>
      <p className="row">
        <span className="muted">Last sync</span>
        <StatusBadge status={last.status} />
        <span>
          {formatTime(last.finished_at ?? last.created_at)} {zoneName()}
        </span>
        {result !== null && <span className="muted">{formatPlural(result.requests, 'page')} fetched</span>}
        {last.error !== null && <span className="loss">{last.error.message}</span>}
      </p>
      {result?.warnings.map((warning) => (
        <p key={warning} className="banner tone-warn">
          <span className="grow">{warning}</span>
        </p>
      ))}
    </>
  )
}

function Fetched({ state: { fetched } }: { state: SyncState }) {
  if (fetched.length === 0) return null
  return (
    <Table
      label="What was fetched"
      rows={fetched}
      rowKey={(row) => `${row.ticker} ${row.series} ${row.first}`}
      maxHeight={220}
      columns={[
        { title: 'Ticker', cell: (row) => row.ticker },
        { title: 'Series', cell: (row) => row.series },
        { title: 'Span', cell: (row) => `${formatDay(row.first)} – ${formatDay(row.last)}` },
        { title: 'Sessions', numeric: true, cell: (row) => formatCount(row.sessions) },
        { title: 'Rows', numeric: true, cell: (row) => formatCount(row.rows) },
        { title: 'Out of hours', numeric: true, cell: (row) => formatCount(row.outside_hours) },
        { title: `Fetched (${zoneName()})`, cell: (row) => formatTime(row.fetched_at) },
      ]}
    />
  )
}
