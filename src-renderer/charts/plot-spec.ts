import type { Data, Layout } from 'plotly.js-dist-min'
import type { ChartTable } from './chart-table.ts'

/** All that makes a plot: in the window it is drawn by Plotly, in a saved page it is a picture. */
export interface PlotSpec {
  /** What the plot shows, for those who cannot see it. */
  label: string
  height: number
  data: Data[]
  layout?: Partial<Layout>
  /** The data as a table, where what is drawn would not read well: a root for an axis, a colour for a name. */
  table?: ChartTable
}
