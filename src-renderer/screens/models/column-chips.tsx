import { formatPlural } from '#renderer/components/format.ts'

/** Names of columns that come out. */
export function ColumnChips({ columns }: { columns: readonly string[] }) {
  return (
    <details open={columns.length <= 40}>
      <summary>{formatPlural(columns.length, 'column')}</summary>
      <div className="row" data-testid="columns-out">
        {columns.map((column) => (
          <code key={column} className="badge">
            {column}
          </code>
        ))}
      </div>
    </details>
  )
}
