import { defaultPlan, pickFirstModel, sweepBody } from '#renderer/api/default-sweep.ts'
import type { Workspace } from '#renderer/api/types.ts'
import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { formatCount, formatPlural } from '#renderer/components/format.ts'
import { ErrorLine } from '#renderer/components/states.tsx'
import { useModelId, useProfile } from '#renderer/stores/context.ts'
import { navigate } from '#renderer/stores/hash-state.ts'

interface Step {
  title: string
  text: string
  run: () => void
}

/** Three things worth doing now, by what the workspace already holds. */
export function SuggestedSteps({ workspace }: { workspace: Workspace }) {
  const models = useQuery('listModels', { query: {} }).data?.models ?? []
  const [modelId] = useModelId()
  const [profile] = useProfile()
  const runSweep = useAction('runSweep')
  const model = models.find((each) => each.id === modelId && each.buildable) ?? pickFirstModel(models)
  const trained = models.find(({ standing }) => standing.some((each) => each.trained))
  const trainedContext = {
    model_id: trained?.id,
    profile: trained?.standing.find((each) => each.trained)?.profile,
  }
  const context = { model_id: model?.id, profile }

  const sweep = async () => {
    if (model === undefined) return
    const reply = await runSweep.run({ body: sweepBody(model.id, profile, defaultPlan(model)) })
    if (reply !== undefined) navigate('sweeps', { ...context, sweep_id: reply.sweep_id })
  }

  const steps: Step[] = [
    ...(workspace.counts.trained > 0 && workspace.counts.signals === 0 && trained !== undefined
      ? [
          {
            title: 'Ask for signals',
            text: `${trained.id} is trained. See what it says to do, and why.`,
            run: () => navigate('signals', trainedContext),
          },
        ]
      : []),
    ...(workspace.counts.runs > 0
      ? [
          {
            title: 'Open the leaderboard',
            text: `${formatPlural(workspace.counts.runs, 'run')}, ${formatCount(workspace.counts.passing)} passing the gate. See which, and why the others fail.`,
            run: () => navigate('leaderboard', { profile }),
          },
        ]
      : []),
    ...(model === undefined && workspace.sample !== 'loading'
      ? [
          {
            title: 'Import your data',
            text: 'Drop a CSV or Parquet file of bars: models can be built on the series that are here.',
            run: () => navigate('data'),
          },
        ]
      : []),
    {
      title: workspace.counts.sweeps > 0 ? 'Run another sweep' : 'Run the sample sweep',
      text:
        model === undefined
          ? 'Needs a model whose data is here.'
          : `${model.id}: thresholds and shares under purged cross-validation, gated as ${profile}.`,
      run: () => void sweep(),
    },
    {
      title: 'Look at a training matrix',
      text: 'Features, labels, gaps, drift and the verdict on leaks, before any figure is believed.',
      run: () => navigate('matrix', context),
    },
    {
      title: 'Browse the models',
      text: `${formatPlural(workspace.counts.models, 'model')} in the packs: what they trade, on which bars, with which label.`,
      run: () => navigate('models'),
    },
  ].slice(0, 3)

  return (
    <section className="stack" aria-label="Suggested next steps">
      <div className="steps">
        {steps.map((step, i) => (
          <button
            type="button"
            key={step.title}
            className={i === 0 ? 'step first' : 'step'}
            data-testid={`suggested-step-${i + 1}`}
            disabled={runSweep.pending || (step.title.endsWith('sweep') && model === undefined)}
            onClick={step.run}
          >
            <span className="number" aria-hidden="true">
              {i + 1}
            </span>
            <strong>{step.title}</strong>
            <span className="muted">{step.text}</span>
          </button>
        ))}
      </div>
      <ErrorLine error={runSweep.error} />
    </section>
  )
}
