import type { Layout } from 'plotly.js-dist-min'
import type { ChartColors } from './chart-colors.ts'

/** Fills in what every plot shares; axes given by the caller keep their own settings. */
export function withTheme(layout: Partial<Layout>, colors: ChartColors, height: number): Partial<Layout> {
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
