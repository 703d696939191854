import type { OptionPayoff } from '#renderer/api/types.ts'
import { formatCount, formatMoney, formatNumber, formatPercent } from '#renderer/components/format.ts'
import { Table, type TableColumn } from '#renderer/components/table.tsx'

interface Line {
  name: string
  symbol: string
  bid: number | null
  ask: number | null
  iv: number | null
  value: number
  delta: number
  gamma: number
  vega: number
  theta: number
  oi: number | null
  volume: number | null
}

const numeric = (title: string, hint: string, cell: (line: Line) => string): TableColumn<Line> => ({
  id: title,
  title: <span title={hint}>{title}</span>,
  numeric: true,
  cell,
})

const columns: readonly TableColumn<Line>[] = [
  { title: 'Leg', cell: ({ name }) => name },
  { title: 'Symbol', cell: ({ symbol }) => (symbol === '' ? '' : <code>{symbol}</code>) },
  numeric('Bid', 'Dollars per share', ({ bid }) => formatNumber(bid)),
  numeric('Ask', 'Dollars per share', ({ ask }) => formatNumber(ask)),
  numeric('Value', 'Black–Scholes, dollars per share', ({ value }) => formatMoney(value)),
  numeric('IV', 'Volatility at which Black–Scholes gives the mid', ({ iv }) => formatPercent(iv)),
  numeric('Δ', 'Delta', ({ delta }) => formatNumber(delta, 3)),
  numeric('Γ', 'Gamma', ({ gamma }) => formatNumber(gamma, 4)),
  numeric('Vega', 'Dollars per share for a point of volatility', ({ vega }) => formatNumber(vega / 100, 3)),
  numeric('Θ', 'Dollars per share and day', ({ theta }) => formatNumber(theta / 365, 3)),
  numeric('OI', 'Open interest', ({ oi }) => formatCount(oi)),
  numeric('Volume', 'Contracts so far in the session', ({ volume }) => formatCount(volume)),
]

/** Legs as they are held, and the position that they add up to. */
export function LegTable({ payoff: { row, legs } }: { payoff: OptionPayoff }) {
  const lines: Line[] = legs.map((greeks, i) => {
    const leg = row.legs[i]
    return {
      name: leg === undefined ? '' : `${leg.action} ${leg.strike} ${leg.type}`,
      symbol: greeks.occ_symbol,
      bid: leg?.bid ?? null,
      ask: leg?.ask ?? null,
      iv: leg?.iv ?? null,
      oi: leg?.oi ?? null,
      volume: leg?.volume ?? null,
      ...greeks,
    }
  })
  const net: Line = {
    name: 'Net',
    symbol: '',
    bid: row.mid - row.half_spread,
    ask: row.mid + row.half_spread,
    iv: null,
    value: legs.reduce((sum, { value }) => sum + value, 0),
    ...row.greeks,
    oi: null,
    volume: null,
  }
  return <Table label="Legs" columns={columns} rows={[...lines, net]} rowKey={({ name }) => name} />
}
