import { useState } from 'react'
import type { ModelSummary } from '#renderer/api/types.ts'
import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { DataBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { TextField } from '#renderer/components/field.tsx'
import { formatPercent } from '#renderer/components/format.ts'
import { isLive, ProgressBar } from '#renderer/components/progress-bar.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { formatDuration } from '#renderer/components/time.ts'
import { setParams } from '#renderer/stores/hash-state.ts'
import { useToasts } from '#renderer/stores/toasts.ts'

interface BuildFormProps {
  model: ModelSummary
  window: { start: string; end: string } | undefined
}

/** The window to build, prefilled, with progress while it builds. */
export function BuildForm({ model, window }: BuildFormProps) {
  const [start, setStart] = useState(window?.start ?? '')
  const [end, setEnd] = useState(window?.end ?? '')
  const build = useAction('buildMatrixByWindow')
  const push = useToasts((store) => store.push)
  const body = { model_id: model.id, date_window: { start, end } }
  const problem = start !== '' && end !== '' && start > end ? 'ends before it starts' : undefined

  const run = async () => {
    const reply = await build.run({ body })
    if (reply === undefined) return
    for (const warning of reply.warnings) push({ tone: 'info', text: warning })
    setParams({ sha: reply.matrix_sha })
  }
  return (
    <section className="panel" aria-label="Build">
      <div className="panel-body">
        <div className="toolbar">
          <TextField
            label="From"
            type="date"
            value={start}
            onChange={(event) => setStart(event.target.value)}
          />
          <TextField
            label="To"
            type="date"
            value={end}
            problem={problem}
            onChange={(event) => setEnd(event.target.value)}
          />
          <Button
            look="primary"
            data-testid="build-matrix"
            disabled={
              build.pending || start === '' || end === '' || problem !== undefined || !model.buildable
            }
            onClick={() => void run()}
          >
            {build.pending ? 'Building…' : 'Build'}
          </Button>
          {model.data_source !== null && <DataBadge simulated={model.simulated} />}
          <span className="spacer" />
          <CopyRequest operationId="buildMatrixByWindow" input={{ body }} />
        </div>
        <BuildProgress modelId={model.id} />
        <ErrorLine error={build.error} />
      </div>
    </section>
  )
}

function BuildProgress({ modelId }: { modelId: string }) {
  const job = useQuery('listJobs', { query: { limit: 20 } }).data?.rows.find(
    (row) => row.kind === 'build_matrix' && isLive(row) && row.subject['model_id'] === modelId,
  )
  if (job === undefined) return null
  const { done, total, note, eta_seconds: eta } = job.progress
  return (
    <div className="stack tight" data-testid="build-progress">
      <ProgressBar label={job.title} done={done} total={total} />
      <span className="muted">
        {note ?? 'Preparing'}
        {total > 0 && ` · ${formatPercent(done / total, 0)}`}
        {eta !== null && ` · ${formatDuration(eta)} left`}
      </span>
    </div>
  )
}
