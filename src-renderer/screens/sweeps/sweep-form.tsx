import { useMemo, useState } from 'react'
import { countConfigurations, defaultPlan, hasHours, sweepBody } from '#renderer/api/default-sweep.ts'
import type { ModelSummary } from '#renderer/api/types.ts'
import { useAction } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { useLast, useSettled } from '#renderer/api/use-settled.ts'
import { Badge, DataBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { ChipInput } from '#renderer/components/chip-input.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { TextField } from '#renderer/components/field.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { HoursStrip, sessionHours } from '#renderer/components/hours-strip.tsx'
import { Icon } from '#renderer/components/icon.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { useProfile } from '#renderer/stores/context.ts'
import { setParams } from '#renderer/stores/hash-state.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { envelopeFields, overridesOf } from './envelope-fields.ts'
import { parseShare, parseThresholds, shareOf } from './parse-variants.ts'
import { RiskEnvelope } from './risk-envelope.tsx'
import { SweepCost } from './sweep-cost.tsx'

const MAX_SPLITS = 20

/** What to sweep, prefilled so that one press of the button runs something sensible. */
export function SweepForm({ model }: { model: ModelSummary }) {
  const [plan, setPlan] = useState(() => defaultPlan(model))
  const [profile] = useProfile()
  const runSweep = useAction('runSweep')
  const push = useToasts((store) => store.push)
  const splitsProblem = plan.splits >= 2 && plan.splits <= MAX_SPLITS ? undefined : `2 to ${MAX_SPLITS} folds`
  const isComplete =
    countConfigurations(plan) > 0 &&
    splitsProblem === undefined &&
    !plan.hours.some((set) => set.length === 0)
  const plain = useSettled(isComplete ? sweepBody(model.id, profile, plan) : null)
  const planned = useQuery('planSweep', plain && { body: plain })
  const [typed, setTyped] = useState<{ profile: string; limits: Readonly<Record<string, string>> }>()
  const limits = typed?.profile === profile ? typed.limits : {}
  const budget = useLast(planned.data?.budget)
  const fields = useMemo(() => envelopeFields(budget ?? {}), [budget])
  const body = sweepBody(model.id, profile, plan, overridesOf(fields, limits))
  const settled = useSettled(isComplete ? body : null)
  const cost = useQuery('planSweep', settled && { body: settled })
  const known = useLast(cost.data)
  const count = cost.data?.configurations ?? countConfigurations(plan)

  const run = async () => {
    const reply = await runSweep.run({ body })
    if (reply === undefined) return
    if (reply.reused)
      push({ tone: 'info', text: `The same sweep ran before; showing sweep ${reply.sweep_id}` })
    setParams({ model_id: model.id, sweep_id: reply.sweep_id, brush: undefined })
  }
  const setHours = (index: number, hours: number[]) =>
    setPlan({ ...plan, hours: plan.hours.map((set, i) => (i === index ? hours : set)) })

  return (
    <Panel title="New sweep" note={<DataBadge simulated={model.simulated} />}>
      <div className="row">
        <strong>{model.id}</strong>
        <Badge tone="info">{profile}</Badge>
      </div>
      <ChipInput
        label="Thresholds on the directional probability"
        placeholder="0.55 or 0.55,0.60"
        values={plan.thresholds}
        parse={parseThresholds}
        onChange={(thresholds) => setPlan({ ...plan, thresholds })}
      />
      <ChipInput
        label="Or act on the strongest share of rows"
        placeholder="15%"
        values={plan.topShares.map((share) => `${Number((share * 100).toFixed(4))}%`)}
        parse={parseShare}
        onChange={(shares) => setPlan({ ...plan, topShares: shares.map(shareOf) })}
      />
      {hasHours(model) && (
        <fieldset className="field">
          <legend className="group-label">Hours of decision, New York; each strip is one variant</legend>
          <div className="stack tight">
            {plan.hours.map((hours, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: strips are told apart by their place alone
              <div className="row" key={i}>
                <HoursStrip
                  label={`Hours variant ${i + 1}`}
                  hours={hours}
                  onChange={(next) => setHours(i, next)}
                />
                <Button
                  look="quiet"
                  small
                  aria-label={`Remove hours variant ${i + 1}`}
                  onClick={() => setPlan({ ...plan, hours: plan.hours.filter((_, j) => j !== i) })}
                >
                  <Icon name="close" size={11} />
                </Button>
              </div>
            ))}
            <div>
              <Button small onClick={() => setPlan({ ...plan, hours: [...plan.hours, [...sessionHours]] })}>
                Add hours
              </Button>
            </div>
          </div>
        </fieldset>
      )}
      <div className="row">
        <TextField
          label="Folds"
          type="number"
          className="narrow"
          min={2}
          max={MAX_SPLITS}
          value={plan.splits}
          problem={splitsProblem}
          onChange={(event) => setPlan({ ...plan, splits: Math.trunc(event.target.valueAsNumber) })}
        />
        <TextField
          label="Tag (free label)"
          maxLength={100}
          size={14}
          value={plan.tag}
          onChange={(event) => setPlan({ ...plan, tag: event.target.value })}
        />
      </div>
      {budget !== undefined && (
        <RiskEnvelope
          profile={profile}
          fields={fields}
          typed={limits}
          onChange={(next) => setTyped({ profile, limits: next })}
        />
      )}
      {isComplete && known !== undefined && <SweepCost plan={known} />}
      <ErrorLine error={runSweep.error ?? (isComplete ? (planned.error ?? cost.error) : undefined)} />
      <Button
        look="primary"
        data-testid="run-sweep"
        disabled={runSweep.pending || !isComplete}
        onClick={() => void run()}
      >
        {runSweep.pending ? 'Starting…' : `Run ${formatPlural(count, 'configuration')}`}
      </Button>
      <CopyRequest operationId="runSweep" input={{ body }} />
    </Panel>
  )
}
