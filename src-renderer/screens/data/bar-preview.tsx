import type { KeyboardEvent } from 'react'
import type { SeriesRow } from '#renderer/api/types.ts'
import { useHeldQuery } from '#renderer/api/use-held-query.ts'
import { CandleChart } from '#renderer/charts/candle-chart.tsx'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { zoneName } from '#renderer/components/display-time.ts'
import { formatCount } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { Segmented } from '#renderer/components/segmented.tsx'
import { formatDay } from '#renderer/components/time.ts'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { type Range, rangeDates, usefulRanges } from './bar-range.ts'
import { type BarWindow, boxed, panned, windowOf, zoomed } from './bar-window.ts'
import type { PreviewCadence } from './describe-series.ts'

const looks = [
  { value: 'candles', label: 'Candles' },
  { value: 'line', label: 'Line' },
] as const
/** More candles than pixels say nothing; the host merges neighbours and keeps their extremes. */
const MOST_CANDLES = 700
const MOST_POINTS = 2000

/** Prices of a series. The days on screen and the look are in the link. */
export function BarPreview({ series, cadence }: { series: SeriesRow; cadence: PreviewCadence }) {
  const { params } = useHash()
  const choices = usefulRanges(series)
  const range: Range = choices.find(({ value }) => value === params['range'])?.value ?? 'all'
  const look = params['look'] === 'line' ? 'line' : 'candles'
  const days = windowOf({ from: params['from'], to: params['to'] }, range, series)
  const input = {
    query: {
      ticker: series.ticker,
      cadence,
      ...(series.kind === 'extended_bars' ? { hours: 'extended' as const } : {}),
      ...days,
      max_points: look === 'line' ? MOST_POINTS : MOST_CANDLES,
    },
  }
  const query = useHeldQuery('getBars', input)
  const goTo = ({ start, end }: BarWindow) => setParams({ from: start, to: end })
  const moves = {
    ArrowLeft: () => goTo(panned(days, -1, series)),
    ArrowRight: () => goTo(panned(days, 1, series)),
    '+': () => goTo(zoomed(days, 0.5, series)),
    '-': () => goTo(zoomed(days, 2, series)),
  }
  const press = (event: KeyboardEvent) => {
    const move = moves[event.key as keyof typeof moves]
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    move()
  }
  return (
    <Panel
      title={`${series.ticker}, ${cadence} bars${series.kind === 'extended_bars' ? ' outside regular hours' : ''}`}
      flush
      note={
        query.data !== undefined && (
          <span className="muted" data-testid="bars-note" aria-busy={query.isHeld}>
            {describeBars(query.data, days, cadence)}
          </span>
        )
      }
      actions={
        <div className="row">
          <Button small title="Earlier (←)" aria-label="Earlier" onClick={moves.ArrowLeft}>
            ←
          </Button>
          <Button small title="Later (→)" aria-label="Later" onClick={moves.ArrowRight}>
            →
          </Button>
          <Button small title="Closer (+)" aria-label="Closer" onClick={moves['+']}>
            +
          </Button>
          <Button small title="Further away (−)" aria-label="Further away" onClick={moves['-']}>
            −
          </Button>
          <Segmented<Range | 'own'>
            label="Range"
            options={choices}
            value={params['from'] === undefined ? range : 'own'}
            onChange={(next) =>
              setParams({ range: next === 'all' ? undefined : next, from: undefined, to: undefined })
            }
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its keys move the days on screen, as its buttons do */}
      <section aria-label="Prices: arrows move, plus and minus zoom" tabIndex={0} onKeyDown={press}>
        <QueryView query={query} lines={8}>
          {(bars) => (
            <CandleChart
              bars={bars}
              look={look}
              height={380}
              onStretch={(stretch) => {
                const next = stretch === null ? rangeDates('all', series) : boxed(bars.ts, stretch)
                if (next !== null) goTo(next)
              }}
            />
          )}
        </QueryView>
      </section>
      <div className="grid-bar">
        <CopyRequest operationId="getBars" input={input} />
      </div>
    </Panel>
  )
}

function describeBars({ ts, bars_total }: ReplyOf<'getBars'>, { start, end }: BarWindow, cadence: string) {
  const drawn = ts.length < bars_total ? ` drawn as ${formatCount(ts.length)}` : ''
  const zone = cadence === 'daily' ? '' : `, ${zoneName()}`
  return `${formatDay(start)} to ${formatDay(end)}, ${formatCount(bars_total)} bars${drawn}${zone}`
}
