import { useMemo } from 'react'
import type { BacktestRun } from '#renderer/api/types.ts'
import { useAction } from '#renderer/api/use-action.ts'
import { DrawnPlot } from '#renderer/charts/drawn-plot.tsx'
import { pathsPlot } from '#renderer/charts/equity-plots.ts'
import { Button } from '#renderer/components/button.tsx'
import { formatNumber, formatPercent, formatSignedPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState, ErrorLine } from '#renderer/components/states.tsx'
import { Table } from '#renderer/components/table.tsx'
import { navigate } from '#renderer/stores/hash-state.ts'
import type { TearSheet } from '#shared/contract/tear-sheet.ts'

const definition =
  'Combinatorial purged cross-validation (López de Prado 2018, 12): the data is cut into 6 groups, each pair is tested once by a model of the other four, and the tested pieces make 5 whole histories, each out of sample. One good path among bad ones is luck'

/** Five histories instead of one: how much of the result is the path. */
export function PathsPanel({ reply, repeat }: { reply: BacktestRun; repeat: TearSheet['repeat'] }) {
  const { equity, paths } = reply
  const view = useMemo(() => paths && { date: equity.date, paths }, [equity, paths])
  return (
    <Panel
      title="Combinatorial paths"
      definition={definition}
      note={
        paths && (
          <span className="muted">
            Sharpe {formatNumber(paths.sharpe_mean)} ± {formatNumber(paths.sharpe_std)}, worst{' '}
            {formatNumber(paths.sharpe_min)}
          </span>
        )
      }
    >
      {view === null ? (
        <RunPaths repeat={repeat} />
      ) : (
        <>
          <DrawnPlot draw={pathsPlot} of={view} />
          <Table
            label="Combinatorial paths"
            rows={view.paths.rows}
            rowKey={(_, index) => index}
            columns={[
              { title: 'Path', cell: (_, index) => index + 1 },
              { title: 'Sharpe', numeric: true, cell: ({ sharpe }) => formatNumber(sharpe) },
              {
                title: 'Return',
                numeric: true,
                cell: ({ equity: own }) => formatSignedPercent((own.at(-1) ?? 1) - 1, 2),
              },
              {
                title: 'Drawdown',
                numeric: true,
                cell: ({ equity: own }) => formatPercent(deepest(own), 2),
              },
            ]}
          />
        </>
      )}
    </Panel>
  )
}

function deepest(equity: readonly number[]): number {
  let peak = 1
  let depth = 0
  for (const value of equity) {
    peak = Math.max(peak, value)
    depth = Math.max(depth, 1 - value / peak)
  }
  return depth
}

function RunPaths({ repeat }: Pick<TearSheet, 'repeat'>) {
  const backtest = useAction('runBacktest')
  const run = async () => {
    const answer = await backtest.run({ body: { ...repeat, cv: 'cpcv', splits: 6 } })
    const id = answer?.backtest_run_id
    if (id != null) navigate('run', { id, part: 'robustness' })
  }
  return (
    <>
      <EmptyState
        title="This run has one path"
        action={
          <Button
            look="primary"
            data-testid="run-paths"
            disabled={backtest.pending}
            onClick={() => void run()}
          >
            {backtest.pending ? 'Testing 15 splits…' : 'Test on combinatorial paths'}
          </Button>
        }
      >
        The same configuration as a run of its own, on the newest matrix of the model. It counts as a trial.
      </EmptyState>
      <ErrorLine error={backtest.error} />
    </>
  )
}
