import { reliabilityPlot } from '#renderer/charts/distribution-plots.ts'
import { DrawnPlot } from '#renderer/charts/drawn-plot.tsx'
import { definitionOf } from '#renderer/components/definition.ts'
import { formatCount, formatPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { TearSheet } from '#shared/contract/tear-sheet.ts'

/** Whether the scores mean what they say. */
export function ReliabilityPanel({ reliability }: Pick<TearSheet, 'reliability'>) {
  return (
    <Panel
      title="Reliability of the scores"
      definition={definitionOf(TearSheet.properties.reliability)}
      note={
        reliability !== null && (
          <span className="muted">
            off by {formatPercent(reliability.error)} on average, {formatCount(reliability.rows)} rows
          </span>
        )
      }
    >
      {reliability === null ? (
        <EmptyState title="Not kept">This run was made before it was measured; run it again.</EmptyState>
      ) : (
        <DrawnPlot draw={reliabilityPlot} of={reliability} />
      )}
    </Panel>
  )
}
