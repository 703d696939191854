type Plotly = typeof import('plotly.js-strict-dist-min')

let loading: Promise<Plotly> | undefined

/** The strict bundle needs no eval. It is large, so it is fetched only once a plot is shown. */
export function loadPlotly(): Promise<Plotly> {
  loading ??= import('plotly.js-strict-dist-min').then((module) => module.default)
  return loading
}
