import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { StatusBadge } from '../badge.tsx'
import { Button } from '../button.tsx'
import { formatPercent } from '../format.ts'
import { isLive, ProgressBar } from '../progress-bar.tsx'
import { formatDuration } from '../time.ts'

const SHOWN = 3

/** The jobs that run now, with what is left and a way to stop them; else how the last one ended. */
export function JobStrip() {
  const rows = useQuery('listJobs', { query: { limit: 20 } }).data?.rows ?? []
  const live = rows.filter(isLive)
  const running = live.filter((job) => job.status === 'running')
  const shown = [...running, ...live.filter((job) => job.status === 'queued')].slice(0, SHOWN)
  const last = rows.find((job) => !isLive(job))
  return (
    <section className="job-strip" aria-label="Jobs" data-testid="job-strip">
      {shown.length === 0 ? (
        <span className="row muted">
          <span>No jobs running{last === undefined ? '' : ` · last: ${last.title}`}</span>
          {last !== undefined && <StatusBadge status={last.status} />}
        </span>
      ) : (
        <ul>
          {shown.map((job) => (
            <JobItem key={job.job_id} job={job} />
          ))}
        </ul>
      )}
      {live.length > shown.length && <span className="muted">and {live.length - shown.length} more</span>}
    </section>
  )
}

function JobItem({ job }: { job: JobRow }) {
  const cancel = useAction('cancelJob')
  const { done, total, note, eta_seconds: eta } = job.progress
  const share = total > 0 ? formatPercent(done / total, 0) : ''
  return (
    <li title={note ?? job.title}>
      <span className="title">{job.title}</span>
      {job.status === 'queued' ? (
        <StatusBadge status="queued" />
      ) : (
        <ProgressBar label={job.title} done={done} total={total} />
      )}
      {job.status === 'running' && (
        <span className="muted">
          {share}
          {eta !== null && ` · ${formatDuration(eta)} left`}
        </span>
      )}
      <Button
        small
        disabled={cancel.pending}
        aria-label={`Cancel ${job.title}`}
        onClick={() => void cancel.run({ params: { id: job.job_id } })}
      >
        Cancel
      </Button>
    </li>
  )
}
