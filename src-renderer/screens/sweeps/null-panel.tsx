import { useMemo } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { countBins, roundWidth } from '#renderer/charts/count-bins.ts'
import { HistogramChart } from '#renderer/charts/histogram-chart.tsx'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { formatCount, formatNumber, formatPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { isLive, ProgressBar } from '#renderer/components/progress-bar.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { formatDuration } from '#renderer/components/time.ts'
import type { ReplyOf } from '#shared/contract/index.ts'

type NullTest = NonNullable<NonNullable<ReplyOf<'getSweep'>['analysis']>['null_test']>

interface NullPanelProps {
  sweepId: string
  test: NullTest | null
  /** What it would take. */
  seconds: number | null
}

/** The whole sweep again on labels that know nothing of the features: how often does luck do as well? */
export function NullPanel({ sweepId, test, seconds }: NullPanelProps) {
  const start = useAction('runSweepNull')
  const cancel = useAction('cancelJob')
  const job = useQuery('listJobs', { query: { limit: 20 } }).data?.rows.find(
    (row) => row.kind === 'sweep_null' && row.subject['sweep_id'] === sweepId,
  )
  const input = { params: { sweep_id: sweepId } }
  if (test !== null) return <NullResult test={test} />
  return (
    <Panel title="Against shuffled labels">
      {job !== undefined && isLive(job) ? (
        <div className="stack tight" data-testid="null-progress">
          <ProgressBar label={job.title} done={job.progress.done} total={job.progress.total} />
          <span className="muted">
            {job.progress.note ?? 'Waiting for its turn'}
            {job.progress.eta_seconds !== null && ` · ${formatDuration(job.progress.eta_seconds)} left`}
          </span>
          <div>
            <Button
              small
              disabled={cancel.pending}
              onClick={() => void cancel.run({ params: { id: job.job_id } })}
            >
              Cancel
            </Button>
          </div>
        </div>
      ) : (
        <>
          <p className="muted">
            Deals the labels out anew 100 times and repeats the whole sweep on each: how often the best of
            pure luck reaches the best here.
          </p>
          <div className="row">
            <Button data-testid="run-null" disabled={start.pending} onClick={() => void start.run(input)}>
              {start.pending ? 'Starting…' : 'Run 100 shuffles'}
            </Button>
            {seconds !== null && (
              <span className="muted" data-testid="null-cost">
                takes about {formatDuration(seconds)}
              </span>
            )}
          </div>
          {job?.status === 'failed' && job.error !== null && <p className="loss">{job.error.message}</p>}
          <ErrorLine error={start.error} />
        </>
      )}
      <CopyRequest operationId="runSweepNull" input={input} />
    </Panel>
  )
}

function NullResult({ test }: { test: NullTest }) {
  const { best, observed, p_value: p, shuffles } = test
  const bins = useMemo(() => {
    const span = Math.max(observed, ...best) - Math.min(observed, ...best)
    return countBins(best, roundWidth(span, 16))
  }, [best, observed])
  return (
    <Panel
      title="Against shuffled labels"
      flush
      note={
        <span className={p > 0.05 ? 'loss' : 'gain'} data-testid="null-p">
          p = {formatNumber(p, 3)}
        </span>
      }
    >
      <HistogramChart
        label={`Best Sharpe of ${shuffles} sweeps on shuffled labels, with the one observed`}
        bins={bins}
        unit="shuffles"
        axis="best Sharpe of a shuffle"
        toneOf={({ from }) => (from >= observed ? 'loss' : 'line-strong')}
        mark={{ at: observed, text: `observed ${formatNumber(observed)}` }}
        height={180}
      />
      <p className="muted chart-note">
        {formatCount(best.filter((sharpe) => sharpe >= observed).length)} of {formatCount(shuffles)} shuffles
        reach it; {formatPercent(0.05, 0)} exceed {formatNumber(test.p95)}, their mean is{' '}
        {formatNumber(test.mean)}.
      </p>
    </Panel>
  )
}
