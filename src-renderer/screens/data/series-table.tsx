import { useState } from 'react'
import type { SeriesRow } from '#renderer/api/types.ts'
import { formatCount, formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { Table } from '#renderer/components/table.tsx'
import { formatDay } from '#renderer/components/time.ts'
import { formatHash, useHash } from '#renderer/stores/hash-state.ts'
import { kindTitle, originOf, seriesKey } from './describe-series.ts'
import { OriginBadge } from './origin-badge.tsx'

/** Every series of the lake; a click shows it. */
export function SeriesTable({
  series,
  current,
}: {
  series: readonly SeriesRow[]
  current: SeriesRow | undefined
}) {
  const [text, setText] = useState('')
  const { params } = useHash()
  const words = text.toLowerCase().split(/\s+/)
  const shown = series.filter((row) => {
    const haystack = `${seriesKey(row)} ${kindTitle(row.kind)} ${originOf(row)}`.toLowerCase()
    return words.every((word) => haystack.includes(word))
  })
  return (
    <Panel
      title="Series"
      flush
      note={<span className="muted">{formatPlural(series.length, 'series', 'series')}</span>}
      actions={
        <input
          className="input"
          aria-label="Filter series"
          placeholder="Filter: SPY daily"
          size={16}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      }
    >
      <Table
        label="Series"
        rows={shown}
        rowKey={seriesKey}
        isCurrent={(row) => current !== undefined && seriesKey(row) === seriesKey(current)}
        maxHeight={262}
        columns={[
          {
            title: 'Ticker',
            cell: (row) => (
              <a href={formatHash('data', { ...params, series: seriesKey(row) })}>{row.ticker}</a>
            ),
          },
          { title: 'Kind', cell: (row) => kindTitle(row.kind) },
          { title: 'Cadence', cell: (row) => row.cadence ?? '' },
          { title: 'Data', cell: (row) => <OriginBadge series={row} /> },
          { title: 'First day', cell: (row) => formatDay(row.first) },
          { title: 'Last day', cell: (row) => formatDay(row.last) },
          { title: 'Rows', numeric: true, cell: (row) => formatCount(row.rows) },
          { title: 'Source', cell: (row) => <code>{row.source}</code> },
          { title: 'Known from', cell: (row) => row.known_at, spare: 1 },
          { title: 'Note', wrap: true, cell: (row) => row.note ?? '' },
        ]}
      />
    </Panel>
  )
}
