import type { SeriesRow } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { formatCount, formatPercent, formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { Table } from '#renderer/components/table.tsx'
import type { InputOf } from '#shared/contract/index.ts'
import { kindTitle, previewCadence } from './describe-series.ts'
import { GapHeatmap } from './gap-heatmap.tsx'
import { type Coverage, type GapDay, gapYears } from './gap-weeks.ts'
import { OriginBadge } from './origin-badge.tsx'

/** Where a series has holes: session by session against the calendar of the exchange. */
export function GapPanel({ series }: { series: SeriesRow }) {
  const cadence = previewCadence(series)
  const query: InputOf<'getCoverage'>['query'] = {
    ticker: series.ticker,
    kind: series.kind as NonNullable<InputOf<'getCoverage'>['query']['kind']>,
    ...(cadence === undefined ? {} : { cadence }),
  }
  const coverage = useQuery('getCoverage', { query })
  return (
    <Panel
      title={`Gaps of ${series.ticker} ${cadence ?? ''} ${kindTitle(series.kind)}`.replace('  ', ' ')}
      note={<OriginBadge series={series} />}
      actions={<CopyRequest operationId="getCoverage" input={{ query }} />}
    >
      <QueryView query={coverage} lines={6}>
        {(found) => {
          const years = gapYears(found)
          const holes = years
            .flatMap(({ weeks }) => weeks)
            .flatMap(({ days }) => days)
            .filter((day) => day !== undefined && day.share < 1)
          return (
            <>
              <Verdict coverage={found} />
              <GapHeatmap years={years} unit={found.unit} ticker={series.ticker} />
              {holes.length > 0 && <HoleTable holes={holes as GapDay[]} unit={found.unit} />}
            </>
          )
        }}
      </QueryView>
    </Panel>
  )
}

function Verdict({ coverage: { totals, unit } }: { coverage: Coverage }) {
  const holes = totals.partial + totals.empty
  const share = totals.expected === null ? null : totals.present / totals.expected
  return (
    <p className={holes > 0 ? 'loss' : 'muted'} data-testid="gap-verdict">
      {holes === 0
        ? `All ${formatPlural(totals.sessions, 'session')} from the first to the last have ${totals.expected === null ? unit : `all their ${unit}`}.`
        : `${formatPlural(totals.empty, 'session')} of ${formatCount(totals.sessions)} without any, ${formatCount(totals.partial)} with some missing.`}
      {share !== null && holes > 0 && ` ${formatPercent(share, 2)} of the ${unit} are there.`}
      {totals.outside > 0 && ` ${formatPlural(totals.outside, 'bar')} fit no place of the calendar.`}
    </p>
  )
}

function HoleTable({ holes, unit }: { holes: readonly GapDay[]; unit: Coverage['unit'] }) {
  return (
    <Table
      label="Sessions with holes"
      rows={holes}
      rowKey={({ date }) => date}
      maxHeight={220}
      columns={[
        { title: 'Session', cell: ({ date, isHalfDay }) => (isHalfDay ? `${date} (half day)` : date) },
        {
          title: unit.charAt(0).toUpperCase() + unit.slice(1),
          numeric: true,
          cell: (day) => formatCount(day.present),
        },
        { title: 'Expected', numeric: true, cell: (day) => formatCount(day.expected) },
        {
          title: 'Missing (New York)',
          wrap: true,
          cell: (day) => (day.present === 0 ? 'the whole session' : day.spans.join(', ')),
        },
      ]}
    />
  )
}
