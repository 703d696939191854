import { formatCount } from './format.ts'

interface UsageBarProps {
  label: string
  used: number
  limit: number
}

/** How much of a limit is used; it warns from four fifths on. */
export function UsageBar({ label, used, limit }: UsageBarProps) {
  const share = limit > 0 ? used / limit : 0
  const tone = share >= 1 ? 'bad' : share >= 0.8 ? 'warn' : 'good'
  return (
    // biome-ignore lint/a11y/useSemanticElements: the looks of <meter> cannot be set
    <span
      className="usage"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={limit}
      aria-valuenow={Math.min(used, limit)}
      aria-valuetext={`${formatCount(used)} of ${formatCount(limit)}`}
    >
      <span className={tone} style={{ width: `${Math.min(1, share) * 100}%` }} />
    </span>
  )
}
