import type { Config, Data, Layout, PlotSelectionEvent } from 'plotly.js-dist-min'
import { useEffect, useMemo, useRef, useState } from 'react'
import { LoadingState } from '#renderer/components/states.tsx'
import { type ChartColors, useChartColors } from './chart-colors.ts'
import { ChartFrame } from './chart-frame.tsx'
import type { ChartTable } from './chart-table.ts'
import { loadPlotly } from './load-plotly.ts'
import { tabulateTraces } from './tabulate-traces.ts'
import { useNearness } from './use-nearness.ts'

/** A part of the plot that a hand has drawn a box around. */
export interface PlotBox {
  x: [number, number]
  y: [number, number]
}

interface PlotProps {
  /** What the plot shows, for those who cannot see it. */
  label: string
  height: number
  data: Data[]
  layout?: Partial<Layout>
  /** The data as a table, where what is drawn would not read well: a root for an axis, a colour for a name. */
  table?: ChartTable
  /** Called with the `customdata` of a point that was clicked. */
  onPoint?: (customdata: unknown) => void
  /** Makes dragging draw a box; called with it, ends in order. */
  onBox?: (box: PlotBox) => void
}

const config: Partial<Config> = {
  displaylogo: false,
  showSendToCloud: false,
  responsive: false,
  modeBarButtonsToRemove: ['lasso2d', 'select2d', 'autoScale2d', 'zoomIn2d', 'zoomOut2d'],
}

/** A Plotly plot in the colours of the theme; it follows the size of its box. */
export function Plot({ label, height, data, layout, table, onPoint, onBox }: PlotProps) {
  const colors = useChartColors()
  const box = useRef<HTMLDivElement>(null)
  const click = useRef(onPoint)
  click.current = onPoint
  const boxed = useRef(onBox)
  boxed.current = onBox
  const [isReady, setReady] = useState(false)
  const isNear = useNearness(box)
  const shown = useMemo(() => table ?? tabulateTraces(data, layout), [table, data, layout])

  useEffect(() => {
    const element = box.current
    if (element === null || !isNear) return
    let gone = false
    void loadPlotly().then(async (plotly) => {
      if (gone) return
      const graph = await plotly.react(element, data, withTheme(layout ?? {}, colors, height), config)
      if (gone) return
      graph.removeAllListeners('plotly_click')
      graph.on('plotly_click', (event) => click.current?.(event.points[0]?.customdata))
      graph.removeAllListeners('plotly_selected')
      graph.on('plotly_selected', (event) => {
        // Without an event where the box was given up.
        const range = (event as PlotSelectionEvent | undefined)?.range
        if (range !== undefined) boxed.current?.({ x: inOrder(range.x), y: inOrder(range.y) })
      })
      setReady(true)
    })
    return () => {
      gone = true
    }
  }, [data, layout, colors, height, isNear])

  useEffect(() => {
    const element = box.current
    if (element === null || !isReady) return
    const observer = new ResizeObserver(
      // A plot behind its table has no box to fit.
      () => void loadPlotly().then(({ Plots }) => element.offsetParent !== null && Plots.resize(element)),
    )
    observer.observe(element)
    return () => {
      observer.disconnect()
      void loadPlotly().then((plotly) => plotly.purge(element))
    }
  }, [isReady])

  return (
    <ChartFrame label={label} height={height} table={shown}>
      <div className="plot" style={{ height }}>
        {!isReady && <LoadingState label={`Drawing ${label}`} lines={2} />}
        <div ref={box} />
      </div>
    </ChartFrame>
  )
}

const inOrder = (ends: readonly number[]): [number, number] => [Math.min(...ends), Math.max(...ends)]

/** Fills in what every plot shares; axes given by the caller keep their own settings. */
function withTheme(layout: Partial<Layout>, colors: ChartColors, height: number): Partial<Layout> {
  const axis = {
    gridcolor: colors.line,
    linecolor: colors.line,
    zerolinecolor: colors['line-strong'],
    tickfont: { color: colors.muted, size: 11 },
    automargin: true,
  }
  const axes = Object.fromEntries(
    ['xaxis', 'yaxis', ...Object.keys(layout).filter((key) => /^[xy]axis\d$/.test(key))].map((key) => [
      key,
      { ...axis, ...(layout as Record<string, object | undefined>)[key] },
    ]),
  )
  return {
    autosize: true,
    height,
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: 'inherit', size: 11, color: colors.text },
    margin: { l: 48, r: 14, t: 10, b: 32 },
    hoverlabel: {
      bgcolor: colors.raised,
      bordercolor: colors['line-strong'],
      font: { color: colors.text, size: 12 },
    },
    modebar: { bgcolor: 'rgba(0,0,0,0)', color: colors.muted, activecolor: colors.accent },
    showlegend: false,
    ...layout,
    ...axes,
  }
}
