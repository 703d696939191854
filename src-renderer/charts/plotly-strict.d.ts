declare module 'plotly.js-strict-dist-min' {
  import type * as Plotly from 'plotly.js-dist-min'

  const plotly: Pick<typeof Plotly, 'newPlot' | 'react' | 'purge' | 'Plots' | 'toImage'>
  export = plotly
}
