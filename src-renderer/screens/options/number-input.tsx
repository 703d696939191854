import { TextField } from '#renderer/components/field.tsx'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { type NumberName, numberFields } from './overlay-request.ts'

interface NumberInputProps {
  name: NumberName
  label: string
  /** What holds where nothing is typed. */
  fallback: string | number | undefined
  problem: string | undefined
}

/** A number of the request, kept in the link as it is typed. */
export function NumberInput({ name, label, fallback, problem }: NumberInputProps) {
  const { params } = useHash()
  const field = numberFields[name]
  return (
    <TextField
      label={label}
      inputMode="decimal"
      size={7}
      value={params[name] ?? ''}
      placeholder={fallback === undefined ? '' : String(fallback)}
      title={field.kind === 'number' ? field.range : ''}
      problem={problem}
      onChange={({ target }) => setParams({ [name]: target.value || undefined })}
    />
  )
}
