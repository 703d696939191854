import type { LeaderboardRow } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { FoldMap } from '#renderer/charts/fold-map.tsx'
import { describeConfig } from '#renderer/components/describe-config.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'

/** The folds of a row of the sweep, over the price: what was learned on, cut out and tested. */
export function SweepFolds({ row }: { row: LeaderboardRow }) {
  const run = useQuery('getBacktestRun', { params: { id: row.id } })
  const days = run.data?.folds.flatMap(({ train_start: from, test_end: to }) =>
    from === null || to === null ? [] : [from.slice(0, 10), to.slice(0, 10)],
  )
  const start = days?.toSorted()[0]
  const end = days?.toSorted().at(-1)
  const bars = useQuery(
    'getBars',
    row.ticker === null || start === undefined || end === undefined
      ? null
      : { query: { ticker: row.ticker, cadence: 'daily', start, end, max_points: 500 } },
  )
  return (
    <Panel
      title="Folds over time"
      note={
        <span className="muted">
          run {row.id}, {describeConfig(row.config)}; hover a band for its rows
        </span>
      }
    >
      <QueryView query={run} lines={3}>
        {({ folds }) => <FoldMap folds={folds} bars={bars.data} />}
      </QueryView>
    </Panel>
  )
}
