import type { SeriesRow } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { CandleChart } from '#renderer/charts/candle-chart.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { zoneName } from '#renderer/components/display-time.ts'
import { formatCount } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { Segmented } from '#renderer/components/segmented.tsx'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { type Range, rangeDates, usefulRanges } from './bar-range.ts'
import type { PreviewCadence } from './describe-series.ts'

const looks = [
  { value: 'candles', label: 'Candles' },
  { value: 'line', label: 'Line' },
] as const
/** More candles than pixels say nothing; the host merges neighbours and keeps their extremes. */
const MOST_CANDLES = 700
const MOST_POINTS = 2000

/** Prices of a series. Range and look are in the link. */
export function BarPreview({ series, cadence }: { series: SeriesRow; cadence: PreviewCadence }) {
  const { params } = useHash()
  const choices = usefulRanges(series)
  const range: Range = choices.find(({ value }) => value === params['range'])?.value ?? 'all'
  const look = params['look'] === 'line' ? 'line' : 'candles'
  const input = {
    query: {
      ticker: series.ticker,
      cadence,
      ...rangeDates(range, series),
      max_points: look === 'line' ? MOST_POINTS : MOST_CANDLES,
    },
  }
  const query = useQuery('getBars', input)
  return (
    <Panel
      title={`${series.ticker}, ${cadence} bars`}
      flush
      note={
        query.data !== undefined && (
          <span className="muted" data-testid="bars-note">
            {query.data.ts.length < query.data.bars_total
              ? `${formatCount(query.data.bars_total)} bars drawn as ${formatCount(query.data.ts.length)}`
              : `${formatCount(query.data.bars_total)} bars`}
            {cadence === 'daily' ? '' : `, ${zoneName()}`}
          </span>
        )
      }
      actions={
        <div className="row">
          <Segmented
            label="Range"
            options={choices}
            value={range}
            onChange={(next) => setParams({ range: next === 'all' ? undefined : next })}
          />
          <Segmented
            label="Look"
            options={looks}
            value={look}
            onChange={(next) => setParams({ look: next === 'line' ? next : undefined })}
          />
        </div>
      }
    >
      <QueryView query={query} lines={8}>
        {(bars) => <CandleChart bars={bars} look={look} height={380} />}
      </QueryView>
      <div className="grid-bar">
        <CopyRequest operationId="getBars" input={input} />
      </div>
    </Panel>
  )
}
