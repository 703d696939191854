import { useMemo } from 'react'
import type { BacktestRun } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { CandleChart } from '#renderer/charts/candle-chart.tsx'
import { Button } from '#renderer/components/button.tsx'
import { formatNumber, formatSignedPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { markTrades } from './mark-trades.ts'
import { tradeWindow } from './trade-window.ts'

interface TradeViewerProps {
  reply: BacktestRun
  fill: string | null
}

/** One trade after the other on the bars it was filled on; the trade is named by the link (`trade=`). */
export function TradeViewer({ reply, fill }: TradeViewerProps) {
  const { run, trades } = reply
  const count = trades.ret.length
  const asked = Number(useHash().params['trade'] ?? count)
  const number = Number.isInteger(asked) && asked >= 1 && asked <= count ? asked : count
  const at = number - 1
  const isDaily = reply.hours.length === 0
  const window = tradeWindow(trades.entry_at[at] ?? '', trades.exit_at[at] ?? '', isDaily)
  const query = useQuery('getRunBars', { params: { id: run.id }, query: { ...window, max_points: 2000 } })
  const bars = query.data
  const marks = useMemo(
    () => (bars === undefined ? undefined : markTrades(bars, trades, fill, at)),
    [bars, trades, fill, at],
  )
  const show = (next: number) => setParams({ trade: String(next) })
  return (
    <Panel
      title={`Trade ${number} of ${count}`}
      definition="Triangles are entries, up for long and down for short; circles are exits. The line between them is teal where the trade won, net of costs, and red where it lost"
      note={
        <span className={(trades.ret[at] ?? 0) < 0 ? 'loss' : 'gain'} data-testid="shown-trade">
          {trades.side[at]}, {formatNumber(trades.entry[at])} to {formatNumber(trades.exit[at])},{' '}
          {formatSignedPercent(trades.ret[at], 3)}
        </span>
      }
      actions={
        <>
          <Button small disabled={number <= 1} onClick={() => show(number - 1)}>
            Earlier
          </Button>
          <Button small disabled={number >= count} onClick={() => show(number + 1)}>
            Later
          </Button>
        </>
      }
    >
      <QueryView query={query} lines={6}>
        {(found) => (
          <CandleChart
            bars={{ ...found }}
            look="candles"
            height={360}
            label={`Trade ${number} of run ${run.id} on the bars it was filled on`}
            {...(marks === undefined ? {} : { marks })}
          />
        )}
      </QueryView>
    </Panel>
  )
}
