import { useMemo } from 'react'
import type { BacktestRun } from '#renderer/api/types.ts'
import { histogramPlot, yearsPlot } from '#renderer/charts/distribution-plots.ts'
import { DrawnPlot } from '#renderer/charts/drawn-plot.tsx'
import { rollingPlot } from '#renderer/charts/equity-plots.ts'
import { definitionOf } from '#renderer/components/definition.ts'
import { formatCount, formatNumber, formatSignedPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { EmptyState } from '#renderer/components/states.tsx'
import { Stats } from '#renderer/components/stats.tsx'
import { TearSheet } from '#shared/contract/tear-sheet.ts'

const days = TearSheet.properties.histogram.properties

export function YearsPanel({ years }: Pick<TearSheet, 'years'>) {
  return (
    <Panel
      title="Return by year"
      definition={definitionOf(TearSheet.properties.years)}
      note={<span className="muted">grey: the underlying held</span>}
    >
      <DrawnPlot draw={yearsPlot} of={years} />
    </Panel>
  )
}

export function HistogramPanel({ histogram }: Pick<TearSheet, 'histogram'>) {
  const { mean, std, skewness, kurtosis, best, worst, flat } = histogram
  return (
    <Panel
      title="Returns of days"
      definition={definitionOf(TearSheet.properties.histogram)}
      note={<span className="muted">{formatCount(flat)} days without a return are left out</span>}
    >
      {histogram.bins.length === 0 ? (
        <EmptyState title="No day with a return" />
      ) : (
        <DrawnPlot draw={histogramPlot} of={histogram} />
      )}
      <Stats
        label="Days in figures"
        stats={[
          { label: 'Mean', value: formatSignedPercent(mean, 3), title: definitionOf(days.mean) },
          { label: 'Deviation', value: formatSignedPercent(std, 3), title: definitionOf(days.std) },
          { label: 'Skewness', value: formatNumber(skewness), title: definitionOf(days.skewness) },
          { label: 'Kurtosis', value: formatNumber(kurtosis), title: definitionOf(days.kurtosis) },
          { label: 'Best', value: formatSignedPercent(best, 2), title: definitionOf(days.best) },
          { label: 'Worst', value: formatSignedPercent(worst, 2), title: definitionOf(days.worst) },
        ]}
      />
    </Panel>
  )
}

export function RollingPanel({ equity, rolling }: Pick<BacktestRun, 'equity'> & Pick<TearSheet, 'rolling'>) {
  const view = useMemo(() => ({ date: equity.date, ...rolling }), [equity, rolling])
  return (
    <Panel title="Rolling Sharpe" definition={definitionOf(TearSheet.properties.rolling)}>
      {rolling.sharpe.every((each) => each === null) ? (
        <EmptyState title={`Fewer than ${rolling.window} sessions, or no return in them`} />
      ) : (
        <DrawnPlot draw={rollingPlot} of={view} />
      )}
    </Panel>
  )
}
