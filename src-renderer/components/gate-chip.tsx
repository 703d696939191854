import type { Gate } from '#shared/contract/schemas.ts'
import { Icon } from './icon.tsx'

interface GateChipProps {
  gate: Gate
  /** Names the row for those who cannot see it. */
  subject: string
  onOpen: () => void
}

/** Pass or fail of a row; opens the drawer that says why. */
export function GateChip({ gate, subject, onOpen }: GateChipProps) {
  const count = gate.reasons.length
  const text = gate.pass ? 'pass' : count === 1 ? '1 rule' : `${count} rules`
  return (
    <button
      type="button"
      className={`chip ${gate.pass ? 'tone-good' : 'tone-bad'}`}
      data-testid="gate-chip"
      data-pass={gate.pass}
      aria-label={`Gate of ${subject}: ${gate.pass ? text : `fails ${text}`}`}
      onClick={onOpen}
    >
      <Icon name={gate.pass ? 'check' : 'close'} size={11} />
      {text}
    </button>
  )
}
