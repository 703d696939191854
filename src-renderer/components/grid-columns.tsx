import type { GridColumn } from './data-grid.tsx'
import { formatTime } from './display-time.ts'
import { formatCount, formatNumber, formatPercent, formatSignedPercent } from './format.ts'
import { formatMetric, type MetricName, metricDefinition, metricTitle } from './metric-catalog.ts'
import { formatUtc } from './time.ts'

type Get<R> = (row: R) => number | null | undefined

const numeric = <R,>(
  title: string,
  get: Get<R>,
  format: (value: number | null | undefined) => string,
): GridColumn<R> => ({
  colId: title,
  headerName: title,
  valueGetter: ({ data }) => (data === undefined ? null : (get(data) ?? null)),
  valueFormatter: ({ value }) => format(value),
  type: 'rightAligned',
  filter: 'agNumberColumnFilter',
  // Missing figures stand last in either order.
  comparator: (a: number | null, b: number | null, _nodeA, _nodeB, isDescending) =>
    a === b ? 0 : a === null ? (isDescending ? -1 : 1) : b === null ? (isDescending ? 1 : -1) : a - b,
})

export const numberColumn = <R,>(title: string, get: Get<R>, digits = 2) =>
  numeric(title, get, (value) => formatNumber(value, digits))
export const countColumn = <R,>(title: string, get: Get<R>) => numeric(title, get, formatCount)
export const percentColumn = <R,>(title: string, get: Get<R>, digits = 1) =>
  numeric(title, get, (value) => formatPercent(value, digits))

/** A return, coloured by sign. */
export const returnColumn = <R,>(title: string, get: Get<R>, digits = 1): GridColumn<R> => ({
  ...numeric(title, get, (value) => formatSignedPercent(value, digits)),
  cellClass: ({ value }) => ['ag-right-aligned-cell', value < 0 ? 'loss' : value > 0 ? 'gain' : 'muted'],
})

/** A run metric, named, explained and formatted as everywhere. */
export const metricColumn = <R,>(name: MetricName, get: Get<R>): GridColumn<R> => ({
  ...(name === 'cum_return'
    ? returnColumn(metricTitle(name), get)
    : numeric(metricTitle(name), get, (value) => formatMetric(name, value))),
  colId: name,
  headerTooltip: metricDefinition(name),
})

export const textColumn = <R,>(title: string, get: (row: R) => string | null | undefined): GridColumn<R> => ({
  colId: title,
  headerName: title,
  valueGetter: ({ data }) => (data === undefined ? '' : (get(data) ?? '')),
})

/** A time, sorted as UTC and read in the zone of the settings. */
export const timeColumn = <R,>(title: string, get: (row: R) => string | null | undefined): GridColumn<R> => ({
  ...textColumn(title, get),
  valueFormatter: ({ value }) => formatTime(value),
  headerTooltip: 'In the time zone of the settings',
  tooltipValueGetter: ({ value }) => formatUtc(value),
})
