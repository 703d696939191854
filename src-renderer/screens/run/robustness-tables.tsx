import type { BacktestRun } from '#renderer/api/types.ts'
import { definitionOf } from '#renderer/components/definition.ts'
import {
  formatBps,
  formatNumber,
  formatPercent,
  formatSignedPercent,
  humanize,
} from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Table } from '#renderer/components/table.tsx'
import { TearSheet } from '#shared/contract/tear-sheet.ts'
import { type Fact, FactTable } from './fact-table.tsx'

const costs = TearSheet.properties.costs.properties

/** What trading cost, and how far the costs are from eating all. */
export function CostTable({ sheet, run }: { sheet: TearSheet; run: BacktestRun['run'] }) {
  const { slippage_bps, breakeven_bps, gross, paid, fill } = sheet.costs
  const rows: Fact[] = [
    ['Charged a side', formatBps(slippage_bps), definitionOf(costs.slippage_bps)],
    ['Break-even a side', formatBps(breakeven_bps), definitionOf(costs.breakeven_bps)],
    ['Before costs', formatSignedPercent(gross, 2), definitionOf(costs.gross)],
    ['Costs', formatPercent(paid, 2), definitionOf(costs.paid)],
    ['Return after costs', formatSignedPercent(run.metrics.cum_return, 2), 'Final equity − 1'],
    [
      'Turnover a year',
      formatNumber(run.metrics.turnover),
      'Two-way traded exposure per year of 252 sessions',
    ],
    ['Fills', fill === null ? '–' : humanize(fill), 'The price at which a trade begins'],
  ]
  return (
    <Panel title="Costs" flush definition={definitionOf(TearSheet.properties.costs)}>
      <FactTable label="Costs" facts={rows} />
    </Panel>
  )
}

/** The same positions at twice the cost, and one bar late. */
export function SensitivityTable({
  sheet: { sensitivity },
  run,
}: {
  sheet: TearSheet
  run: BacktestRun['run']
}) {
  const { sharpe = null, cum_return = null, max_dd = null } = run.metrics
  const rows =
    sensitivity === null
      ? []
      : [
          { name: 'As it is', sharpe, cum_return, max_dd },
          { name: 'Twice the cost', ...sensitivity.double_cost },
          ...(sensitivity.delay_1 === null ? [] : [{ name: 'One bar late', ...sensitivity.delay_1 }]),
        ]
  return (
    <Panel title="Sensitivity" flush definition={definitionOf(TearSheet.properties.sensitivity)}>
      {rows.length === 0 ? (
        <EmptyState title="Not kept">This run was made before it was measured; run it again.</EmptyState>
      ) : (
        <Table
          label="Sensitivity to costs and delay"
          rows={rows}
          rowKey={({ name }) => name}
          columns={[
            { title: 'Case', cell: ({ name }) => name },
            { title: 'Sharpe', numeric: true, cell: (row) => formatNumber(row.sharpe) },
            { title: 'Return', numeric: true, cell: (row) => formatSignedPercent(row.cum_return, 2) },
            { title: 'Drawdown', numeric: true, cell: (row) => formatPercent(row.max_dd, 2) },
          ]}
        />
      )}
    </Panel>
  )
}
