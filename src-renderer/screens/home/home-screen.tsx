import type { Workspace } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { formatBytes, formatCount } from '#renderer/components/format.ts'
import { isLive, ProgressBar } from '#renderer/components/progress-bar.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { Stats } from '#renderer/components/stats.tsx'
import { DataHealth } from './data-health.tsx'
import { RecentRuns } from './recent-runs.tsx'
import { ResumeBanner } from './resume-banner.tsx'
import { SuggestedSteps } from './suggested-steps.tsx'

/** What is here, and what to do next. */
export function HomeScreen() {
  const workspace = useQuery('getWorkspace', {})
  return (
    <div className="screen">
      <QueryView query={workspace} lines={8}>
        {(data) => (
          <>
            <div className="screen-head">
              <h1>{data.name}</h1>
              <span className="muted">Sigma Lab {data.version}</span>
            </div>
            <ResumeBanner jobs={data.recovered} />
            {data.sample === 'loading' && <SampleLoading workspace={data} />}
            <SuggestedSteps workspace={data} />
            <Counts workspace={data} />
            <div className="side-by-side">
              <RecentRuns />
              <DataHealth problems={data.pack_problems} isLoading={data.sample === 'loading'} />
            </div>
          </>
        )}
      </QueryView>
    </div>
  )
}

function Counts({ workspace: { counts, disk_free_bytes: disk } }: { workspace: Workspace }) {
  return (
    <Stats
      label="What is here"
      stats={[
        { label: 'Models', value: formatCount(counts.models) },
        { label: 'Matrices', value: formatCount(counts.matrices) },
        { label: 'Sweeps', value: formatCount(counts.sweeps) },
        { label: 'Runs', value: formatCount(counts.runs) },
        {
          label: 'Passing',
          value: formatCount(counts.passing),
          tone: counts.passing > 0 ? 'gain' : undefined,
        },
        { label: 'Trained', value: formatCount(counts.trained) },
        { label: 'Signals', value: formatCount(counts.signals) },
        { label: 'Disk free', value: formatBytes(disk) },
      ]}
    />
  )
}

function SampleLoading({ workspace }: { workspace: Workspace }) {
  const job = workspace.jobs.find(({ kind }) => kind === 'sample_data')
  const live = useQuery('listJobs', { query: { limit: 20 } }).data?.rows.find(
    (row) => row.kind === 'sample_data' && isLive(row),
  )
  const { done, total, note } = (live ?? job)?.progress ?? { done: 0, total: 0, note: null }
  return (
    <div className="banner tone-info" role="status">
      <span className="grow">
        The sample data is being prepared{note === null ? '' : `: ${note}`}. You can look around meanwhile.
      </span>
      <div style={{ width: 220 }}>
        <ProgressBar label="Sample data" done={done} total={total} />
      </div>
    </div>
  )
}
