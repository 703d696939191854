import type { ReplyOf } from '#shared/contract/index.ts'
import { ChipInput } from './chip-input.tsx'
import { DocText } from './doc-text.tsx'
import { algorithmOf, featuresOf, labelChange, labelOf } from './read-config.ts'
import type { FieldSchema } from './schema-field.ts'
import { SchemaFields } from './schema-fields.tsx'

export type ModelForm = ReplyOf<'getModelForm'>
type Config = Readonly<Record<string, unknown>>

interface ConfigFormProps {
  form: ModelForm
  config: Config
  /** Columns that its indicators give, to be offered as features. */
  columns: readonly string[]
  /** Fields that are not shown: the name of a model, or what a template says elsewhere. */
  omit?: readonly string[]
  isSettled: boolean
  onChange: (change: Record<string, unknown>) => void
}

const grouped = ['hyperparams', 'flow', 'time', 'train_window', 'features', 'label', 'model_id']

/** A model config as inputs, made from its schema: what is empty is left to the pack. */
export function ConfigForm({ form, config, columns, omit = [], isSettled, onChange }: ConfigFormProps) {
  const schema = form.schema as FieldSchema
  const label = labelOf(config['label'] ?? form.defaults['label'])
  const chosen = form.labels.find(({ id }) => id === label.type)
  const algorithm = algorithmOf(config)
  const features = featuresOf(config['features'])
  const part = (name: string) => ({ properties: { [name]: schema.properties?.[name] ?? {} } })
  return (
    <div className="stack" data-testid="config-form">
      <SchemaFields
        label="Config"
        isSettled={isSettled}
        schema={schema}
        values={config}
        defaults={{ ...form.defaults, model: 'gbm', task: 'classification', policy: 'own' }}
        titles={{ model: 'Algorithm', cadence: 'Bars', asset_type: 'Trades' }}
        choices={{ indicator_set: form.indicator_sets, policy: form.policies }}
        omit={[...grouped, ...omit]}
        onChange={onChange}
      />
      {!omit.includes('train_window') && (
        <SchemaFields
          label="Config"
          isSettled={isSettled}
          schema={part('train_window')}
          values={config}
          onChange={onChange}
        />
      )}
      <fieldset className="field-group">
        <legend className="group-label">Label</legend>
        <p className="muted">
          <DocText text={chosen?.doc ?? 'What the model learns to foresee.'} />
        </p>
        <div className="schema-fields">
          <label className="field">
            <span>Kind</span>
            <select
              className="input"
              value={label.type}
              onChange={(event) => onChange({ label: { type: event.target.value } })}
            >
              {chosen === undefined && <option value={label.type}>{label.type}</option>}
              {form.labels.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
          {chosen !== undefined && (
            <SchemaFields
              label="Label"
              isSettled={isSettled}
              schema={chosen.schema as FieldSchema}
              values={label.params}
              onChange={(change) => onChange({ label: labelChange(config['label'], label, change) })}
            />
          )}
        </div>
      </fieldset>
      {features !== null && (
        <ChipInput
          label={features.length === 0 ? 'Features: every column' : 'Features: these columns alone'}
          values={features}
          placeholder="rsi__period=14"
          suggestions={columns}
          parse={(text) =>
            text.trim() === '' ? { problem: 'name a column or an indicator' } : { value: text.trim() }
          }
          onChange={(next) => onChange({ features: next.length === 0 ? null : next })}
        />
      )}
      <SchemaFields
        label="Config"
        isSettled={isSettled}
        schema={part('hyperparams')}
        values={config}
        defaults={{ hyperparams: form.hyperparams[algorithm] ?? {} }}
        onChange={onChange}
      />
      <details>
        <summary>Option flow and calendar columns</summary>
        <SchemaFields
          label="Config"
          isSettled={isSettled}
          schema={part('flow')}
          values={config}
          onChange={onChange}
        />
        <SchemaFields
          label="Config"
          isSettled={isSettled}
          schema={part('time')}
          values={config}
          onChange={onChange}
        />
      </details>
    </div>
  )
}
