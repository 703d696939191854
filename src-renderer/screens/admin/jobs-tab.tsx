import type { ICellRendererParams } from 'ag-grid-community'
import { useMemo } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { usePages } from '#renderer/api/use-pages.ts'
import { StatusBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { DataGrid, type GridColumn } from '#renderer/components/data-grid.tsx'
import { formatCount, humanize } from '#renderer/components/format.ts'
import { countColumn, textColumn, timeColumn } from '#renderer/components/grid-columns.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { isLive, ProgressBar } from '#renderer/components/progress-bar.tsx'
import { Segmented } from '#renderer/components/segmented.tsx'
import { EmptyState, ErrorLine, ErrorState, LoadingState } from '#renderer/components/states.tsx'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { etaOf, tookOf } from './describe-job.ts'
import { JobDrawer } from './job-drawer.tsx'

const statuses = ['all', 'queued', 'running', 'completed', 'failed', 'canceled'] as const
type Choice = (typeof statuses)[number]
const options = statuses.map((value) => ({ value, label: humanize(value) }))
/** More than anybody scrolls through, and few enough to be read again while jobs run. */
const MOST = 1000

type Cell = ICellRendererParams<JobRow>

const StateCell = ({ data }: Cell) =>
  data && (
    <span className="row nowrap">
      <StatusBadge status={data.status} />
      {data.status === 'running' && (
        <ProgressBar label={data.title} done={data.progress.done} total={data.progress.total} />
      )}
    </span>
  )

const ActionCell = ({ data, context }: Cell & { context: Means }) =>
  data && (
    <span className="row nowrap">
      {isLive(data) ? (
        <Button small disabled={context.isBusy} onClick={() => context.cancel(data)}>
          Cancel
        </Button>
      ) : data.status === 'completed' ? null : (
        <Button small disabled={context.isBusy} onClick={() => context.retry(data)}>
          Retry
        </Button>
      )}
      <Button small look="quiet" onClick={() => setParams({ job: data.job_id })}>
        Details
      </Button>
    </span>
  )

interface Means {
  isBusy: boolean
  cancel: (job: JobRow) => void
  retry: (job: JobRow) => void
}

const columns: GridColumn<JobRow>[] = [
  { ...countColumn<JobRow>('Job', ({ job_id }) => Number(job_id)), pinned: 'left' },
  {
    colId: 'State',
    headerName: 'State',
    valueGetter: ({ data }) => data?.status,
    cellRenderer: StateCell,
    pinned: 'left',
  },
  { colId: 'do', headerName: 'Do', cellRenderer: ActionCell, sortable: false, filter: false, width: 150 },
  textColumn('Title', ({ title }) => title),
  textColumn('Kind', ({ kind }) => kind),
  textColumn('Left', etaOf),
  textColumn('Took', tookOf),
  { ...textColumn<JobRow>('Why failed', ({ error }) => error?.message), cellClass: 'loss', minWidth: 160 },
  countColumn('Tries', ({ attempts }) => attempts),
  timeColumn('Queued', ({ created_at }) => created_at),
  timeColumn('Started', ({ started_at }) => started_at),
  timeColumn('Ended', ({ finished_at }) => finished_at),
]

/** Every background job: how far it is, why it failed, and the buttons to stop it or queue it again. */
export function JobsTab() {
  const { params } = useHash()
  const status = statuses.find((each) => each === params['status']) ?? 'all'
  const input = { query: status === 'all' ? {} : { status } }
  const pages = usePages('listAdminJobs', input, MOST)
  const cancel = useAction('cancelAdminJob')
  const retry = useAction('retryAdminJob')
  const shown = pages.rows.find(({ job_id }) => job_id === params['job'])
  const means = useMemo<Means>(
    () => ({
      isBusy: cancel.pending || retry.pending,
      cancel: ({ job_id }) => void cancel.run({ params: { job_id } }),
      retry: ({ job_id }) => void retry.run({ params: { job_id } }),
    }),
    [cancel.pending, retry.pending, cancel.run, retry.run],
  )
  return (
    <>
      <div className="row">
        <Segmented<Choice>
          label="State"
          options={options}
          value={status}
          onChange={(next) => setParams({ status: next === 'all' ? undefined : next, job: undefined })}
        />
        <span className="spacer" />
        <CopyRequest operationId="listAdminJobs" input={input} />
      </div>
      <ErrorLine error={cancel.error ?? retry.error} />
      {pages.error !== undefined && pages.rows.length === 0 ? (
        <ErrorState error={pages.error} onRetry={pages.retry} />
      ) : pages.loading ? (
        <LoadingState lines={8} />
      ) : pages.rows.length === 0 ? (
        <Panel title="Jobs">
          <EmptyState title={status === 'all' ? 'No jobs yet' : `No ${status} jobs`}>
            Matrix builds, sweeps, backtests, training and data syncs appear here, newest first.
          </EmptyState>
        </Panel>
      ) : (
        <div className="panel fill">
          <DataGrid
            label="Jobs"
            testId="jobs-grid"
            rows={pages.rows}
            columns={columns}
            rowId={({ job_id }) => job_id}
            csvName="jobs"
            height={360}
            context={means}
            isMarked={({ job_id }) => job_id === params['job']}
            bar={
              pages.total > pages.rows.length && (
                <span>the newest of {formatCount(pages.total)}; choose a state to see further back</span>
              )
            }
          />
        </div>
      )}
      {shown !== undefined && (
        <JobDrawer job={shown} means={means} onClose={() => setParams({ job: undefined })} />
      )}
    </>
  )
}
