import type { SeriesRow } from '#renderer/api/types.ts'
import { Badge, type Tone } from '#renderer/components/badge.tsx'
import { type Origin, originOf } from './describe-series.ts'

const tones: Record<Origin, Tone> = { real: 'good', simulated: 'warn', imported: 'info' }

/** Where a series comes from, in one word. */
export function OriginBadge({ series }: { series: Pick<SeriesRow, 'simulated' | 'source'> }) {
  const origin = originOf(series)
  return <Badge tone={tones[origin]}>{origin}</Badge>
}
