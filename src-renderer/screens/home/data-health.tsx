import { useQuery } from '#renderer/api/use-query.ts'
import { Badge, DataBadge } from '#renderer/components/badge.tsx'
import { formatCount, formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { formatDay } from '#renderer/components/time.ts'
import { useLinkTo } from '#renderer/stores/context.ts'

/** Every series of the lake with its source and span, and pack files that could not be read. */
export function DataHealth({ problems, isLoading }: { problems: number; isLoading: boolean }) {
  const linkTo = useLinkTo()
  const catalog = useQuery('getDataCatalog', {})
  const packs = useQuery('listPacks', problems > 0 ? {} : null).data?.packs ?? []
  return (
    <Panel
      title="Data"
      flush
      note={problems > 0 && <Badge tone="bad">{formatPlural(problems, 'pack file')} with a problem</Badge>}
    >
      {packs.flatMap((pack) =>
        pack.problems.map((problem) => (
          <p key={`${problem.path}:${problem.line}:${problem.message}`} className="banner tone-bad">
            <span className="grow">
              {problem.path}
              {problem.line === null ? '' : `, line ${problem.line}`}: {problem.message}
            </span>
          </p>
        )),
      )}
      <QueryView query={catalog}>
        {({ series }) =>
          series.length === 0 ? (
            <EmptyState title="No data yet" action={<a href={linkTo('data')}>Import a file</a>}>
              {isLoading
                ? 'The sample data appears here once it is prepared.'
                : 'Models can be built on the series that are here.'}
            </EmptyState>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
            <ul className="list scroll" aria-label="Series" tabIndex={0}>
              {series.map((row) => (
                <li
                  key={`${row.ticker} ${row.kind} ${row.cadence} ${row.source}`}
                  title={row.note ?? row.source}
                >
                  <span className="grow">
                    <strong>{row.ticker}</strong> {row.kind.replaceAll('_', ' ')} {row.cadence ?? ''}
                    <br />
                    <span className="muted">
                      {formatDay(row.first)} – {formatDay(row.last)} ·{' '}
                      <span className="nowrap">{formatCount(row.rows)} rows</span>
                    </span>
                  </span>
                  <DataBadge simulated={row.simulated} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Panel>
  )
}
