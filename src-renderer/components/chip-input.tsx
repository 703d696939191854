import { type FormEvent, useId, useState } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

interface ChipInputProps {
  label: string
  values: readonly string[]
  placeholder: string
  /** Offered as somebody types. */
  suggestions?: readonly string[]
  /** Returns the value in its own spelling, or why it cannot be taken. */
  parse: (text: string) => { value: string } | { problem: string }
  onChange: (values: string[]) => void
}

/** A list of values: each a chip that can be removed, and a box to add one. */
export function ChipInput({ label, values, placeholder, suggestions = [], parse, onChange }: ChipInputProps) {
  const listId = useId()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const add = (event: FormEvent) => {
    event.preventDefault()
    const parsed = parse(text)
    if ('problem' in parsed) {
      setProblem(parsed.problem)
      return
    }
    setProblem(undefined)
    setText('')
    if (!values.includes(parsed.value)) onChange([...values, parsed.value])
  }
  return (
    <fieldset className="field">
      <legend className="group-label">{label}</legend>
      <div className="form-row">
        {values.map((value) => (
          <button
            type="button"
            key={value}
            className="chip"
            aria-label={`Remove ${value} from ${label}`}
            onClick={() => onChange(values.filter((each) => each !== value))}
          >
            {value}
            <Icon name="close" size={9} />
          </button>
        ))}
      </div>
      <form className="form-row" onSubmit={add}>
        <input
          className="input"
          size={17}
          aria-label={`Add to ${label}`}
          aria-invalid={problem !== undefined}
          placeholder={placeholder}
          list={suggestions.length === 0 ? undefined : listId}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {suggestions.length > 0 && (
          <datalist id={listId}>
            {suggestions.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        )}
        <Button type="submit" small disabled={text.trim() === ''}>
          Add
        </Button>
      </form>
      {problem !== undefined && (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
    </fieldset>
  )
}
