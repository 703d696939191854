import { pictureColors, withTokens } from './chart-colors.ts'
import { loadPlotly } from './load-plotly.ts'
import type { PlotSpec } from './plot-spec.ts'
import { withTheme } from './plot-theme.ts'

/**
 * A plot as SVG text that follows the theme of the page it is put into. Its ids are made unlike those of other pictures.
 * @param width pixels; the picture is as wide as its place, and scales
 */
export async function drawPicture(spec: PlotSpec, width: number, id: string): Promise<string> {
  const plotly = await loadPlotly()
  const { height, layout } = spec
  // Plotly names traces and parts by random numbers; by ours, one run gives one file.
  const data = spec.data.map((trace, i) => ({ ...trace, uid: `${id}t${i}` }))
  const figure = {
    data,
    layout: { ...withTheme(layout ?? {}, pictureColors, height), width, autosize: false },
  }
  const url = await plotly.toImage(figure, { format: 'svg', width, height })
  const svg = decodeURIComponent(url.slice(url.indexOf(',') + 1))
  const own = /id="(?:top)?defs-([0-9a-f]+)"/.exec(svg)?.[1]
  const named = own === undefined ? svg : svg.replaceAll(own, id)
  return withTokens(named)
    .replace('<svg ', '<svg role="img" ')
    .replace(/ width="\d+" height="\d+"/, '')
}
