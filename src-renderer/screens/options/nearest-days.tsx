import { Button } from '#renderer/components/button.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { setParams } from '#renderer/stores/hash-state.ts'
import { nearestDays, type SignalDay } from './signal-days.ts'

interface NearestDaysProps {
  days: readonly SignalDay[]
  window: { start: string; end: string }
}

/** Where to go from a window without signals. */
export function NearestDays({ days, window }: NearestDaysProps) {
  const { start, end } = window
  return (
    <div className="stack tight" data-testid="nearest-days">
      <p className="muted" role="status">
        No signals {start === end ? `on ${start}` : `from ${start} to ${end}`}. Nearest:
      </p>
      <span className="row">
        {nearestDays(days, window).map(({ date, count }) => (
          <Button
            key={date}
            small
            title={formatPlural(count, 'signal')}
            onClick={() => setParams({ start: date, end: undefined })}
          >
            {date}
          </Button>
        ))}
      </span>
    </div>
  )
}
