import type { BacktestRun } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { EquityChart } from '#renderer/charts/equity-chart.tsx'
import { Badge, DataBadge } from '#renderer/components/badge.tsx'
import { CartButton } from '#renderer/components/cart-button.tsx'
import { describeConfig } from '#renderer/components/describe-config.ts'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { GateCard } from '#renderer/components/gate-drawer.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { Segmented } from '#renderer/components/segmented.tsx'
import { formatUtc } from '#renderer/components/time.ts'
import { useLinkTo } from '#renderer/stores/context.ts'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { FoldTable } from './fold-table.tsx'
import { HourTable } from './hour-table.tsx'
import { KeyFigures } from './key-figures.tsx'
import { MetricTables } from './metric-tables.tsx'
import { NoRunChosen } from './no-run-chosen.tsx'
import { ThresholdTable } from './threshold-table.tsx'
import { TradeGrid } from './trade-grid.tsx'

/** The tear sheet of one run, named by the link (`id=`). */
export function RunScreen() {
  const { id } = useHash().params
  const query = useQuery('getBacktestRun', id === undefined ? null : { params: { id } })
  if (id === undefined) return <NoRunChosen />
  return (
    <QueryView query={query} lines={10}>
      {(reply) => <TearSheet reply={reply} />}
    </QueryView>
  )
}

const scales = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
] as const

function TearSheet({ reply }: { reply: BacktestRun }) {
  const { run, equity, folds, hours, threshold_results: thresholds, notes } = reply
  const linkTo = useLinkTo()
  const scale = useHash().params['scale'] === 'log' ? 'log' : 'linear'
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Run {run.id}</h1>
        <Badge tone={run.gate.pass ? 'good' : 'bad'}>
          {run.gate.pass ? 'passes' : 'fails'} {run.lineage.risk_profile}
        </Badge>
        <DataBadge simulated={run.simulated} />
        <span>
          {run.model_id} · {run.ticker ?? ''} · {describeConfig(run.config)}
        </span>
        <span className="muted" title={formatUtc(run.created_at)}>
          {formatTime(run.created_at)} {zoneName()}
        </span>
        <span className="spacer" />
        <CartButton item={run} subject={describeConfig(run.config)} hasText />
        {run.sweep_id !== null && (
          <a href={linkTo('sweeps', { sweep_id: run.sweep_id, model_id: run.model_id })}>
            Sweep {run.sweep_id}
          </a>
        )}
        <a href={linkTo('matrix', { model_id: run.model_id, sha: run.lineage.matrix_sha })}>Its matrix</a>
      </div>
      {notes.length > 0 && (
        <ul className="banner tone-warn" aria-label="Notes">
          {notes.map((note) => (
            <li key={note} className="grow">
              {note}
            </li>
          ))}
        </ul>
      )}
      <KeyFigures run={run} />
      <Panel
        title="Equity and drawdown"
        flush
        note={<span className="muted">out of sample, net of costs</span>}
        actions={
          <Segmented
            label="Scale of equity"
            options={scales}
            value={scale}
            onChange={(next) => setParams({ scale: next === 'log' ? 'log' : undefined })}
          />
        }
      >
        <EquityChart label={`Equity and drawdown of run ${run.id}`} equity={equity} isLog={scale === 'log'} />
      </Panel>
      <div className="columns" style={{ '--column': '420px' }}>
        <div className="stack">
          <Panel title="Gate">
            <GateCard row={run} />
          </Panel>
          <HourTable hours={hours} />
          <ThresholdTable results={thresholds} />
        </div>
        <Panel title="Every figure">
          <MetricTables metrics={run.metrics} />
        </Panel>
      </div>
      <FoldTable folds={folds} />
      <TradeGrid reply={reply} />
    </div>
  )
}
