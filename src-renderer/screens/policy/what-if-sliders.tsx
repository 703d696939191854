import { Button } from '#renderer/components/button.tsx'
import { formatNumber } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { type Draft, sliders } from './what-if-draft.ts'

interface WhatIfSlidersProps {
  draft: Draft
  inForce: Draft
  onMove: (draft: Draft) => void
  /** The hand is off the slider: now the host is asked. */
  onSettle: () => void
}

/** Settings to try. The host is asked when a slider comes to rest, since each look at a backtest counts as a trial. */
export function WhatIfSliders({ draft, inForce, onMove, onSettle }: WhatIfSlidersProps) {
  const isMoved = sliders.some(({ key }) => draft[key] !== inForce[key])
  return (
    <Panel
      title="What if"
      actions={
        <Button small disabled={!isMoved} onClick={() => onMove(inForce)}>
          As in force
        </Button>
      }
    >
      {sliders.map(({ key, label, min, max, step }) => (
        <label className="field" key={key}>
          <span>
            {label}: {formatNumber(draft[key], 3)}
            {draft[key] !== inForce[key] && ` (in force ${formatNumber(inForce[key], 3)})`}
          </span>
          <input
            type="range"
            data-testid={`what-if-${key}`}
            min={Math.min(min, inForce[key])}
            max={Math.max(max, inForce[key])}
            step={step}
            value={draft[key]}
            onChange={(event) => onMove({ ...draft, [key]: Number(event.target.value) })}
            onPointerUp={onSettle}
            onKeyUp={onSettle}
          />
        </label>
      ))}
      <p className="muted">
        Nothing is written or trained. Each setting looked at counts as a trial of the model.
      </p>
    </Panel>
  )
}
