import { Badge } from '#renderer/components/badge.tsx'
import { formatCount, formatNumber, formatPlural } from '#renderer/components/format.ts'
import { formatDuration } from '#renderer/components/time.ts'
import { useLinkTo } from '#renderer/stores/context.ts'
import type { ReplyOf } from '#shared/contract/index.ts'

/** What the sweep in the form would do, take, and cost in trust. */
export function SweepCost({ plan }: { plan: ReplyOf<'planSweep'> }) {
  const linkTo = useLinkTo()
  const { configurations, new_trials: fresh, trials, folds, kept_folds: kept, seconds, years } = plan
  const needed = plan.min_backtest_years
  const isShort = years !== null && needed !== null && years < needed
  const training = folds - kept
  return (
    <dl className="pairs sweep-cost" data-testid="sweep-cost" data-configurations={configurations}>
      <dt>Configurations</dt>
      <dd>
        {formatCount(configurations)}
        {fresh < configurations && `, ${formatCount(fresh)} of them new`}
      </dd>
      <dt>Takes</dt>
      <dd>
        {plan.sweep_id !== null ? (
          <>
            nothing: it ran as{' '}
            <a href={linkTo('sweeps', { sweep_id: plan.sweep_id })}>sweep {plan.sweep_id}</a>
          </>
        ) : (
          <>
            {seconds === null
              ? 'a while: its matrix is built first'
              : `about ${formatDuration(Math.max(1, seconds))}`}
            {seconds !== null && training > 0 && `, ${formatPlural(training, 'fold')} to train`}
          </>
        )}
      </dd>
      <dt>Trials then</dt>
      <dd>{formatCount(trials)}</dd>
      {years !== null && (
        <>
          <dt>Data</dt>
          <dd>
            {formatNumber(years, 1)} years{' '}
            {isShort && (
              <Badge
                tone="warn"
                title="On fewer years the best of as many useless trials is expected to reach a Sharpe of 1"
              >
                {formatCount(trials)} trials need {formatNumber(needed, 1)} years
              </Badge>
            )}
          </dd>
        </>
      )}
    </dl>
  )
}
