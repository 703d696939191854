import { useState } from 'react'
import type { BacktestRun } from '#renderer/api/types.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge, DataBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { CartButton } from '#renderer/components/cart-button.tsx'
import { describeConfig } from '#renderer/components/describe-config.ts'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { Drawer } from '#renderer/components/drawer.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { Segmented } from '#renderer/components/segmented.tsx'
import { formatUtc } from '#renderer/components/time.ts'
import { useLinkTo, useOwnModel } from '#renderer/stores/context.ts'
import { setParams, useHash } from '#renderer/stores/hash-state.ts'
import { ExportButton } from './export-button.tsx'
import { ImportancePanel } from './importance-panel.tsx'
import { KeyFigures } from './key-figures.tsx'
import { NoRunChosen } from './no-run-chosen.tsx'
import { ReliabilityPanel } from './reliability-panel.tsx'
import { ReproducePanel } from './reproduce-panel.tsx'
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
import { TradeGrid } from './trade-grid.tsx'
import { HourTable, SideTable, WeekdayTable } from './trade-groups.tsx'
import { TradeViewer } from './trade-viewer.tsx'

const parts = [
  { value: 'summary', label: 'Summary' },
  { value: 'returns', label: 'Returns' },
  { value: 'trades', label: 'Trades' },
  { value: 'model', label: 'Model' },
  { value: 'robustness', label: 'Robustness' },
  { value: 'record', label: 'Record' },
] as const
type PartName = (typeof parts)[number]['value']

/** The tear sheet of one run, named by the link (`id=`), part by part (`part=`). */
export function RunScreen() {
  const { id } = useHash().params
  const query = useQuery('getBacktestRun', id === undefined ? null : { params: { id } })
  if (id === undefined) return <NoRunChosen />
  return (
    <QueryView query={query} lines={10}>
      {(reply) => <Run reply={reply} />}
    </QueryView>
  )
}

function Run({ reply }: { reply: BacktestRun }) {
  const { run, notes } = reply
  useOwnModel(run.model_id)
  const sheet = useQuery('getTearSheet', { params: { id: run.id } })
  const asked = useHash().params['part']
  const part: PartName = parts.find(({ value }) => value === asked)?.value ?? 'summary'
  return (
    <div className="screen">
      <RunHead reply={reply} sheet={sheet.data} />
      <RunNotes notes={notes} />
      <KeyFigures run={run} />
      <Segmented
        label="Part of the tear sheet"
        options={parts}
        value={part}
        onChange={(next) => setParams({ part: next === 'summary' ? undefined : next })}
      />
      <QueryView query={sheet} lines={8}>
        {(data) => <Part key={part} name={part} reply={reply} sheet={data} />}
      </QueryView>
    </div>
  )
}

function Part({ name, reply, sheet }: RunView & { name: PartName }) {
  switch (name) {
    case 'summary':
      return <SummaryPart reply={reply} sheet={sheet} />
    case 'returns':
      return <ReturnsPart reply={reply} sheet={sheet} />
    case 'trades':
      return (
        <>
          {sheet.benchmark !== null && reply.trades.ret.length > 0 && (
            <TradeViewer reply={reply} fill={sheet.costs.fill} />
          )}
          <div className="columns" style={{ '--column': '300px' }}>
            <HourTable hours={reply.hours} />
            <WeekdayTable weekdays={sheet.weekdays} />
            <SideTable sides={sheet.sides} />
          </div>
          <TradeGrid reply={reply} />
        </>
      )
    case 'model':
      return (
        <>
          <div className="columns" style={{ '--column': '420px' }}>
            <ReliabilityPanel reliability={sheet.reliability} />
            <ThresholdTable results={reply.threshold_results} />
          </div>
          <ImportancePanel importance={sheet.importance} />
        </>
      )
    case 'robustness':
      return <RobustnessPart reply={reply} sheet={sheet} />
    case 'record':
      return (
        <>
          <ReproducePanel key={reply.run.id} id={reply.run.id} />
          <RecordPart reply={reply} />
        </>
      )
  }
}

function RunHead({ reply, sheet }: { reply: BacktestRun; sheet: RunView['sheet'] | undefined }) {
  const { run } = reply
  const linkTo = useLinkTo()
  const [isDefining, setDefining] = useState(false)
  return (
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
      <div className="row end">
        {run.sweep_id !== null && (
          <a href={linkTo('sweeps', { sweep_id: run.sweep_id, model_id: run.model_id })}>
            Sweep {run.sweep_id}
          </a>
        )}
        <a href={linkTo('matrix', { model_id: run.model_id, sha: run.lineage.matrix_sha })}>Its matrix</a>
        <Button small onClick={() => setDefining(!isDefining)}>
          Definitions
        </Button>
        {sheet !== undefined && <ExportButton reply={reply} sheet={sheet} />}
        <CartButton item={run} subject={describeConfig(run.config)} hasText />
      </div>
      {isDefining && (
        <Drawer title="Definitions" onClose={() => setDefining(false)} testId="definitions">
          <Definitions />
        </Drawer>
      )}
    </div>
  )
}
