import { Button } from '#renderer/components/button.tsx'
import { formatPlural } from '#renderer/components/format.ts'
import { setParams } from '#renderer/stores/hash-state.ts'
import { nearestDays, type SignalDay } from './signal-days.ts'

interface NearestDaysProps {
  days: readonly SignalDay[]
  window: { start: string; end: string }
}

/** Where to go from a window without signals: the days on either side that have some. */
export function NearestDays({ days, window }: NearestDaysProps) {
  return (
    <span className="row">
      {nearestDays(days, window).map(({ date, count }) => (
        <Button
          key={date}
          small
          title={formatPlural(count, 'signal')}
          onClick={() => setParams({ start: date, end: undefined })}
        >
          Go to {date}
        </Button>
      ))}
    </span>
  )
}
