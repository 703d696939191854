import type { BacktestRun } from '#renderer/api/types.ts'
import { runStyle } from '#renderer/charts/chart-colors.ts'
import { DataBadge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { describeConfig } from '#renderer/components/describe-config.ts'
import { GateChip } from '#renderer/components/gate-chip.tsx'
import { openGate } from '#renderer/components/gate-drawer.tsx'
import { Icon } from '#renderer/components/icon.tsx'
import { useLinkTo } from '#renderer/stores/context.ts'

const DASHES = { solid: '', dash: '5 3', dot: '2 3', dashdot: '6 3 2 3' } as const

/** The line a run is drawn with. */
export function RunSwatch({ index }: { index: number }) {
  const { color, dash } = runStyle(index)
  return (
    <svg width="20" height="8" aria-hidden="true">
      <line x1="1" y1="4" x2="19" y2="4" stroke={color} strokeWidth="2.5" strokeDasharray={DASHES[dash]} />
    </svg>
  )
}

/** Name of a run above its column. */
export function RunHead({ index, id }: { index: number; id: string }) {
  return (
    <span className="row nowrap run-head">
      <RunSwatch index={index} />#{id}
    </span>
  )
}

/** Who is compared: each run with its line, its verdict, and a way out. */
export function ComparedRuns({
  replies,
  onRemove,
}: {
  replies: readonly BacktestRun[]
  onRemove: (id: string) => void
}) {
  const linkTo = useLinkTo()
  return (
    <ul className="run-cards" aria-label="Runs compared">
      {replies.map(({ run }, index) => (
        <li key={run.id} className="run-card" data-testid="compared-run">
          <RunSwatch index={index} />
          <a href={linkTo('run', { id: run.id })}>#{run.id}</a>
          <GateChip gate={run.gate} subject={`run ${run.id}`} onOpen={() => openGate(run.id)} />
          <span
            className="grow"
            title={`${run.model_id}, ${describeConfig(run.config)}, ${run.lineage.risk_profile}`}
          >
            <strong>{run.model_id}</strong>
            <br />
            <span className="muted">
              {describeConfig(run.config)}, {run.lineage.risk_profile}
            </span>
          </span>
          <DataBadge simulated={run.simulated} />
          <Button
            look="quiet"
            small
            aria-label={`Stop comparing run ${run.id}`}
            onClick={() => onRemove(run.id)}
          >
            <Icon name="close" size={11} />
          </Button>
        </li>
      ))}
    </ul>
  )
}
