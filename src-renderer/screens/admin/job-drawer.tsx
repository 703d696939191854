import { Badge, StatusBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { Drawer } from '#renderer/components/drawer.tsx'
import { formatCount, MISSING } from '#renderer/components/format.ts'
import { isLive, ProgressBar } from '#renderer/components/progress-bar.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { adviceFor, etaOf, subjectLines, tookOf } from './describe-job.ts'

interface JobDrawerProps {
  job: JobRow
  means: { isBusy: boolean; cancel: (job: JobRow) => void; retry: (job: JobRow) => void }
  onClose: () => void
}

/** One job: what it works on, its times, and why it failed. */
export function JobDrawer({ job, means, onClose }: JobDrawerProps) {
  const linkTo = useLinkTo()
  const { job_id, title, status, error, progress, attempts, recovered } = job
  const modelId = typeof job.subject['model_id'] === 'string' ? job.subject['model_id'] : undefined
  return (
    <Drawer
      title={`Job ${job_id}`}
      testId="job-drawer"
      onClose={onClose}
      actions={
        isLive(job) ? (
          <Button small disabled={means.isBusy} onClick={() => means.cancel(job)}>
            Cancel
          </Button>
        ) : status === 'completed' ? null : (
          <Button small disabled={means.isBusy} onClick={() => means.retry(job)}>
            Retry
          </Button>
        )
      }
    >
      <div className="row">
        <strong>{title}</strong>
        <StatusBadge status={status} />
        {recovered && (
          <Badge tone="warn" title="It was running when the workstation stopped, and was queued again">
            resumed
          </Badge>
        )}
      </div>
      {status === 'running' && (
        <div className="stack tight">
          <ProgressBar label={title} done={progress.done} total={progress.total} />
          <span className="muted">
            {formatCount(progress.done)} of {progress.total > 0 ? formatCount(progress.total) : 'unknown'}
            {progress.note !== null && `, ${progress.note}`} · {etaOf(job)} left
          </span>
        </div>
      )}
      {error !== null && (
        <div className="banner tone-bad" role="alert">
          <span className="grow">
            {error.message}
            <br />
            {adviceFor(error.code)}
          </span>
          <code>{error.code}</code>
        </div>
      )}
      <dl className="pairs">
        <dt>Kind</dt>
        <dd>
          <code>{job.kind}</code>
        </dd>
        <dt>Tries</dt>
        <dd>{attempts}</dd>
        <dt>Queued</dt>
        <dd>{formatTime(job.created_at)}</dd>
        <dt>Started</dt>
        <dd>{job.started_at === null ? MISSING : formatTime(job.started_at)}</dd>
        <dt>Ended</dt>
        <dd>{job.finished_at === null ? MISSING : formatTime(job.finished_at)}</dd>
        <dt>Took</dt>
        <dd>{tookOf(job) || MISSING}</dd>
        <dt>Times in</dt>
        <dd>{zoneName()}</dd>
        {subjectLines(job).map(({ name, text }) => (
          <div className="pair" key={name}>
            <dt>{name}</dt>
            <dd className="mono">{text}</dd>
          </div>
        ))}
      </dl>
      {modelId !== undefined && (
        <p className="row">
          <a href={linkTo('models', { tab: 'config', model_id: modelId })}>Open the model</a>
          <a href={linkTo('leaderboard', { model_id: modelId })}>Its runs</a>
          <a href={linkTo('admin', { tab: 'audit', model: modelId })}>Its audit</a>
        </p>
      )}
    </Drawer>
  )
}
