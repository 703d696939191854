import { Button } from '#renderer/components/button.tsx'
import { CheckField, SelectField, TextField } from '#renderer/components/field.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { type CartItem, cartKey } from '#renderer/stores/cart.ts'
import type { InputOf } from '#shared/contract/index.ts'
import { algorithms } from '#shared/contract/models.ts'
import type { SigmaError } from '#shared/errors.ts'
import { RefusalReasons } from './refusal-reasons.tsx'

export interface TrainOptions {
  /** Empty for the model's own. */
  algorithm: string
  seed: string
  tag: string
  isOverride: boolean
}

type Body = InputOf<'trainBatch'>['body']

/** The batch request; only rows that need the override ask for it. */
export function trainBody(
  items: readonly CartItem[],
  options: TrainOptions,
  failing: ReadonlySet<string>,
): Body {
  const algorithm = algorithms.find((known) => known === options.algorithm)
  return {
    jobs: items.map((item) => ({
      ...item,
      ...(algorithm === undefined ? {} : { algorithm }),
      ...(options.seed === '' ? {} : { seed: Number(options.seed) }),
      ...(options.tag === '' ? {} : { tag: options.tag }),
      ...(options.isOverride && failing.has(cartKey(item)) ? { override: true } : {}),
    })),
  }
}

interface TrainFormProps {
  count: number
  failing: number
  options: TrainOptions
  onChange: (options: TrainOptions) => void
  onRun: () => void
  pending: boolean
  error: SigmaError | undefined
}

/** How to train what is in the cart. Failing rows need a confirmed override and a tag that says why. */
export function TrainForm({ count, failing, options, onChange, onRun, pending, error }: TrainFormProps) {
  const needsOverride = failing > 0
  const isBlocked = needsOverride && (!options.isOverride || options.tag === '')
  const seedProblem = options.seed === '' || /^\d{1,10}$/.test(options.seed) ? undefined : 'a whole number'
  return (
    <Panel title="Training">
      <SelectField
        label="Algorithm"
        value={options.algorithm}
        onChange={(event) => onChange({ ...options, algorithm: event.target.value })}
      >
        <option value="">As the model says</option>
        {algorithms.map((algorithm) => (
          <option key={algorithm} value={algorithm}>
            {algorithm}
          </option>
        ))}
      </SelectField>
      <div className="row">
        <TextField
          label="Seed"
          className="narrow"
          inputMode="numeric"
          placeholder="model’s"
          value={options.seed}
          problem={seedProblem}
          onChange={(event) => onChange({ ...options, seed: event.target.value.trim() })}
        />
        <TextField
          label={needsOverride ? 'Tag (needed for an override)' : 'Tag (free label)'}
          maxLength={100}
          value={options.tag}
          onChange={(event) => onChange({ ...options, tag: event.target.value })}
        />
      </div>
      {needsOverride && (
        <div className="banner tone-warn">
          <span className="grow">
            {formatPlural(failing, 'configuration')} {failing === 1 ? 'fails its' : 'fail their'} gate.
            Training them is logged with your tag.
          </span>
          <CheckField
            label="I have read why, train them anyway"
            checked={options.isOverride}
            onChange={(isOverride) => onChange({ ...options, isOverride })}
          />
        </div>
      )}
      <ErrorLine error={error} />
      <RefusalReasons error={error} />
      <Button
        look="primary"
        data-testid="train-cart"
        disabled={count === 0 || pending || isBlocked || seedProblem !== undefined}
        onClick={onRun}
      >
        {pending ? 'Queueing…' : `Train ${formatPlural(count, 'configuration')}`}
      </Button>
    </Panel>
  )
}
