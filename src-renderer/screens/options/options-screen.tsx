import { usePages } from '#renderer/api/use-pages.ts'
import { DataBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { EmptyState, ErrorState, LoadingState } from '#renderer/components/states.tsx'
import { useLinkTo, useModelId, useProfile } from '#renderer/stores/context.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import { BuildResults } from './build-results.tsx'
import { OverlayForm } from './overlay-form.tsx'
import { readWindow } from './overlay-request.ts'
import { PositionDetail } from './position-detail.tsx'
import { Positions } from './positions.tsx'
import { type SignalDay, signalDays } from './signal-days.ts'

/** Signals read for the days that have some; years of hourly ones. */
const MOST_SIGNALS = 10_000

/** Option positions for a model's signals: chosen, replayed, and drawn leg by leg. */
export function OptionsScreen() {
  const [modelId] = useModelId()
  const [profile, setProfile] = useProfile()
  const linkTo = useLinkTo()
  const signals = usePages(
    'listSignals',
    modelId === '' ? null : { query: { model_id: modelId } },
    MOST_SIGNALS,
  )
  const days = signalDays(signals.rows, profile)
  const others = [...new Set(signals.rows.map((row) => row.risk_profile))].filter((each) => each !== profile)
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Options</h1>
        {modelId !== '' && signals.rows.length > 0 && (
          <DataBadge simulated={signals.rows.some(({ simulated }) => simulated)} />
        )}
      </div>
      {modelId === '' ? (
        <EmptyState
          title="No model chosen"
          action={
            <a className="button primary" href={linkTo('models')}>
              See the models
            </a>
          }
        >
          Choose a model above. An overlay buys an option for each of its signals.
        </EmptyState>
      ) : signals.error !== undefined && signals.rows.length === 0 ? (
        <ErrorState error={signals.error} onRetry={signals.retry} />
      ) : signals.loading ? (
        <LoadingState label="Loading signals" lines={8} />
      ) : days.length === 0 ? (
        <EmptyState
          title={`${modelId} has no signals of ${profile} yet`}
          action={
            <span className="row">
              <a className="button primary" href={linkTo('signals')}>
                Score signals first
              </a>
              {others.map((other) => (
                <Button key={other} onClick={() => setProfile(other)}>
                  Show those of {other}
                </Button>
              ))}
            </span>
          }
        >
          An option is chosen for each signal: train the model for {profile} and score its rows, then come
          back.
        </EmptyState>
      ) : (
        <Overlays key={`${modelId} ${profile}`} days={days} />
      )}
    </div>
  )
}

function Overlays({ days }: { days: readonly SignalDay[] }) {
  const { params } = useHash()
  const window = readWindow(params, days.at(-1)?.date ?? '')
  const position = params['position']
  return (
    <div className="side-by-side left">
      <OverlayForm days={days} window={window} />
      <div className="stack">
        <BuildResults days={days} />
        <Positions window={window} />
        {position !== undefined && <PositionDetail key={position} id={position} />}
      </div>
    </div>
  )
}
