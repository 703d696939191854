import type { BacktestRun } from '#renderer/api/types.ts'
import { FoldMap } from '#renderer/charts/fold-map.tsx'
import { definitionOf } from '#renderer/components/definition.ts'
import { GateCard } from '#renderer/components/gate-drawer.tsx'
import { LineageList } from '#renderer/components/lineage-list.tsx'
import { metricDefinition, metricGroups, metricTitle } from '#renderer/components/metric-catalog.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { useIsReport } from '#renderer/components/report-mode.ts'
import { Table } from '#renderer/components/table.tsx'
import { TearSheet } from '#shared/contract/tear-sheet.ts'
import { DrawdownTable } from './drawdown-table.tsx'
import { EquityPanel } from './equity-panel.tsx'
import { FoldTable } from './fold-table.tsx'
import { MetricTables } from './metric-tables.tsx'
import { MonthTable } from './month-table.tsx'
import { ParamsPanel } from './params-panel.tsx'
import { ParityTable, PremiumTable } from './parity-tables.tsx'
import { PathsPanel } from './paths-panel.tsx'
import { HistogramPanel, RollingPanel, YearsPanel } from './return-panels.tsx'
import { CostTable, SensitivityTable } from './robustness-tables.tsx'

export interface RunView {
  reply: BacktestRun
  sheet: TearSheet
}

/** What it earned, what it lost on the way, and whether that is allowed. */
export function SummaryPart({ reply, sheet }: RunView) {
  return (
    <>
      <EquityPanel reply={reply} sheet={sheet} />
      <MonthTable sheet={sheet} />
      <div className="columns" style={{ '--column': '490px' }}>
        <div className="stack">
          <DrawdownTable drawdowns={sheet.drawdowns} />
          <Panel title="Gate">
            <GateCard row={reply.run} />
          </Panel>
        </div>
        <Panel title="Every figure" definition="Point at a name for its definition, or see Definitions">
          <MetricTables metrics={reply.run.metrics} />
        </Panel>
      </div>
    </>
  )
}

export function ReturnsPart({ reply, sheet }: RunView) {
  return (
    <>
      <RollingPanel equity={reply.equity} rolling={sheet.rolling} />
      <div className="columns stretch" style={{ '--column': '420px' }}>
        <HistogramPanel histogram={sheet.histogram} />
        <YearsPanel years={sheet.years} />
      </div>
    </>
  )
}

/** What would have become of it under other circumstances. */
export function RobustnessPart({ reply, sheet }: RunView) {
  const isReport = useIsReport()
  return (
    <>
      <div className="columns thirds">
        <SensitivityTable sheet={sheet} run={reply.run} />
        <CostTable sheet={sheet} run={reply.run} />
        <ParityTable parity={reply.parity} />
        <PremiumTable parity={reply.parity} />
      </div>
      {(reply.paths !== null || !isReport) && <PathsPanel reply={reply} repeat={sheet.repeat} />}
      {/* A combinatorial fold tests two groups apart, which one band cannot show. */}
      {reply.paths === null && (
        <Panel
          title="Folds over time"
          definition="Where each fold learned, what was cut out between, and where it was tested"
        >
          <FoldMap folds={reply.folds} />
        </Panel>
      )}
      <FoldTable folds={reply.folds} />
    </>
  )
}

export function RecordPart({ reply }: Pick<RunView, 'reply'>) {
  return (
    <div className="columns" style={{ '--column': '420px' }}>
      <Panel title="Where it comes from">
        <LineageList lineage={reply.run.lineage} />
      </Panel>
      <ParamsPanel params={reply.params} />
    </div>
  )
}

const definitions = [
  ...metricGroups.flatMap(({ names }) =>
    names.map((name) => ({ name: metricTitle(name), text: metricDefinition(name) })),
  ),
  ...(
    [
      'drawdowns',
      'months',
      'rolling',
      'histogram',
      'sides',
      'costs',
      'sensitivity',
      'reliability',
      'benchmark',
    ] as const
  ).map((name) => ({
    name: name.charAt(0).toUpperCase() + name.slice(1),
    text: definitionOf(TearSheet.properties[name]),
  })),
]

/** Every figure with what it means. */
export function Definitions() {
  return (
    <Table
      label="Definitions"
      rows={definitions}
      rowKey={({ name }) => name}
      columns={[
        { title: 'Figure', cell: ({ name }) => name },
        { title: 'Definition', cell: ({ text }) => text, wrap: true },
      ]}
    />
  )
}
