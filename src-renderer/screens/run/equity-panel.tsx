import { useMemo } from 'react'
import type { BacktestRun } from '#renderer/api/types.ts'
import { DrawnPlot } from '#renderer/charts/drawn-plot.tsx'
import { equityPlot } from '#renderer/charts/equity-plots.ts'
import { definitionOf } from '#renderer/components/definition.ts'
import { formatNumber, formatSignedPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { useIsReport } from '#renderer/components/report-mode.ts'
import { Segmented } from '#renderer/components/segmented.tsx'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { TearSheet } from '#shared/contract/tear-sheet.ts'

const scales = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
] as const

interface EquityPanelProps {
  reply: BacktestRun
  sheet: TearSheet
}

/** Equity and drawdown, beside the underlying held where that is wanted. */
export function EquityPanel({ reply: { run, equity }, sheet: { benchmark } }: EquityPanelProps) {
  const { params } = useHash()
  const isReport = useIsReport()
  const isLog = params['scale'] === 'log'
  const isHeld = params['held'] === '1'
  const held = isHeld ? benchmark : null
  const view = useMemo(() => ({ id: run.id, equity, isLog, held }), [run.id, equity, isLog, held])
  const other = useMemo(() => ({ id: run.id, equity, isLog: !isLog, held: null }), [run.id, equity, isLog])
  return (
    <Panel
      title="Equity and drawdown"
      flush
      definition="Out of sample, net of costs, one point a session; equity starts at 1 and compounds. Drawdown is the fall from the running peak"
      note={
        benchmark !== null && (
          <span className="muted" title={definitionOf(TearSheet.properties.benchmark)}>
            {benchmark.ticker} held: {formatSignedPercent(benchmark.cum_return)}, Sharpe{' '}
            {formatNumber(benchmark.sharpe)}, correlation {formatNumber(benchmark.correlation)}, beta{' '}
            {formatNumber(benchmark.beta, 3)}
          </span>
        )
      }
      actions={
        isReport ? undefined : (
          <>
            {benchmark !== null && (
              <label className="check">
                <input
                  type="checkbox"
                  checked={isHeld}
                  onChange={() => setParams({ held: isHeld ? undefined : '1' })}
                />
                {benchmark.ticker} held
              </label>
            )}
            <Segmented
              label="Scale of equity"
              options={scales}
              value={isLog ? 'log' : 'linear'}
              onChange={(next) => setParams({ scale: next === 'log' ? 'log' : undefined })}
            />
          </>
        )
      }
    >
      <DrawnPlot draw={equityPlot} of={view} />
      {isReport && <DrawnPlot draw={equityPlot} of={other} />}
    </Panel>
  )
}
