import { Badge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { type EnvelopeField, overridesOf, readLimit } from './envelope-fields.ts'

interface RiskEnvelopeProps {
  profile: string
  fields: readonly EnvelopeField[]
  /** What was typed, by rule; the profile's limit stands where nothing was. */
  typed: Readonly<Record<string, string>>
  onChange: (typed: Readonly<Record<string, string>>) => void
}

/** The limits that the sweep is gated by: the profile's, each of which may be changed for this sweep. */
export function RiskEnvelope({ profile, fields, typed, onChange }: RiskEnvelopeProps) {
  const changed = Object.keys(overridesOf(fields, typed)).length
  return (
    <details className="envelope" data-testid="risk-envelope">
      <summary>
        Risk envelope of {profile}{' '}
        {changed > 0 && <Badge tone="warn">{formatPlural(changed, 'limit')} changed</Badge>}
      </summary>
      <div className="envelope-fields">
        {fields.map((field) => (
          <LimitField
            key={field.rule}
            field={field}
            text={typed[field.rule] ?? field.fallback}
            onChange={(text) => onChange({ ...typed, [field.rule]: text })}
          />
        ))}
      </div>
      {changed > 0 && (
        <Button small look="quiet" onClick={() => onChange({})}>
          Back to {profile}
        </Button>
      )}
    </details>
  )
}

function LimitField({
  field,
  text,
  onChange,
}: {
  field: EnvelopeField
  text: string
  onChange: (text: string) => void
}) {
  const { rule, title, sign, unit, fallback } = field
  const read = text.trim() === '' ? undefined : readLimit(text, unit)
  const problem = read !== undefined && 'problem' in read ? read.problem : undefined
  return (
    <label className="envelope-field">
      <span>
        {title} {sign}
      </span>
      <input
        className="input"
        size={6}
        value={text}
        placeholder={fallback === '' ? 'none' : fallback}
        aria-invalid={problem !== undefined}
        data-testid={`limit-${rule}`}
        onChange={(event) => onChange(event.target.value)}
      />
      <span aria-hidden="true">{unit === 'fraction' ? '%' : ''}</span>
      {problem !== undefined && (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
    </label>
  )
}
