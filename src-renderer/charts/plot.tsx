import type { Config, PlotSelectionEvent } from 'plotly.js-dist-min'
import { useContext, useEffect, useMemo, useRef, useState } from 'react'
import { ReportMode } from '#renderer/components/report-mode.ts'
import { LoadingState } from '#renderer/components/states.tsx'
import { useChartColors } from './chart-colors.ts'
import { ChartFrame } from './chart-frame.tsx'
import { loadPlotly } from './load-plotly.ts'
import type { PlotSpec } from './plot-spec.ts'
import { withTheme } from './plot-theme.ts'
import { tabulateTraces } from './tabulate-traces.ts'
import { useNearness } from './use-nearness.ts'

/** A part of the plot that a hand has drawn a box around. */
export interface PlotBox {
  x: [number, number]
  y: [number, number]
}

interface PlotProps extends PlotSpec {
  /** Called with the `customdata` of a point that was clicked. */
  onPoint?: (customdata: unknown) => void
  /** Makes dragging draw a box; called with it, ends in order. */
  onBox?: (box: PlotBox) => void
  /** Called with the stretch of the first axis that a hand has zoomed to, and with null where it was given up. */
  onStretch?: (x: [number, number] | null) => void
}

const config: Partial<Config> = {
  displaylogo: false,
  showSendToCloud: false,
  responsive: false,
  modeBarButtonsToRemove: ['lasso2d', 'select2d', 'autoScale2d', 'zoomIn2d', 'zoomOut2d'],
}

/** A plot in the colours of the theme: Plotly in the window, a picture in a page that is saved. */
export function Plot(props: PlotProps) {
  const draw = useContext(ReportMode)
  return draw === null ? <LivePlot {...props} /> : <SavedPlot spec={props} svg={draw(props)} />
}

function SavedPlot({ spec: { label, height, data, layout, table }, svg }: { spec: PlotSpec; svg: string }) {
  return (
    <ChartFrame label={label} height={height} table={table ?? tabulateTraces(data, layout)}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: Plotly made it of our own data a moment ago */}
      <div className="saved-plot" dangerouslySetInnerHTML={{ __html: svg }} />
    </ChartFrame>
  )
}

/** Follows the size of its box. */
function LivePlot({ label, height, data, layout, table, onPoint, onBox, onStretch }: PlotProps) {
  const colors = useChartColors()
  const box = useRef<HTMLDivElement>(null)
  const click = useRef(onPoint)
  click.current = onPoint
  const boxed = useRef(onBox)
  boxed.current = onBox
  const stretched = useRef(onStretch)
  stretched.current = onStretch
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
      graph.removeAllListeners('plotly_relayout')
      graph.on('plotly_relayout', (event) => {
        const from = event['xaxis.range[0]']
        const to = event['xaxis.range[1]']
        if (typeof from === 'number' && typeof to === 'number') stretched.current?.(inOrder([from, to]))
        else if (event['xaxis.autorange'] === true) stretched.current?.(null)
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
        {isNear && !isReady && <LoadingState label={`Drawing ${label}`} lines={2} />}
        <div ref={box} />
      </div>
    </ChartFrame>
  )
}

const inOrder = (ends: readonly number[]): [number, number] => [Math.min(...ends), Math.max(...ends)]
