import type { OptionPosition } from '#renderer/api/types.ts'
import type { GridColumn } from '#renderer/components/data-grid.tsx'
import { formatMoney, formatSignedPercent, MISSING } from '#renderer/components/format.ts'
import {
  countColumn,
  numberColumn,
  percentColumn,
  textColumn,
  timeColumn,
} from '#renderer/components/grid-columns.tsx'
import { daysBetween } from './overlay-request.ts'

type Row = OptionPosition
type Get = (row: Row) => number | null | undefined

const explained = (column: GridColumn<Row>, headerTooltip: string): GridColumn<Row> => ({
  ...column,
  headerTooltip,
})
const money = (title: string, get: Get, missing = MISSING): GridColumn<Row> => ({
  ...numberColumn<Row>(title, get),
  valueFormatter: ({ value }: { value: number | null }) => (value === null ? missing : formatMoney(value)),
})
const signed = (title: string, get: Get, format: (value: number | null) => string): GridColumn<Row> => ({
  ...numberColumn<Row>(title, get),
  valueFormatter: ({ value }: { value: number | null }) => format(value),
  cellClass: ({ value }: { value: number | null }) => [
    'ag-right-aligned-cell',
    value === null ? 'muted' : value < 0 ? 'loss' : 'gain',
  ],
})

/** "460 call", "460/465 call". */
export const contractName = ({ legs, type }: Pick<Row, 'legs' | 'type'>): string =>
  `${legs.map(({ strike }) => strike).join('/')} ${type}`

/** Everything a row says, the contract first: its button opens the position. */
export const positionColumns = (open: (row: Row) => void): GridColumn<Row>[] => [
  timeColumn<Row>('Decided', (row) => row.ts),
  {
    ...textColumn<Row>('Contract', contractName),
    cellRenderer: ({ data }: { data: Row | undefined }) =>
      data && (
        <button
          type="button"
          className="link"
          data-testid="open-position"
          aria-label={`Open ${contractName(data)} of ${data.expiry}`}
          onClick={() => open(data)}
        >
          {contractName(data)}
        </button>
      ),
  },
  textColumn<Row>('Expiry', (row) => row.expiry),
  explained(
    countColumn<Row>('Days', (row) => daysBetween(row.date, row.expiry)),
    'Calendar days to expiry',
  ),
  {
    ...textColumn<Row>('Signal', (row) => row.signal_side),
    cellClass: ({ value }: { value: unknown }) => (value === 'buy' ? 'gain' : 'loss'),
  },
  explained(
    money('Premium', (row) => row.entry_premium_est),
    'The ask, dollars per share',
  ),
  explained(
    percentColumn<Row>('P(profit)', (row) => row.profit_probability),
    'Risk-neutral chance to end beyond the break-even',
  ),
  textColumn<Row>('Underlying', (row) => row.parity.underlying?.outcome),
  explained(
    signed(
      'Return',
      (row) => row.parity.underlying?.result,
      (value) => formatSignedPercent(value, 2),
    ),
    'Of the trade on the underlying, net',
  ),
  textColumn<Row>('On premium', (row) => row.parity.premium?.outcome),
  explained(
    signed('P&L', (row) => row.parity.premium?.result, formatMoney),
    'Net dollars of one contract',
  ),
  explained(
    percentColumn<Row>('Spread', (row) => row.spread_pct),
    'Ask less bid, of the mid',
  ),
  money('Break-even', (row) => row.break_even),
  explained(
    money('Max loss', (row) => row.max_loss),
    'Dollars per share',
  ),
  explained(
    money('Max gain', (row) => row.max_profit, 'no limit'),
    'Dollars per share',
  ),
  explained(
    numberColumn<Row>('Δ', (row) => row.greeks.delta),
    'Delta of the position',
  ),
  explained(
    numberColumn<Row>('Γ', (row) => row.greeks.gamma, 3),
    'Gamma of the position',
  ),
  explained(
    numberColumn<Row>('Vega', (row) => row.greeks.vega / 100, 3),
    'Dollars per share for a point of volatility',
  ),
  explained(
    numberColumn<Row>('Θ', (row) => row.greeks.theta / 365, 3),
    'Dollars per share and day',
  ),
  percentColumn<Row>('IV', (row) => row.iv),
  explained(
    countColumn<Row>('OI', (row) => row.oi),
    'Open interest',
  ),
  countColumn<Row>('Volume', (row) => row.volume),
  explained(
    money('Stop', (row) => row.stop_premium),
    'Premium at the stop of the underlying when the time stop falls',
  ),
  explained(
    money('Target', (row) => row.target_premium),
    'Premium at the target of the underlying when the time stop falls',
  ),
]
