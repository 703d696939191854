import type { SignalRow } from '#renderer/api/types.ts'
import { useAction } from '#renderer/api/use-action.ts'
import { usePages } from '#renderer/api/use-pages.ts'
import { DataBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { DataGrid, type GridColumn } from '#renderer/components/data-grid.tsx'
import { formatMoney, formatPlural, formatR } from '#renderer/components/format.ts'
import {
  countColumn,
  numberColumn,
  percentColumn,
  textColumn,
  timeColumn,
} from '#renderer/components/grid-columns.tsx'
import { EmptyState, ErrorLine, ErrorState, LoadingState } from '#renderer/components/states.tsx'
import { useLinkTo, useModelId, useProfile } from '#renderer/stores/context.ts'
import { useToasts } from '#renderer/stores/toasts.ts'

const price = (title: string, get: (row: SignalRow) => number): GridColumn<SignalRow> => ({
  ...numberColumn<SignalRow>(title, get),
  valueFormatter: ({ value }: { value: number | null }) => formatMoney(value),
})

const columns: GridColumn<SignalRow>[] = [
  timeColumn<SignalRow>('Decided', (row) => row.ts),
  textColumn<SignalRow>('Model', (row) => row.model_id),
  textColumn<SignalRow>('Profile', (row) => row.risk_profile),
  textColumn<SignalRow>('Ticker', (row) => row.ticker),
  {
    ...textColumn<SignalRow>('Side', (row) => row.side),
    cellClass: ({ value }: { value: unknown }) => (value === 'buy' ? 'gain' : 'loss'),
  },
  percentColumn<SignalRow>('Probability', (row) => row.score_total),
  percentColumn<SignalRow>('Threshold', (row) => row.threshold),
  {
    ...numberColumn<SignalRow>('Size', (row) => row.size_r),
    valueFormatter: ({ value }: { value: number | null }) => formatR(value),
  },
  price('Reference', (row) => row.entry_ref_px),
  price('Stop', (row) => row.stop_px),
  price('Target', (row) => row.target_px),
  countColumn<SignalRow>('Time stop, min', (row) => row.time_stop_minutes),
  textColumn<SignalRow>('State', (row) => row.status),
  textColumn<SignalRow>('Model file', (row) => row.artifact),
]

/** What the trained models say to do, newest first. */
export function SignalsScreen() {
  const [modelId] = useModelId()
  const [profile] = useProfile()
  const linkTo = useLinkTo()
  const push = useToasts((store) => store.push)
  const generate = useAction('generateSignals')
  const pages = usePages('listSignals', { query: modelId === '' ? {} : { model_id: modelId } })
  const run = async () => {
    const reply = await generate.run({ body: { model_id: modelId, risk_profile: profile } })
    if (reply === undefined) return
    for (const warning of reply.warnings) push({ tone: 'info', text: warning })
    push({ tone: 'good', text: `${formatPlural(reply.count, 'signal')} written to ${reply.csv}` })
  }
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Signals</h1>
        {pages.rows[0] !== undefined && <DataBadge simulated={pages.rows.some((row) => row.simulated)} />}
        <span className="spacer" />
        <Button
          look="primary"
          disabled={modelId === '' || generate.pending}
          title={modelId === '' ? 'Choose a model above' : ''}
          data-testid="generate-signals"
          onClick={() => void run()}
        >
          {generate.pending
            ? 'Scoring…'
            : modelId === ''
              ? 'Choose a model to score'
              : `Score ${modelId} as ${profile}`}
        </Button>
      </div>
      <ErrorLine error={generate.error} />
      <section className="panel" style={{ flex: 1 }} aria-label="Signals">
        {pages.error !== undefined && pages.rows.length === 0 ? (
          <ErrorState error={pages.error} onRetry={pages.retry} />
        ) : pages.loading ? (
          <LoadingState label="Loading signals" />
        ) : pages.rows.length === 0 ? (
          <EmptyState
            title="No signals yet"
            action={
              <a className="button primary" href={linkTo('train')}>
                Train a model
              </a>
            }
          >
            Choose a model that has been trained for {profile}, then score its newest rows.
          </EmptyState>
        ) : (
          <DataGrid
            label="Signals"
            testId="signals-grid"
            rows={pages.rows}
            columns={columns}
            rowId={(row) => String(row.id)}
            csvName="signals"
            height={420}
          />
        )}
      </section>
    </div>
  )
}
