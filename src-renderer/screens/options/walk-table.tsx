import type { OptionPosition } from '#renderer/api/types.ts'
import { formatTime } from '#renderer/components/display-time.ts'
import { formatMoney, formatSignedPercent, humanize } from '#renderer/components/format.ts'
import { Table, type TableColumn } from '#renderer/components/table.tsx'

type Walk = NonNullable<OptionPosition['parity']['underlying']>
interface Line {
  name: string
  walk: Walk
  stop: number | null
  target: number | null
  result: string
}

const columns: readonly TableColumn<Line>[] = [
  { title: 'Replay', cell: ({ name }) => name },
  { title: 'Outcome', cell: ({ walk }) => humanize(walk.outcome) },
  { title: 'Entry', cell: ({ walk }) => formatTime(walk.entry_ts) },
  { title: 'Entry price', numeric: true, cell: ({ walk }) => formatMoney(walk.entry_px) },
  { title: 'Exit', cell: ({ walk }) => formatTime(walk.exit_ts) },
  { title: 'Exit price', numeric: true, cell: ({ walk }) => formatMoney(walk.exit_px) },
  { title: 'Stop', numeric: true, cell: ({ stop }) => formatMoney(stop) },
  { title: 'Target', numeric: true, cell: ({ target }) => formatMoney(target) },
  {
    title: 'Net',
    numeric: true,
    cell: ({ walk, result }) => (
      <span className={walk.result === null ? 'muted' : walk.result < 0 ? 'loss' : 'gain'}>{result}</span>
    ),
  },
]

/** How the trade ended on the underlying, and on the premium; net return there, dollars of a contract here. */
export function WalkTable({ row }: { row: OptionPosition }) {
  const { underlying, premium } = row.parity
  const lines: Line[] = []
  if (underlying !== null) {
    lines.push({
      name: 'on the underlying',
      walk: underlying,
      stop: row.underlying_stop_px,
      target: row.underlying_target_px,
      result: formatSignedPercent(underlying.result, 2),
    })
  }
  if (premium !== null) {
    lines.push({
      name: 'on the premium',
      walk: premium,
      stop: row.stop_premium,
      target: row.target_premium,
      result: formatMoney(premium.result),
    })
  }
  if (lines.length === 0) return <p className="muted">Not replayed: tick it and build again.</p>
  return <Table label="Replays" columns={columns} rows={lines} rowKey={({ name }) => name} />
}
