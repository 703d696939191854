export interface HeatCell {
  value: number | null
  /** What the cell says; the colour only repeats it. */
  text: string
  title?: string
  href?: string
  isDim?: boolean
}

/** Makes the names along an edge of the table switches. */
export interface HeatEdge {
  isOn: (place: number) => boolean
  toggle: (place: number) => void
}

interface HeatTableProps {
  label: string
  corner: string
  rows: readonly string[]
  columns: readonly string[]
  cell: (row: number, column: number) => HeatCell | undefined
  rowEdge?: HeatEdge
  columnEdge?: HeatEdge
}

/** A small heatmap as a table, so that it can be read as well as seen. Colours diverge around 0. */
export function HeatTable({ label, corner, rows, columns, cell, rowEdge, columnEdge }: HeatTableProps) {
  const cells = rows.map((_, r) => columns.map((_, c) => cell(r, c)))
  const strongest = Math.max(1e-9, ...cells.flat().map((each) => Math.abs(each?.value ?? 0)))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label={label} tabIndex={0}>
      <table className="heat">
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map((column, c) => (
              <th key={column} scope="col">
                <EdgeName name={column} place={c} edge={columnEdge} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={row}>
              <th scope="row">
                <EdgeName name={row} place={r} edge={rowEdge} />
              </th>
              {columns.map((column, c) => {
                const found = cells[r]?.[c]
                return (
                  <td
                    key={column}
                    title={found?.title}
                    className={found?.isDim ? 'dim' : undefined}
                    style={{ background: heat(found?.value ?? null, strongest) }}
                  >
                    {found?.href === undefined ? (
                      <span>{found?.text ?? ''}</span>
                    ) : (
                      <a href={found.href}>{found.text}</a>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function EdgeName({ name, place, edge }: { name: string; place: number; edge: HeatEdge | undefined }) {
  if (edge === undefined) return name
  return (
    <button
      type="button"
      className="edge"
      aria-pressed={edge.isOn(place)}
      title={`Keep ${name} only, or no longer`}
      onClick={() => edge.toggle(place)}
    >
      {name}
    </button>
  )
}

function heat(value: number | null, strongest: number): string {
  if (value === null) return 'var(--raised)'
  const share = Math.round((Math.abs(value) / strongest) * 60)
  return `color-mix(in srgb, var(--heat-${value < 0 ? 'low' : 'high'}) ${share}%, var(--heat-mid))`
}
