import { useEffect } from 'react'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import {
  formatBytes,
  formatCount,
  formatPercent,
  formatPlural,
  MISSING,
} from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { Stats } from '#renderer/components/stats.tsx'
import { UsageBar } from '#renderer/components/usage-bar.tsx'
import type { ReplyOf } from '#shared/contract/index.ts'

type Health = ReplyOf<'getAdminHealth'>

const EVERY_MS = 10_000
/** The write-ahead log is written back long before this. */
const WAL_LIMIT = 64e6

/** What the workstation stands on: ledger, schema, cache, worker threads, disk. Looked at again every ten seconds. */
export function HealthTab() {
  const query = useQuery('getAdminHealth', {})
  const { retry } = query
  // biome-ignore lint/correctness/useExhaustiveDependencies: retry is another function at each look, of the same query
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && retry(), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <QueryView query={query} lines={8}>
      {(health) => (
        <>
          <ErrorLine error={query.error} />
          <KeyFigures health={health} />
          <div className="columns thirds">
            <LedgerPanel health={health} onCheck={retry} />
            <DiskPanel health={health} />
            <SchemaPanel health={health} />
          </div>
        </>
      )}
    </QueryView>
  )
}

function KeyFigures({ health: { db, workers, cache, disk, migrations } }: { health: Health }) {
  return (
    <Stats
      label="State of the workstation"
      stats={[
        { label: 'Ledger', value: db.ok ? 'sound' : 'damaged', tone: db.ok ? 'gain' : 'loss' },
        { label: 'Ledger size', value: formatBytes(db.bytes) },
        { label: 'Write-ahead log', value: formatBytes(db.wal_bytes) },
        { label: 'Schema', value: formatCount(migrations.current) },
        { label: 'Workers busy', value: `${workers.busy} of ${workers.threads}` },
        { label: 'Work waiting', value: formatCount(workers.queued) },
        { label: 'Cache', value: formatBytes(cache.bytes) },
        { label: 'Disk free', value: formatBytes(disk.free_bytes) },
      ]}
    />
  )
}

function LedgerPanel({ health: { db, workers }, onCheck }: { health: Health; onCheck: () => void }) {
  return (
    <Panel
      title="Ledger and workers"
      note={<Badge tone={db.ok ? 'good' : 'bad'}>{db.ok ? 'checked, sound' : 'damaged'}</Badge>}
      actions={
        <Button small onClick={onCheck}>
          Check now
        </Button>
      }
    >
      {!db.ok && (
        <div className="banner tone-bad" role="alert">
          <span className="grow">
            SQLite found faults. Stop the workstation and restore a backup; the faults: {db.faults.join('; ')}
          </span>
        </div>
      )}
      <dl className="pairs">
        <dt>Pages</dt>
        <dd>
          {formatCount(db.page_count)} of {formatBytes(db.page_size)}, {formatCount(db.free_pages)} free
        </dd>
        <dt>Write-ahead log</dt>
        <dd className="row">
          <UsageBar label="Write-ahead log against its bound" used={db.wal_bytes} limit={WAL_LIMIT} />
          {formatBytes(db.wal_bytes)} of {formatBytes(WAL_LIMIT)}
        </dd>
        <dt>Worker threads</dt>
        <dd className="row">
          <UsageBar label="Worker threads busy" used={workers.busy} limit={workers.threads} />
          {workers.busy} of {workers.threads} busy, {formatCount(workers.queued)} waiting
        </dd>
      </dl>
    </Panel>
  )
}

function DiskPanel({ health: { disk, cache } }: { health: Health }) {
  const { free_bytes, total_bytes } = disk
  const isKnown = free_bytes !== null && total_bytes !== null && total_bytes > 0
  return (
    <Panel title="Disk">
      <dl className="pairs">
        <dt>In use</dt>
        <dd className="row">
          {isKnown ? (
            <>
              <UsageBar label="Disk in use" used={total_bytes - free_bytes} limit={total_bytes} />
              {formatPercent(1 - free_bytes / total_bytes, 0)} of {formatBytes(total_bytes)}
            </>
          ) : (
            <span className="muted">{MISSING} this file system does not tell</span>
          )}
        </dd>
        <dt>Free</dt>
        <dd>{formatBytes(free_bytes)}</dd>
        <dt>Cache of scores</dt>
        <dd>
          {formatBytes(cache.bytes)} in {formatPlural(cache.files, 'file')}; deleting <code>cache/</code>{' '}
          costs time only
        </dd>
      </dl>
    </Panel>
  )
}

function SchemaPanel({ health: { migrations } }: { health: Health }) {
  return (
    <Panel title="Schema" note={<Badge>version {migrations.current}</Badge>} flush>
      <ol className="list">
        {migrations.applied.map((name) => (
          <li key={name}>
            <code className="grow">{name}</code>
            <Badge tone="good">applied</Badge>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
