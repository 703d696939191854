import type { Expiry } from './chain-rows.ts'
import './chain.css'

interface ExpiryTabsProps {
  expiries: readonly Expiry[]
  current: string
  onPick: (date: string) => void
}

/** One button per expiry; monthly ones stand out. */
export function ExpiryTabs({ expiries, current, onPick }: ExpiryTabsProps) {
  return (
    <fieldset className="segmented expiries" aria-label="Expiry">
      {expiries.map(({ date, days, kind }) => (
        <button
          type="button"
          key={date}
          aria-pressed={date === current}
          title={`${kind}, ${days} days`}
          onClick={() => onPick(date)}
        >
          <span className={kind === 'monthly' ? 'monthly' : undefined}>{date.slice(2)}</span>
          <small>{days} d</small>
        </button>
      ))}
    </fieldset>
  )
}
