import { useMemo } from 'react'
import { CandleChart } from '#renderer/charts/candle-chart.tsx'
import { Badge, DataBadge } from '#renderer/components/badge.tsx'
import { describeConfig } from '#renderer/components/describe-config.ts'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { formatNumber, formatPlural, formatSignedPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { Table } from '#renderer/components/table.tsx'
import type { ReplyOf } from '#shared/contract/index.ts'
import { ImportanceBars } from './importance-panel.tsx'
import { KeyFigures } from './key-figures.tsx'
import { markTrades } from './mark-trades.ts'
import { ReliabilityPanel } from './reliability-panel.tsx'
import { RunNotes } from './run-notes.tsx'
import {
  Definitions,
  RecordPart,
  ReturnsPart,
  RobustnessPart,
  type RunView,
  SummaryPart,
} from './run-parts.tsx'
import { ThresholdTable } from './threshold-table.tsx'
import { HourTable, SideTable, WeekdayTable } from './trade-groups.tsx'

interface RunReportProps extends RunView {
  trained: ReplyOf<'getTrainingImportance'> | null
  bars: ReplyOf<'getRunBars'> | null
}

/** The whole tear sheet on one page, to be saved. */
export function RunReport({ reply, sheet, trained, bars }: RunReportProps) {
  const { run, equity } = reply
  return (
    <main className="screen report">
      <header className="screen-head">
        <h1>
          Run {run.id} of {run.model_id}
        </h1>
        <Badge tone={run.gate.pass ? 'good' : 'bad'}>
          {run.gate.pass ? 'passes' : 'fails'} {run.lineage.risk_profile}
        </Badge>
        <DataBadge simulated={run.simulated} />
        <span>
          {run.ticker ?? ''} · {describeConfig(run.config)} · {equity.date[0]} to {equity.date.at(-1)}
        </span>
        <span className="muted">
          run {formatTime(run.created_at)} {zoneName()}
        </span>
      </header>
      {run.simulated && (
        <p className="banner tone-warn">
          The data is simulated: these figures show how the tools work, not what a market did.
        </p>
      )}
      <RunNotes notes={reply.notes} />
      <KeyFigures run={run} />
      <SummaryPart reply={reply} sheet={sheet} />
      <ReturnsPart reply={reply} sheet={sheet} />
      <div className="columns" style={{ '--column': '300px' }}>
        <HourTable hours={reply.hours} />
        <WeekdayTable weekdays={sheet.weekdays} />
        <SideTable sides={sheet.sides} />
      </div>
      {bars !== null && <TradesOverview reply={reply} fill={sheet.costs.fill} bars={bars} />}
      <RobustnessPart reply={reply} sheet={sheet} />
      <div className="columns" style={{ '--column': '420px' }}>
        <ReliabilityPanel reliability={sheet.reliability} />
        <ThresholdTable results={reply.threshold_results} />
      </div>
      {trained !== null && (
        <Panel title="Feature importance" note={<code>{trained.artifact}</code>}>
          <ImportanceBars rows={trained.rows} />
        </Panel>
      )}
      <TradeList reply={reply} />
      <RecordPart reply={reply} />
      <Panel title="Definitions">
        <Definitions />
      </Panel>
    </main>
  )
}

function TradesOverview({
  reply: { run, trades },
  fill,
  bars,
}: Pick<RunReportProps, 'reply'> & { fill: string | null; bars: ReplyOf<'getRunBars'> }) {
  const marks = useMemo(() => ({ ...markTrades(bars, trades, fill, null), lines: [] }), [bars, trades, fill])
  return (
    <Panel
      title="Trades on the price"
      note={<span className="muted">triangles: entries; circles: exits</span>}
    >
      <CandleChart
        bars={bars}
        look="line"
        height={420}
        label={`Trades of run ${run.id} on the price of ${bars.ticker}`}
        marks={marks}
      />
    </Panel>
  )
}

function TradeList({ reply: { run, trades, trades_total: total } }: Pick<RunReportProps, 'reply'>) {
  return (
    <Panel
      title="Trades"
      flush
      note={
        <span className="muted">
          {formatPlural(total, 'trade')}, times in {zoneName()}
        </span>
      }
    >
      <details>
        <summary>
          {trades.ret.length < total ? `The first ${trades.ret.length} trades` : 'Every trade'}
        </summary>
        <Table
          label={`Trades of run ${run.id}`}
          rows={trades.ret}
          rowKey={(_, i) => i}
          columns={[
            { title: 'Trade', cell: (_, i) => i + 1 },
            { title: 'Entry', cell: (_, i) => formatTime(trades.entry_at[i]) },
            { title: 'Exit', cell: (_, i) => formatTime(trades.exit_at[i]) },
            { title: 'Side', cell: (_, i) => trades.side[i] },
            { title: 'Size', numeric: true, cell: (_, i) => formatNumber(trades.size[i]) },
            { title: 'Entry price', numeric: true, cell: (_, i) => formatNumber(trades.entry[i]) },
            { title: 'Exit price', numeric: true, cell: (_, i) => formatNumber(trades.exit[i]) },
            { title: 'Return', numeric: true, cell: (ret) => formatSignedPercent(ret, 3) },
            { title: 'Fold', numeric: true, cell: (_, i) => trades.fold[i] },
          ]}
        />
      </details>
    </Panel>
  )
}
