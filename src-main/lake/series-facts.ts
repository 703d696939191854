import type { SeriesEntry } from './manifest.ts'
import { barsOf } from './read-series.ts'
import { opensAtCloseShare, toClockHours, toDaily, toQuarterHours } from './resample-bars.ts'
import type { SeriesKey } from './series-files.ts'
import type { RowColumns } from './tables.ts'

type SeriesFacts = Pick<SeriesEntry, 'opensAtCloseShare' | 'derivedRows'>

/** What the manifest keeps of a series' rows, so that the catalogue need not read them. */
export function factsOf({ kind, cadence }: SeriesKey, rows: RowColumns): SeriesFacts {
  if (kind !== 'bars') return { opensAtCloseShare: null, derivedRows: {} }
  const bars = barsOf(rows)
  return {
    opensAtCloseShare: opensAtCloseShare(bars),
    derivedRows:
      cadence === '5m'
        ? {
            '15m': toQuarterHours(bars).length,
            hourly: toClockHours(bars).length,
            daily: toDaily(bars).length,
          }
        : {},
  }
}
