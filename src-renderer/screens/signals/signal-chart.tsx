import { useMemo } from 'react'
import type { ModelSummary, SignalRow } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { CandleChart } from '#renderer/charts/candle-chart.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { formatCount, formatPlural } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { Segmented } from '#renderer/components/segmented.tsx'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { markSignals } from './mark-signals.ts'
import { cadenceOf, rangesOf, windowOf } from './signal-range.ts'

const bracketChoices = [
  { value: 'one', label: 'Its bracket' },
  { value: 'all', label: 'All brackets' },
] as const
/** Beyond that the host merges neighbours, and a bracket could not be followed any more. */
const MOST_CANDLES = 1500

interface SignalChartProps {
  signal: SignalRow
  /** Of the same model, newest first. */
  signals: readonly SignalRow[]
  model: ModelSummary | undefined
}

/** The signals of a model on the bars it decides on. Range and brackets are in the link. */
export function SignalChart({ signal, signals, model }: SignalChartProps) {
  const { params } = useHash()
  const cadence = cadenceOf(signal, model)
  const choices = rangesOf(cadence)
  const range = choices.find(({ value }) => value === params['range'])?.value ?? 'around'
  const wanted = params['brackets'] === 'all' ? 'all' : 'one'
  const dates = signals.map(({ date }) => date)
  const input = {
    query: {
      ticker: signal.ticker,
      cadence,
      ...windowOf(range, cadence, signal, dates),
      max_points: MOST_CANDLES,
    },
  }
  const query = useQuery('getBars', input)
  const bars = query.data
  const isThinned = bars !== undefined && bars.ts.length < bars.bars_total
  const marks = useMemo(
    () =>
      bars === undefined
        ? undefined
        : markSignals(bars, signals, {
            shown: signal.id,
            brackets: isThinned ? 'none' : wanted,
            timeText: formatTime,
          }),
    [bars, signals, signal.id, wanted, isThinned],
  )
  const count = marks?.points.filter(({ symbol }) => symbol !== 'circle-open').length ?? 0
  return (
    <Panel
      title={`${signal.ticker} and its signals`}
      definition="A triangle is a signal, up for buy and down for sell: blue the one on the card, teal where its trade won, orange where it lost, grey without a result. Lines are its entry, stop and target until one of them is touched or its time is up; dotted ones are of other signals. A bar that touches both counts as stopped"
      flush
      note={
        <span
          className="muted"
          data-testid="chart-note"
          data-signals={count}
          data-lines={marks?.lines.length}
        >
          {formatPlural(count, 'signal')}
          {isThinned &&
            `, ${formatCount(bars.bars_total)} bars drawn as ${formatCount(bars.ts.length)}, no brackets`}
          {cadence === 'daily' ? '' : `, ${zoneName()}`}
        </span>
      }
      actions={
        <div className="row">
          <Segmented
            label="Range"
            options={choices}
            value={range}
            onChange={(next) => setParams({ range: next === 'around' ? undefined : next })}
          />
          <Segmented
            label="Brackets"
            options={bracketChoices}
            value={wanted}
            onChange={(next) => setParams({ brackets: next === 'all' ? next : undefined })}
          />
        </div>
      }
    >
      <QueryView query={query} lines={8}>
        {(found) => (
          <CandleChart
            bars={found}
            look="candles"
            height={340}
            label={`${signal.ticker}, ${found.cadence} bars with ${formatPlural(count, 'signal')}`}
            {...(marks === undefined ? {} : { marks })}
          />
        )}
      </QueryView>
      <div className="grid-bar">
        <CopyRequest operationId="getBars" input={input} />
      </div>
    </Panel>
  )
}
