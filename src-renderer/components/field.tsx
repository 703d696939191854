import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes } from 'react'

interface Labelled {
  label: string
  problem?: string | undefined
}

type InputProps = Labelled & InputHTMLAttributes<HTMLInputElement>

/** A labelled text, number or date input; `problem` says what is wrong with its value. */
export function TextField({ label, problem, className, ...rest }: InputProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input className={`input ${className ?? ''}`} aria-invalid={problem !== undefined} {...rest} />
      {problem !== undefined && (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
    </label>
  )
}

type SelectProps = Labelled & SelectHTMLAttributes<HTMLSelectElement> & { children: ReactNode }

export function SelectField({ label, problem: _, className, children, ...rest }: SelectProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <select className={`input ${className ?? ''}`} {...rest}>
        {children}
      </select>
    </label>
  )
}

interface CheckProps {
  label: string
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}

export function CheckField({ label, checked, disabled = false, onChange }: CheckProps) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  )
}
