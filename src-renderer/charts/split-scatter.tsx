import type { Data, Layout } from 'plotly.js-dist-min'
import { useMemo } from 'react'
import { type ChartColors, useChartColors } from './chart-colors.ts'
import type { ChartTable } from './chart-table.ts'
import { type Cell, fitLine, gatherPoints } from './count-bins.ts'
import { Plot } from './plot.tsx'

interface SplitScatterProps {
  /** Sharpe ratio of the configuration that each split chose, in sample and out of it. */
  inside: readonly number[]
  outside: readonly number[]
  isKept: (split: number) => boolean
  height?: number
}

/** Splits stand together in squares of this side: thousands of points on each other would say less. */
const SIDE = 0.2

/** What looked best in half of the time, against what it was in the other half. */
export function SplitScatter({ inside, outside, isKept, height = 200 }: SplitScatterProps) {
  const colors = useChartColors()
  const cells = useMemo(() => gatherPoints(inside, outside, isKept, SIDE), [inside, outside, isKept])
  const data = useMemo<Data[]>(() => {
    const most = Math.max(1, ...cells.map(({ count }) => count))
    const line = fitLine(inside, outside)
    const ends = [Math.min(...inside), Math.max(...inside)]
    return [
      {
        type: 'scatter',
        mode: 'markers',
        x: cells.map(({ x }) => x),
        y: cells.map(({ y }) => y),
        text: cells.map(describeCell),
        hovertemplate: '%{text}<br>in sample %{x:.2f}, out of sample %{y:.2f}<extra></extra>',
        marker: {
          size: cells.map(({ count }) => 4 + 14 * Math.sqrt(count / most)),
          color: cells.map((cell) => colors[toneOf(cell)]),
          opacity: cells.map(({ marked }) => (marked > 0 ? 0.75 : 0.2)),
          line: { width: 0 },
        },
      },
      ...(line === undefined
        ? []
        : [
            {
              type: 'scatter',
              mode: 'lines',
              x: ends,
              y: ends.map((x) => line.intercept + line.slope * x),
              line: { color: colors.text, width: 1.4, dash: 'dot' },
              hoverinfo: 'skip',
            } satisfies Data,
          ]),
    ]
  }, [cells, inside, outside, colors])
  const table = useMemo<ChartTable>(
    () => ({
      columns: [{ title: 'Sharpe in sample' }, { title: 'Sharpe out of sample' }, { title: 'Splits' }],
      rows: cells.toSorted((a, b) => a.x - b.x).map(({ x, y, count }) => [x.toFixed(2), y, count]),
    }),
    [cells],
  )
  return (
    <Plot
      label={`Sharpe out of sample against Sharpe in sample of ${inside.length} splits`}
      height={height}
      data={data}
      layout={layout}
      table={table}
    />
  )
}

const toneOf = ({ y, marked }: Cell): keyof ChartColors =>
  marked === 0 ? 'line-strong' : y < 0 ? 'loss' : 'gain'

const describeCell = ({ count, marked }: Cell): string =>
  marked === count ? `${count} splits` : `${count} splits, ${marked} of kept configurations`

const layout: Partial<Layout> = {
  hovermode: 'closest',
  margin: { l: 44, r: 12, t: 8, b: 34 },
  xaxis: { title: { text: 'Sharpe in sample', font: { size: 11 } } },
  yaxis: { title: { text: 'out of sample', font: { size: 11 } } },
}
