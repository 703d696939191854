import type { MatrixReply } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import {
  CorrelationChart,
  DayCoverageChart,
  DriftChart,
  MissingChart,
} from '#renderer/charts/matrix-charts.tsx'
import { DataBadge } from '#renderer/components/badge.tsx'
import { formatCount, formatPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { Sha } from '#renderer/components/sha.tsx'
import { Stats } from '#renderer/components/stats.tsx'
import { DriftTable } from './drift-table.tsx'
import { FirstRows } from './first-rows.tsx'
import { LeakageVerdicts } from './leakage-verdicts.tsx'
import { HourCoverage, LabelBalance, labelledRows, MissingBars } from './matrix-bars.tsx'
import { QaChecks } from './qa-checks.tsx'

/** Everything known about one matrix. */
export function MatrixView({ sha }: { sha: string }) {
  const query = useQuery('getMatrixProfile', { params: { matrix_sha: sha }, query: { rows: 100 } })
  return (
    <QueryView query={query} lines={8}>
      {(reply) => <Profile reply={reply} />}
    </QueryView>
  )
}

function Profile({ reply: { matrix, profile, columns, first_rows: firstRows } }: { reply: MatrixReply }) {
  const red = profile.leakage_flags.filter((flag) => flag.level === 'red').length
  const labelled = labelledRows(profile.label_balance)
  return (
    <>
      <Stats
        label="Matrix"
        stats={[
          { label: 'Rows', value: formatCount(profile.rows) },
          { label: 'Labelled', value: formatCount(labelled) },
          { label: 'Features', value: formatCount(profile.features) },
          { label: 'Missing values', value: formatPercent(profile.nan_pct) },
          { label: 'Leaking columns', value: formatCount(red), tone: red > 0 ? 'loss' : 'gain' },
        ]}
      />
      <Panel title="What it is made of" note={<DataBadge simulated={matrix.simulated} />}>
        <div className="row" style={{ gap: 24 }}>
          <span>
            <span className="muted">sha </span>
            <Sha label="matrix sha" sha={matrix.matrix_sha} />
          </span>
          <span>
            <span className="muted">ticker </span>
            {matrix.ticker}, {matrix.cadence}
          </span>
          <span>
            <span className="muted">window </span>
            {matrix.date_window.start} – {matrix.date_window.end}
          </span>
          <span>
            <span className="muted">fills </span>
            {matrix.fill.replaceAll('_', ' ')}
          </span>
          <span>
            <span className="muted">sources </span>
            {matrix.sources.map((source) => source.id).join(', ')}
          </span>
          <span>
            <span className="muted">file </span>
            <code>{matrix.csv_uri}</code>
          </span>
        </div>
      </Panel>
      <div className="columns stretch quarters">
        <LeakageVerdicts flags={profile.leakage_flags} features={profile.features} />
        <QaChecks qa={profile.qa} />
        <LabelBalance balance={profile.label_balance} />
        <HourCoverage hours={profile.coverage_by_hour} />
      </div>
      <div className="columns stretch" style={{ '--column': '460px' }}>
        <Panel title="Correlation of features">
          <CorrelationChart correlation={profile.correlation} />
        </Panel>
        <Panel title="Missing values along time">
          {profile.missing_map.columns.length === 0 ? (
            <p className="muted">Nothing is missing: every feature has a value in every row.</p>
          ) : (
            <MissingChart map={profile.missing_map} />
          )}
        </Panel>
      </div>
      <div className="columns" style={{ '--column': '460px' }}>
        <Panel title="Rows by day">
          <DayCoverageChart days={profile.coverage_by_day} />
        </Panel>
        <Panel
          title="Drift of the target"
          note={<span className="muted">rolling mean, one deviation to either side</span>}
        >
          <DriftChart rolling={profile.drift_summary.rolling} />
        </Panel>
      </div>
      <div className="columns" style={{ '--column': '460px' }}>
        <MissingBars stats={profile.nan_stats} />
        <DriftTable drift={profile.drift_summary} />
      </div>
      <FirstRows sha={matrix.matrix_sha} columns={columns} rows={firstRows} />
    </>
  )
}
