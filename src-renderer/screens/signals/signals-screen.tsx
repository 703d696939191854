import { useQuery } from '#renderer/api/use-query.ts'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { Tabs, useTab } from '#renderer/components/tabs.tsx'
import { useLinkTo, useModelId, useProfile } from '#renderer/stores/context.ts'
import { setParams } from '#renderer/stores/hash-state.ts'
import { BoardTab } from './board-tab.tsx'
import { LiveTab } from './live-tab.tsx'
import { periods } from './scored-period.ts'
import { signalTabs } from './signal-tabs.ts'
import { SignalsTab } from './signals-tab.tsx'
import { useScoring } from './use-scoring.ts'

/** What the trained models say to do, how that goes, and what became of it. */
export function SignalsScreen() {
  const [modelId] = useModelId()
  const [profile] = useProfile()
  const linkTo = useLinkTo()
  const tab = useTab(signalTabs)
  const models = useQuery('listModels', { query: {} }).data?.models
  const model = models?.find(({ id }) => id === modelId)
  const isTrained = model?.standing.some((each) => each.profile === profile && each.trained) ?? false
  const { input, period, score, pending, error, warnings } = useScoring(model)
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Signals</h1>
        <span className="spacer" />
        {modelId !== '' && (
          <>
            <CopyRequest operationId="generateSignals" input={input} />
            <select
              className="input"
              aria-label="Rows to score"
              title="Rows that the model was trained on score better than new ones will"
              value={period}
              onChange={({ target }) =>
                setParams({ back: target.value === 'newest' ? undefined : target.value })
              }
            >
              {periods.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </>
        )}
        <Button
          look="primary"
          disabled={modelId === '' || pending || (model !== undefined && !isTrained)}
          title={
            modelId === ''
              ? 'Choose a model above'
              : isTrained
                ? 'Score the rows with the trained model'
                : `${modelId} is not trained for ${profile} yet`
          }
          data-testid="generate-signals"
          onClick={() => void score()}
        >
          {pending
            ? 'Scoring…'
            : modelId === ''
              ? 'Choose a model to score'
              : `Score ${modelId} as ${profile}`}
        </Button>
      </div>
      <Tabs label="Parts of Signals" screen="signals" tabs={signalTabs} current={tab} />
      <ErrorLine error={error} />
      {warnings.map((warning) => (
        <p key={warning} className="banner tone-warn" role="status">
          <span className="grow">Scored: {warning}</span>
          <a className="button small" href={linkTo('policy')}>
            Explain the newest row
          </a>
        </p>
      ))}
      {tab.id === 'signals' && (
        <SignalsTab
          models={models}
          isTrained={isTrained}
          isScoring={pending}
          onScore={(asked) => void score(asked)}
        />
      )}
      {tab.id === 'live' && <LiveTab />}
      {tab.id === 'board' && <BoardTab />}
    </div>
  )
}
