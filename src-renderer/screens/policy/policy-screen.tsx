import { useState } from 'react'
import { useQuery } from '#renderer/api/use-query.ts'
import { DataBadge } from '#renderer/components/badge.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { useLinkTo, useModelId, useProfile } from '#renderer/stores/context.ts'
import { useHash } from '#renderer/stores/hash-state.ts'
import { BacktestChange } from './backtest-change.tsx'
import { BracketCalibration } from './bracket-calibration.tsx'
import { ContributionBars } from './contribution-bars.tsx'
import { DecisionPath } from './decision-path.tsx'
import { PolicyEditor } from './policy-editor.tsx'
import { ThresholdCalibration } from './threshold-calibration.tsx'
import { useTrained } from './use-trained.ts'
import { type Draft, draftOf, whatIfOf } from './what-if-draft.ts'
import { WhatIfSliders } from './what-if-sliders.tsx'

/** How a model's policy turns a score into an order, that of a signal in the link (`signal_id=`) or the newest, and what other settings would do. */
export function PolicyScreen() {
  const [modelId] = useModelId()
  const linkTo = useLinkTo()
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Policy</h1>
      </div>
      {modelId === '' ? (
        <EmptyState title="No model chosen" action={<a href={linkTo('models')}>Models</a>}>
          Choose a model above to see how its scores become orders.
        </EmptyState>
      ) : (
        <ModelPolicy key={modelId} modelId={modelId} />
      )}
    </div>
  )
}

function ModelPolicy({ modelId }: { modelId: string }) {
  const [profile] = useProfile()
  const linkTo = useLinkTo()
  const { params } = useHash()
  const policy = useQuery('explainPolicy', { query: { model_id: modelId } })
  const signalId = Number(params['signal_id'])
  const isSignal = Number.isInteger(signalId) && signalId > 0
  const body = { model_id: modelId, risk_profile: profile, ...(isSignal ? { signal_id: signalId } : {}) }
  const isTrained = useTrained(modelId, profile)
  // Asked before it is known that there is a model, this would be a job that fails.
  const plain = useQuery('explainRow', isTrained === true || isSignal ? { body } : null)
  const [moved, setMoved] = useState<Draft>()
  const [settled, setSettled] = useState<Draft>()
  const limit = plain.data?.steps.find(({ id }) => id === 'threshold')?.limit
  const inForce =
    policy.data && typeof limit === 'number' ? draftOf(limit, policy.data.execution_effective) : undefined
  const whatIf = inForce && settled ? whatIfOf(settled, inForce) : null
  const tried = useQuery('explainRow', whatIf === null ? null : { body: { ...body, what_if: whatIf } })
  const move = (draft: Draft) => {
    setMoved(draft)
    if (draft === inForce) setSettled(draft)
  }
  const tryOut =
    inForce &&
    ((changes: Partial<Draft>) => {
      const draft = { ...(moved ?? inForce), ...changes }
      setMoved(draft)
      setSettled(draft)
    })
  return (
    <>
      {isTrained === false && !isSignal ? (
        <EmptyState
          title={`${modelId} is not trained for ${profile} yet`}
          action={
            <a className="button primary" href={linkTo('leaderboard')}>
              Choose what to train
            </a>
          }
        >
          Its scores come from a trained model. The policy itself can be read and calibrated below.
        </EmptyState>
      ) : (
        <QueryView query={whatIf !== null && tried.error !== undefined ? tried : plain}>
          {(data) => {
            const explained = (whatIf !== null && tried.data) || data
            return (
              <>
                <div className="row">
                  <DataBadge simulated={explained.simulated} />
                  {explained.signal_id !== null && (
                    <a href={linkTo('signals', { signal_id: String(explained.signal_id) })}>
                      Signal {explained.signal_id}
                    </a>
                  )}
                  {isSignal && <a href={linkTo('policy')}>Explain the newest row instead</a>}
                </div>
                <DecisionPath explained={explained} />
                {inForce && (
                  <WhatIfSliders
                    draft={moved ?? inForce}
                    inForce={inForce}
                    onMove={move}
                    onSettle={() => setSettled(moved)}
                  />
                )}
                {explained.what_if !== null && <BacktestChange changed={explained.what_if} />}
                <ContributionBars contributions={explained.contributions} />
              </>
            )
          }}
        </QueryView>
      )}
      <div className="columns" style={{ '--column': '420px' }}>
        <ThresholdCalibration modelId={modelId} onTry={tryOut && ((threshold) => tryOut({ threshold }))} />
        <BracketCalibration
          modelId={modelId}
          onTry={tryOut && ((stop, target) => tryOut({ stop, target }))}
        />
      </div>
      <QueryView query={policy}>
        {(data) => (
          <PolicyEditor
            policy={data}
            onWritten={() => {
              policy.retry()
              plain.retry()
              setMoved(undefined)
              setSettled(undefined)
            }}
          />
        )}
      </QueryView>
    </>
  )
}
