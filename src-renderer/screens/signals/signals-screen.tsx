import { useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { ErrorLine } from '#renderer/components/states.tsx'
import { Tabs, useTab } from '#renderer/components/tabs.tsx'
import { useModelId, useProfile } from '#renderer/stores/context.ts'
import { setParams } from '#renderer/stores/hash-state.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { BoardTab } from './board-tab.tsx'
import { LiveTab } from './live-tab.tsx'
import { signalTabs } from './signal-tabs.ts'
import { SignalsTab } from './signals-tab.tsx'

/** What the trained models say to do, how that goes, and what became of it. */
export function SignalsScreen() {
  const [modelId] = useModelId()
  const [profile] = useProfile()
  const push = useToasts((store) => store.push)
  const generate = useAction('generateSignals')
  const [scored, setScored] = useState<{ key: string; warnings: readonly string[] }>()
  const tab = useTab(signalTabs)
  const models = useQuery('listModels', { query: {} }).data?.models
  const model = models?.find(({ id }) => id === modelId)
  const isTrained = model?.standing.some((each) => each.profile === profile && each.trained) ?? false
  const input = { body: { model_id: modelId, risk_profile: profile } }
  const warnings = scored?.key === JSON.stringify(input) ? scored.warnings : []
  const score = async () => {
    const reply = await generate.run(input)
    if (reply === undefined) return
    setParams({ signal_id: undefined })
    setScored({ key: JSON.stringify(input), warnings: reply.warnings })
    push({ tone: 'good', text: `${formatPlural(reply.count, 'signal')} written to ${reply.csv}` })
  }
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Signals</h1>
        <span className="spacer" />
        {modelId !== '' && <CopyRequest operationId="generateSignals" input={input} />}
        <Button
          look="primary"
          disabled={modelId === '' || generate.pending || (model !== undefined && !isTrained)}
          title={
            modelId === ''
              ? 'Choose a model above'
              : isTrained
                ? 'Score the newest rows with the trained model'
                : `${modelId} is not trained for ${profile} yet`
          }
          data-testid="generate-signals"
          onClick={() => void score()}
        >
          {generate.pending
            ? 'Scoring…'
            : modelId === ''
              ? 'Choose a model to score'
              : `Score ${modelId} as ${profile}`}
        </Button>
      </div>
      <Tabs label="Parts of Signals" screen="signals" tabs={signalTabs} current={tab} />
      <ErrorLine error={generate.error} />
      {warnings.map((warning) => (
        <p key={warning} className="banner tone-warn" role="status">
          <span className="grow">Scored: {warning}</span>
        </p>
      ))}
      {tab.id === 'signals' && (
        <SignalsTab models={models} isTrained={isTrained} onScore={() => void score()} />
      )}
      {tab.id === 'live' && <LiveTab />}
      {tab.id === 'board' && <BoardTab />}
    </div>
  )
}
