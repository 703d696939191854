import type { JobRow } from '#shared/contract/jobs.ts'

interface ProgressBarProps {
  label: string
  done: number
  /** 0 while the amount of work is unknown. */
  total: number
}

export function ProgressBar({ label, done, total }: ProgressBarProps) {
  const isKnown = total > 0
  const percent = isKnown ? Math.min(100, (done / total) * 100) : 0
  return (
    <div
      className={isKnown ? 'progress' : 'progress unknown'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(isKnown ? { 'aria-valuenow': Math.round(percent) } : {})}
    >
      <span style={isKnown ? { width: `${percent}%` } : {}} />
    </div>
  )
}

export const isLive = (job: { status: JobRow['status'] }): boolean =>
  job.status === 'queued' || job.status === 'running'
