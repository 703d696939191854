import { useEffect, useState } from 'react'
import { humanize } from './format.ts'
import { type Field, type FieldSchema, fieldOf, fieldText, readField } from './schema-field.ts'

type Values = Readonly<Record<string, unknown>>

interface SchemaFieldsProps {
  /** Begins the accessible name of each input. */
  label: string
  schema: FieldSchema
  values: Values
  /** What holds where a value is not given. */
  defaults?: Values
  /** Choices of fields whose schema is only a text. */
  choices?: Readonly<Record<string, readonly string[]>>
  omit?: readonly string[]
  /** The values answer what was last typed: while they do not, what is typed stands. */
  isSettled?: boolean
  /** Names of fields, where they have better ones than their keys. */
  titles?: Readonly<Record<string, string>>
  /** A change to be merged in; null takes a value away. */
  onChange: (change: Record<string, unknown>) => void
}

/** The inputs of an object's schema; an empty one leaves the default. Groups within are field sets. */
export function SchemaFields({
  label,
  schema,
  values,
  defaults = {},
  choices = {},
  omit = [],
  titles = {},
  isSettled = true,
  onChange,
}: SchemaFieldsProps) {
  const entries = Object.entries(schema.properties ?? {}).filter(([name]) => !omit.includes(name))
  return (
    <div className="schema-fields">
      {entries.map(([name, each]) => {
        const field = withChoices(fieldOf(each), choices[name])
        const title = titles[name] ?? humanize(name)
        if (field.kind === 'other') return null
        if (field.kind === 'group') {
          return (
            <fieldset key={name} className="field-group">
              <legend className="group-label">{title}</legend>
              <SchemaFields
                label={`${label}, ${title}`}
                schema={each}
                values={asValues(values[name])}
                defaults={asValues(defaults[name])}
                isSettled={isSettled}
                onChange={(change) => onChange({ [name]: change })}
              />
            </fieldset>
          )
        }
        return (
          <SchemaInput
            key={name}
            label={title}
            field={field}
            doc={each.description ?? ''}
            value={values[name]}
            fallback={defaults[name] ?? each.default}
            isSettled={isSettled}
            onChange={(value) => onChange({ [name]: value })}
          />
        )
      })}
    </div>
  )
}

const asValues = (value: unknown): Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}

const withChoices = (field: Field, values: readonly string[] | undefined): Field =>
  values === undefined || field.kind === 'group' ? field : { kind: 'choice', values, nullable: false }

interface SchemaInputProps {
  label: string
  field: Exclude<Field, { kind: 'group' } | { kind: 'other' }>
  doc: string
  value: unknown
  fallback: unknown
  isSettled: boolean
  onChange: (value: unknown) => void
}

function SchemaInput({ label, field, doc, value, fallback, isSettled, onChange }: SchemaInputProps) {
  const given = fieldText(value)
  const [text, setText] = useState(given)
  const [problem, setProblem] = useState<string>()
  // The file may change under the form, by its text or by undo.
  useEffect(() => {
    if (!isSettled) return
    setText(given)
    setProblem(undefined)
  }, [given, isSettled])
  const type = (next: string) => {
    setText(next)
    const read = readField(field, next)
    setProblem('problem' in read ? read.problem : undefined)
    if ('value' in read && fieldText(read.value) !== given) onChange(read.value)
  }
  const byDefault = fallback === undefined || fallback === null ? 'none' : fieldText(fallback)
  const isChoice = field.kind === 'choice' || field.kind === 'flag'
  const range = field.kind === 'number' && field.range !== '' ? field.range : ''
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: it holds one of two controls
    <label className="field" title={[doc, range].filter((part) => part !== '').join('; ')}>
      <span>{label}</span>
      {isChoice ? (
        <select className="input" value={text} onChange={(event) => type(event.target.value)}>
          <option value="">default: {wordOf(field, byDefault)}</option>
          {(field.kind === 'choice' ? field.values : ['true', 'false']).map((each) => (
            <option key={each} value={each}>
              {wordOf(field, each)}
            </option>
          ))}
          {field.kind === 'choice' && text !== '' && !field.values.includes(text) && (
            <option value={text}>{text}</option>
          )}
        </select>
      ) : (
        <input
          className="input"
          type={field.kind === 'date' ? 'date' : 'text'}
          inputMode={field.kind === 'number' ? 'decimal' : undefined}
          size={field.kind === 'number' ? 9 : Math.min(36, Math.max(16, given.length))}
          placeholder={byDefault}
          aria-invalid={problem !== undefined}
          value={text}
          onChange={(event) => type(event.target.value)}
        />
      )}
      {problem !== undefined && (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
    </label>
  )
}

const wordOf = ({ kind }: Field, value: string): string =>
  kind !== 'flag' ? value : value === 'true' ? 'yes' : value === 'false' ? 'no' : value
