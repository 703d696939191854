import type { ModelSummary } from '#renderer/api/types.ts'
import { usePages } from '#renderer/api/use-pages.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Button } from '#renderer/components/button.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { EmptyState, ErrorState, LoadingState } from '#renderer/components/states.tsx'
import { useLinkTo, useModelId, useProfile } from '#renderer/stores/context.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import type { Period } from './scored-period.ts'
import { SignalCard } from './signal-card.tsx'
import { SignalChart } from './signal-chart.tsx'
import { SignalGrid } from './signal-grid.tsx'
import { useNow } from './use-now.ts'

interface SignalsTabProps {
  models: readonly ModelSummary[] | undefined
  isTrained: boolean
  isScoring: boolean
  onScore: (period: Period) => void
}

/** The newest signal, its place among the earlier ones, and all of them. */
export function SignalsTab({ models, isTrained, isScoring, onScore }: SignalsTabProps) {
  const [modelId] = useModelId()
  const [profile] = useProfile()
  const { params } = useHash()
  const now = useNow()
  const query = { risk_profile: profile, ...(modelId === '' ? {} : { model_id: modelId }) }
  const pages = usePages('listSignals', { query })
  const { rows } = pages
  const shown = rows.find(({ id }) => String(id) === params['signal_id']) ?? rows[0]
  if (shown === undefined) {
    return (
      <section className="panel" style={{ flex: 1 }} aria-label="Signals">
        {pages.error !== undefined ? (
          <ErrorState error={pages.error} onRetry={pages.retry} />
        ) : pages.loading ? (
          <LoadingState label="Loading signals" />
        ) : (
          <NoSignals isTrained={isTrained} isScoring={isScoring} onScore={onScore} />
        )}
      </section>
    )
  }
  const own = rows.filter(({ model_id }) => model_id === shown.model_id)
  return (
    <>
      {params['signal_id'] !== undefined && String(shown.id) !== params['signal_id'] && !pages.loading && (
        <p className="banner tone-warn">
          <span className="grow">
            Signal {params['signal_id']} is not among those of {modelId || 'all models'} as {profile}: the
            newest is shown.
          </span>
        </p>
      )}
      <SignalCard signal={shown} signals={own} now={now} />
      <SignalChart signal={shown} signals={own} model={models?.find(({ id }) => id === shown.model_id)} />
      <SignalGrid rows={rows} shown={shown.id} input={{ query }} />
    </>
  )
}

function NoSignals({ isTrained, isScoring, onScore }: Omit<SignalsTabProps, 'models'>) {
  const [modelId] = useModelId()
  const [profile] = useProfile()
  const linkTo = useLinkTo()
  const others = useQuery('listSignals', {
    query: { limit: 1, ...(modelId === '' ? {} : { model_id: modelId }) },
  }).data
  const other = others?.rows[0]
  if (modelId !== '' && isTrained) {
    return (
      <EmptyState
        title={`No signals of ${modelId} as ${profile} yet`}
        action={
          <div className="row">
            <Button
              look="primary"
              disabled={isScoring}
              onClick={() => onScore('newest')}
              data-testid="score-first"
            >
              {isScoring ? 'Scoring…' : 'Score its newest rows'}
            </Button>
            <Button disabled={isScoring} onClick={() => onScore('3m')} data-testid="score-back">
              Score the last 3 months
            </Button>
          </div>
        }
      >
        The model is trained. Scoring gives one signal for each row that every rule of its policy lets
        through; where none of the newest rows does, look further back.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title={modelId === '' ? `No signals as ${profile} yet` : `No signals of ${modelId} as ${profile} yet`}
      action={
        other === undefined ? (
          <a className="button primary" href={linkTo('train')}>
            Train a model
          </a>
        ) : (
          <a className="button primary" href={linkTo('signals', { profile: other.risk_profile })}>
            Show {formatPlural(others?.total ?? 0, 'signal')} as {other.risk_profile}
          </a>
        )
      }
    >
      {modelId === ''
        ? 'A model that has been trained gives signals: choose one above, then score its newest rows.'
        : `It is not trained for ${profile}: put a run that passes its gate into the cart and train it.`}
    </EmptyState>
  )
}
