import { useMemo, useState } from 'react'
import type { LeaderboardRow } from '#renderer/api/types.ts'
import { type ParallelAxis, withBrush } from '#renderer/charts/brushes.ts'
import { describeBrush } from '#renderer/charts/parallel-axis.tsx'
import { ParallelChart } from '#renderer/charts/parallel-chart.tsx'
import { Button } from '#renderer/components/button.tsx'
import { describeConfig } from '#renderer/components/describe-config.ts'
import { formatNumber, formatPlural } from '#renderer/components/format.ts'
import { Icon } from '#renderer/components/icon.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { navigate } from '#renderer/stores/hash-state.ts'
import { KeptNote } from './kept-note.tsx'
import type { Brushes } from './use-brushes.ts'

interface SweepLinesProps extends Brushes {
  rows: readonly LeaderboardRow[]
  axes: readonly ParallelAxis[]
  within: readonly boolean[]
}

/** Every configuration as a line; what is kept here is kept in every view of the sweep. */
export function SweepLines({ rows, axes, within, brushes, draw, keep }: SweepLinesProps) {
  const [hovered, setHovered] = useState<number>()
  const tones = useMemo(() => rows.map(({ metrics }) => metrics.sharpe ?? null), [rows])
  const row = hovered === undefined ? undefined : rows[hovered]
  const brushed = axes.flatMap((axis) => {
    const brush = brushes.find((each) => each.axis === axis.id)
    return brush === undefined ? [] : [{ axis, text: describeBrush(axis, brush) }]
  })
  return (
    <Panel
      title="Configurations"
      flush
      note={<KeptNote id="lines" kept={within.filter(Boolean).length} total={rows.length} />}
      actions={
        brushed.length > 0 && (
          <Button small look="quiet" data-testid="clear-brushes" onClick={() => keep([])}>
            Show all
          </Button>
        )
      }
    >
      <ParallelChart
        label={`${formatPlural(rows.length, 'configuration')} as lines: what each varied, and what came of it`}
        height={260}
        axes={axes}
        tones={tones}
        within={within}
        brushes={brushes}
        onDraw={draw}
        onBrush={keep}
        onHover={setHovered}
        onRow={(place) => navigate('run', { id: rows[place]?.id })}
      />
      <div className="grid-bar">
        {brushed.map(({ axis, text }) => (
          <button
            type="button"
            key={axis.id}
            className="chip tone-info"
            aria-label={`Stop keeping ${axis.title} ${text}`}
            onClick={() => keep(withBrush(brushes, axis, undefined))}
          >
            {axis.title}: {text}
            <Icon name="close" size={9} />
          </button>
        ))}
        <span className="line-note">
          {row === undefined
            ? 'Drag along an axis to keep a part of it in every view; a click on a line opens its run'
            : `#${row.id} ${describeConfig(row.config)}: Sharpe ${formatNumber(row.metrics.sharpe)}, ${formatPlural(row.metrics.trades ?? 0, 'trade')}, ${row.gate.pass ? 'passes' : 'fails'}`}
        </span>
      </div>
    </Panel>
  )
}
