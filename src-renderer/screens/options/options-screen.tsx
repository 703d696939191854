import { usePages } from '#renderer/api/use-pages.ts'
import { Button } from '#renderer/components/button.tsx'
import { EmptyState, ErrorState, LoadingState } from '#renderer/components/states.tsx'
import { useLinkTo, useModelId, useProfile } from '#renderer/stores/context.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import { BuildDays, BuildNotes } from './build-results.tsx'
import { NearestDays } from './nearest-days.tsx'
import { useBuilds } from './overlay-builds.ts'
import { OverlayForm } from './overlay-form.tsx'
import { readWindow } from './overlay-request.ts'
import { PositionDetail } from './position-detail.tsx'
import { Positions } from './positions.tsx'
import { daysWithin, type SignalDay, signalDays } from './signal-days.ts'

/** Newest signals that are read for the days that have some: years of hourly ones. */
const MOST_SIGNALS = 4_000

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
          title={`${modelId} has no ${profile} signals yet`}
          action={
            <span className="row">
              <a className="button primary" href={linkTo('signals')}>
                Score signals first
              </a>
              {others.map((other) => (
                <Button key={other} onClick={() => setProfile(other)}>
                  Show {other} ones
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
  const [modelId] = useModelId()
  const { params } = useHash()
  const build = useBuilds()
  const window = readWindow(params, days.at(-1)?.date ?? '')
  const position = params['position']
  const builds =
    build.modelId === modelId
      ? build.days.filter(({ date }) => date >= window.start && date <= window.end)
      : []
  const isRefused = builds.length > 0 && builds.every(({ error }) => error !== undefined)
  return (
    <>
      <div className="side-by-side left">
        <OverlayForm days={days} window={window} />
        <div className="stack">
          <BuildNotes builds={builds} days={days} />
          {daysWithin(days, window).length > 0 ? (
            <Positions window={window} />
          ) : (
            !isRefused && (
              <section className="panel" aria-label="Positions">
                <EmptyState
                  title={`No signals ${window.start === window.end ? `on ${window.start}` : `from ${window.start} to ${window.end}`}`}
                  action={<NearestDays days={days} window={window} />}
                >
                  An option is chosen for each signal; these are the nearest days that have some.
                </EmptyState>
              </section>
            )
          )}
        </div>
      </div>
      {position !== undefined && <PositionDetail key={position} id={position} />}
      <BuildDays builds={builds} />
    </>
  )
}
