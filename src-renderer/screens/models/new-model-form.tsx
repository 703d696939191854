import { type FormEvent, useState } from 'react'
import type { ModelSummary, SeriesRow } from '#renderer/api/types.ts'
import { useAction } from '#renderer/api/use-action.ts'
import { useLatest } from '#renderer/api/use-latest.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { SelectField, TextField } from '#renderer/components/field.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { algorithms } from '#shared/contract/models.ts'
import { NewModelPreview } from './new-model-preview.tsx'
import {
  firstPlan,
  freeVariant,
  type ModelPlan,
  planBody,
  planProblems,
  spanOf,
  tickersFor,
} from './plan-model.ts'
import type { Template } from './template-picker.tsx'

interface NewModelFormProps {
  template: Template
  series: readonly SeriesRow[]
  models: readonly ModelSummary[]
}

/** What a model of the template would be, checked by the host as it is typed, and the button that makes it. */
export function NewModelForm({ template, series, models }: NewModelFormProps) {
  const tickers = tickersFor(template, series, models)
  const form = useQuery('getModelForm', { query: { pack_id: template.pack } })
  const [given, setGiven] = useState<Partial<ModelPlan>>({})
  const [first] = useState(() => firstPlan(template, series, models))
  const plan: ModelPlan = { ...first, ...given }
  const faults = planProblems(plan)
  const isAskable = Object.keys(faults).length === 0
  const body = planBody(template, plan)
  const checked = useLatest('checkModel', isAskable ? { body } : null)
  const create = useAction('createModel')
  const linkTo = useLinkTo()
  const push = useToasts((store) => store.push)
  const set = (change: Partial<ModelPlan>) => setGiven({ ...given, ...change })

  const { data, isBehind } = checked
  const isTaken = data?.problems.some(({ message }) => /exists already/.test(message)) === true
  const takenId = isTaken ? /model (\S+) exists/.exec(data?.problems[0]?.message ?? '')?.[1] : undefined
  const canMake = isAskable && !isBehind && data?.problems.length === 0
  const span = spanOf(template, series, plan.ticker)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!canMake) return
    const reply = await create.run({ body })
    if (reply === undefined) return
    const { model_id } = reply
    const build = () => {
      location.hash = linkTo('matrix', { model_id })
    }
    push({ tone: 'good', text: `${model_id} made`, action: { label: 'Build its matrix', run: build } })
    location.hash = linkTo('models', { tab: 'config', model_id })
  }

  return (
    <div className="stack">
      <form onSubmit={(event) => void submit(event)}>
        <Panel
          title={`New model from ${template.name}`}
          note={<code>{template.template_id}</code>}
          actions={<CopyRequest operationId="createModel" input={{ body }} />}
        >
          <div className="toolbar">
            <TextField
              label="Ticker"
              list="tickers-of-the-lake"
              size={10}
              spellCheck={false}
              value={plan.ticker}
              problem={plan.ticker === '' ? undefined : faults.ticker}
              onChange={(event) => set({ ticker: event.target.value })}
            />
            <datalist id="tickers-of-the-lake">
              {tickers.map((each) => (
                <option key={each} value={each} />
              ))}
            </datalist>
            <TextField
              label="Variant, where there are several"
              size={16}
              spellCheck={false}
              placeholder="none"
              value={plan.variant}
              problem={faults.variant}
              onChange={(event) => set({ variant: event.target.value })}
            />
            <SelectField
              label="Algorithm"
              value={plan.algo}
              onChange={(event) => set({ algo: event.target.value })}
            >
              <option value="">of the template</option>
              {algorithms.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </SelectField>
            <SelectField
              label="Indicator set"
              value={plan.indicatorSet}
              onChange={(event) => set({ indicatorSet: event.target.value })}
            >
              <option value="">of the template</option>
              {form.data?.indicator_sets.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </SelectField>
            <TextField
              label="Train from"
              type="date"
              value={plan.start}
              onChange={(event) => set({ start: event.target.value })}
            />
            <TextField
              label="Train to"
              type="date"
              value={plan.end}
              problem={faults.end}
              onChange={(event) => set({ end: event.target.value })}
            />
            {span !== undefined && (plan.start !== span.start || plan.end !== span.end) && (
              <Button onClick={() => set(span)}>
                All of its data: {span.start} to {span.end}
              </Button>
            )}
          </div>
          <div className="row">
            <Button
              type="submit"
              look="primary"
              data-testid="create-model"
              disabled={!canMake || create.pending}
            >
              {create.pending ? 'Making…' : 'Make the model'}
            </Button>
            {data?.model_id != null && isAskable && (
              <>
                <code data-testid="new-model-id">{data.model_id}</code>
                {data.buildable ? (
                  <Badge tone="good">can be built at once</Badge>
                ) : (
                  <Badge tone="warn">cannot be built yet</Badge>
                )}
              </>
            )}
            {takenId !== undefined && (
              <Button
                onClick={() =>
                  set({
                    variant: freeVariant(
                      takenId,
                      models.map(({ id }) => id),
                    ),
                  })
                }
              >
                Make it another variant
              </Button>
            )}
          </div>
          <ErrorLine error={create.error ?? checked.error} />
        </Panel>
      </form>
      {data !== undefined && isAskable && (
        <NewModelPreview
          checked={data}
          isBehind={isBehind}
          onTake={(was, is) => set(correction(plan, was, is))}
        />
      )}
    </div>
  )
}

/** The plan with a name that was mistyped put right, wherever it stands. */
function correction(plan: ModelPlan, was: string, is: string): Partial<ModelPlan> {
  const fields = Object.entries(plan).filter(([, text]) => text.toUpperCase() === was.toUpperCase())
  return Object.fromEntries(fields.map(([name]) => [name, is]))
}
