import { useMemo } from 'react'
import { type ChartColors, useChartColors } from './chart-colors.ts'
import { Plot } from './plot.tsx'
import type { PlotSpec } from './plot-spec.ts'

interface DrawnPlotProps<T> {
  draw: (of: T, colors: ChartColors) => PlotSpec
  /** What is drawn; kept as it is between renders, or the plot is made anew. */
  of: T
}

/** A plot by a function of its data and the colours of the theme. */
export function DrawnPlot<T>({ draw, of }: DrawnPlotProps<T>) {
  const colors = useChartColors()
  const spec = useMemo(() => draw(of, colors), [draw, of, colors])
  return <Plot {...spec} />
}
