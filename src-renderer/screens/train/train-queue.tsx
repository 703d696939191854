import type { TrainJobRow } from '#renderer/api/types.ts'
import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge, DataBadge, StatusBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { describeConfig } from '#renderer/components/describe-config.ts'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { formatPercent, formatTiny } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { isLive, ProgressBar } from '#renderer/components/progress-bar.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState, ErrorLine } from '#renderer/components/states.tsx'
import { Table } from '#renderer/components/table.tsx'
import { Tip } from '#renderer/components/tip.tsx'
import { formatHash } from '#renderer/stores/hash-state.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { algorithms } from '#shared/contract/models.ts'

const parityText =
  'Largest difference between onnxruntime and the trainer over all rows; a job fails above 0.000001'

/** Training jobs, newest first: what runs, what came out, what went wrong. */
export function TrainQueue() {
  const query = useQuery('listTrainJobs', { query: { limit: 50 } })
  const jobs = useQuery('listJobs', { query: { limit: 50 } }).data?.rows ?? []
  const again = useAction('trainBatch')
  const cancel = useAction('cancelJob')
  return (
    <Panel title="Training queue" flush>
      <ErrorLine error={again.error ?? cancel.error} />
      <QueryView query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title="Nothing trained yet">
              What the cart or a row of a leaderboard sends appears here with its progress, and then with the
              model file.
            </EmptyState>
          ) : (
            <Table
              label="Training jobs"
              rows={rows}
              rowKey={(row) => row.job_id}
              columns={[
                { title: 'Job', cell: (row) => `#${row.job_id}` },
                {
                  title: 'State',
                  cell: (row) => <JobState row={row} job={jobs.find((job) => job.job_id === row.job_id)} />,
                },
                {
                  id: 'do',
                  title: <span className="visually-hidden">Actions</span>,
                  cell: (row) =>
                    isLive(row) ? (
                      <Button
                        small
                        disabled={cancel.pending}
                        onClick={() => void cancel.run({ params: { id: row.job_id } })}
                      >
                        Cancel
                      </Button>
                    ) : (
                      (row.status === 'completed' && (
                        <a
                          className="button small"
                          href={formatHash('signals', {
                            model_id: row.model_id,
                            profile: row.lineage.risk_profile,
                          })}
                          data-testid="open-signals"
                        >
                          Signals
                        </a>
                      )) || (
                        <Button
                          small
                          disabled={again.pending}
                          onClick={() => void again.run({ body: { jobs: [sameJob(row)] } })}
                        >
                          Train again
                        </Button>
                      )
                    ),
                },
                {
                  title: 'Model',
                  cell: (row) => (
                    <>
                      {row.model_id}
                      <div className="note muted">
                        {describeConfig(row.config)}, {row.lineage.risk_profile}
                      </div>
                    </>
                  ),
                },
                {
                  title: 'Data',
                  cell: (row) => row.simulated !== null && <DataBadge simulated={row.simulated} />,
                },
                { title: 'Algorithm', cell: (row) => `${row.algorithm}, seed ${row.seed}`, spare: 2 },
                {
                  title: 'Tag',
                  spare: 3,
                  cell: (row) => (
                    <span>
                      {row.tag} {row.override && <Badge tone="warn">override</Badge>}
                    </span>
                  ),
                },
                { title: 'Accuracy', numeric: true, cell: (row) => formatPercent(row.metrics.accuracy) },
                {
                  id: 'parity',
                  title: <Tip text={parityText}>ONNX difference</Tip>,
                  numeric: true,
                  cell: (row) => formatTiny(row.metrics.onnx_max_abs_diff),
                },
                {
                  title: 'Model file or reason',
                  wrap: true,
                  cell: (row) =>
                    row.error !== null ? (
                      <span className="loss">{row.error}</span>
                    ) : (
                      <code title={row.artifact ?? ''}>{row.artifact?.split('/').at(-1)}</code>
                    ),
                },
                { title: `Queued (${zoneName()})`, cell: (row) => formatTime(row.created_at), spare: 1 },
              ]}
            />
          )
        }
      </QueryView>
    </Panel>
  )
}

function JobState({ row, job }: { row: TrainJobRow; job: JobRow | undefined }) {
  return (
    <span className="row">
      <StatusBadge status={row.status} />
      {row.status === 'running' && (
        <ProgressBar
          label={`Training job ${row.job_id}`}
          done={row.progress ?? 0}
          total={row.progress === null ? 0 : 1}
        />
      )}
      {job !== undefined && job.attempts > 1 && <Badge tone="warn">try {job.attempts}</Badge>}
    </span>
  )
}

function sameJob({ model_id, config, lineage, algorithm, seed, tag, override }: TrainJobRow) {
  const known = algorithms.find((each) => each === algorithm)
  return {
    model_id,
    config,
    lineage,
    seed,
    override,
    ...(known === undefined ? {} : { algorithm: known }),
    ...(tag === null ? {} : { tag }),
  }
}
