import { formatHour } from './time.ts'

export const sessionHours = [9, 10, 11, 12, 13, 14, 15] as const

interface HoursStripProps {
  label: string
  hours: readonly number[]
  onChange: (hours: number[]) => void
}

/** The hours of the session as switches. */
export function HoursStrip({ label, hours, onChange }: HoursStripProps) {
  const toggle = (hour: number) =>
    onChange(
      hours.includes(hour) ? hours.filter((each) => each !== hour) : [...hours, hour].sort((a, b) => a - b),
    )
  return (
    <fieldset className="hours-strip" aria-label={label}>
      {sessionHours.map((hour) => (
        <button
          type="button"
          key={hour}
          aria-pressed={hours.includes(hour)}
          title={`Bars of ${formatHour(hour)} New York`}
          onClick={() => toggle(hour)}
        >
          {hour}
        </button>
      ))}
    </fieldset>
  )
}
