import type { LeaderboardRow, SweepSummary } from '#renderer/api/types.ts'
import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { StatusBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { formatCount, formatNumber, formatPercent } from '#renderer/components/format.ts'
import { isLive, ProgressBar } from '#renderer/components/progress-bar.tsx'
import { Stats } from '#renderer/components/stats.tsx'
import { formatDuration } from '#renderer/components/time.ts'
import { useLinkTo } from '#renderer/stores/context.ts'
import type { ReplyOf } from '#shared/contract/index.ts'

interface SweepStatusProps {
  sweepId: string
  status: ReplyOf<'getSweepStatus'>
  summary: SweepSummary | undefined
  rows: readonly LeaderboardRow[]
}

/** State, progress and outcome of a sweep in two lines. */
export function SweepStatus({ sweepId, status, summary, rows }: SweepStatusProps) {
  const job = useQuery('listJobs', { query: { limit: 20 } }).data?.rows.find(
    (row) => row.job_id === status.job_id,
  )
  const cancel = useAction('cancelJob')
  const linkTo = useLinkTo()
  const { completed, total } = status.progress
  const passed = rows.filter((row) => row.gate.pass).length
  const jobId = status.job_id
  const live = isLive(status)
  return (
    <section
      className="stack"
      aria-label="State of the sweep"
      data-testid="sweep-status"
      data-status={status.status}
    >
      <div className="row">
        <h2>Sweep {sweepId}</h2>
        <StatusBadge status={status.status} />
        {summary !== undefined && (
          <span className="muted">
            {summary.model_id} · gated as {summary.risk_profile}
            {summary.tag === null ? '' : ` · ${summary.tag}`}
          </span>
        )}
        <span className="spacer" />
        {live && jobId !== null && (
          <Button
            small
            disabled={cancel.pending}
            data-testid="cancel-sweep"
            onClick={() => void cancel.run({ params: { id: jobId } })}
          >
            Cancel
          </Button>
        )}
        <a
          className={live ? 'button' : 'button primary'}
          data-testid="open-leaderboard"
          href={linkTo('leaderboard', {
            sweep_id: sweepId,
            profile: summary?.risk_profile,
            model_id: summary?.model_id,
          })}
        >
          Open in the leaderboard
        </a>
      </div>
      {live && (
        <div className="stack tight">
          <ProgressBar
            label={`Sweep ${sweepId}`}
            done={job?.progress.done ?? completed}
            total={job?.progress.total ?? total}
          />
          <span className="muted">
            {status.note ?? (status.status === 'queued' ? 'Waiting for its turn' : 'Training folds')} ·{' '}
            {completed} of {total}
            {job?.progress.eta_seconds != null && ` · ${formatDuration(job.progress.eta_seconds)} left`}
          </span>
        </div>
      )}
      {status.error !== null && (
        <p className="banner tone-bad" role="alert">
          <span className="grow">{status.error}</span>
        </p>
      )}
      <Stats
        label="Outcome"
        stats={[
          { label: 'Configurations', value: `${formatCount(completed)} of ${formatCount(total)}` },
          { label: 'Pass the gate', value: formatCount(passed), tone: passed > 0 ? 'gain' : undefined },
          { label: 'Best Sharpe', value: formatNumber(rows[0]?.metrics.sharpe) },
          {
            label: 'Best deflated Sharpe',
            value: formatPercent(best(rows.map((row) => row.metrics.dsr))),
            title: 'Probability that the true Sharpe beats the best of as many useless trials',
          },
          {
            label: 'Trials of this model',
            value: formatCount(best(rows.map((row) => row.metrics.trials))),
            title: 'Configurations ever evaluated for it',
          },
          {
            label: 'Chance of overfitting',
            value: formatPercent(summary?.pbo, 0),
            tone: summary?.pbo != null && summary.pbo > 0.5 ? 'loss' : undefined,
            title: 'Probability of backtest overfitting; needs 10 configurations and 120 days',
          },
        ]}
      />
    </section>
  )
}

function best(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => value != null)
  return known.length === 0 ? null : Math.max(...known)
}
