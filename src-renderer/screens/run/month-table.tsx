import { HeatTable } from '#renderer/charts/heat-table.tsx'
import { definitionOf } from '#renderer/components/definition.ts'
import { formatPlural, formatSignedPercent } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { TearSheet } from '#shared/contract/tear-sheet.ts'

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Returns by month, and the year at the end of its row. */
export function MonthTable({ sheet: { months, years } }: { sheet: TearSheet }) {
  return (
    <Panel title="Return by month" definition={definitionOf(TearSheet.properties.months)}>
      <HeatTable
        label="Return by month"
        corner="Year"
        rows={years.map(({ year }) => String(year))}
        columns={[...names, 'Year']}
        cell={(row, column) => {
          const year = years[row]
          const found =
            column === names.length
              ? year
              : months.find((each) => each.year === year?.year && each.month === column + 1)
          return (
            found && {
              // The year would outshine its months.
              value: column === names.length ? null : found.ret,
              text: formatSignedPercent(found.ret, 2),
              title: formatPlural(found.sessions, 'session'),
            }
          )
        }}
      />
    </Panel>
  )
}
