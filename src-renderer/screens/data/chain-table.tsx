import { useEffect, useRef } from 'react'
import { formatCount, formatMoney, formatNumber, formatPercent } from '#renderer/components/format.ts'
import type { SideQuote, StrikeRow } from './chain-rows.ts'
import './chain.css'

interface QuoteColumn {
  title: string
  hint: string
  text: (quote: SideQuote) => string
  shade?: (quote: SideQuote) => string | undefined
}

/** A spread of this share of the mid has the deepest colour. */
const WIDE_SPREAD = 0.2

function bySpread({ spread }: SideQuote): string | undefined {
  if (spread === null) return undefined
  const depth = Math.round(Math.min(1, spread / WIDE_SPREAD) * 100)
  const tint = `color-mix(in srgb, var(--warn-soft) ${depth}%, transparent)`
  // An image, so that the tint of what is in the money stays beneath.
  return `linear-gradient(${tint}, ${tint})`
}

/** From the outer edge to the strike; the puts are the mirror of it. */
const columns: readonly QuoteColumn[] = [
  {
    title: 'OI',
    hint: 'Open interest; the bar is its share of the largest',
    text: (q) => formatCount(q.openInterest),
  },
  { title: 'Volume', hint: 'Contracts so far in the session', text: (q) => formatCount(q.volume) },
  { title: 'Γ', hint: 'Gamma', text: (q) => formatNumber(q.gamma, 3) },
  { title: 'Δ', hint: 'Delta', text: (q) => formatNumber(q.delta, 2) },
  { title: 'IV', hint: 'Implied volatility', text: (q) => formatPercent(q.iv) },
  { title: 'Bid', hint: 'Shaded by the spread', text: (q) => formatNumber(q.bid), shade: bySpread },
  { title: 'Ask', hint: 'Shaded by the spread', text: (q) => formatNumber(q.ask), shade: bySpread },
]
/** The puts keep bid before ask. */
const putColumns = [...columns.slice(5), ...columns.slice(0, 5).toReversed()]

interface ChainTableProps {
  label: string
  rows: readonly StrikeRow[]
}

/** Calls, strike, puts. It opens with the row at the money in the middle. */
export function ChainTable({ label, rows }: ChainTableProps) {
  const box = useRef<HTMLElement>(null)
  const first = rows[0]?.strike
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another ladder of strikes is a reason to scroll
  useEffect(() => {
    const row = box.current?.querySelector<HTMLElement>('[data-atm]')
    if (box.current !== null && row != null) {
      box.current.scrollTop = row.offsetTop - (box.current.clientHeight - row.offsetHeight) / 2
    }
  }, [label, first, rows.length])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section ref={box} className="table-scroll chain-box" aria-label={label} tabIndex={0}>
      <table className="table tight chain">
        <thead>
          <tr>
            <th colSpan={columns.length} scope="colgroup" className="group">
              Calls
            </th>
            <td />
            <th colSpan={columns.length} scope="colgroup" className="group">
              Puts
            </th>
          </tr>
          <tr>
            {columns.map((column) => (
              <Head key={column.title} column={column} />
            ))}
            <th scope="col" className="strike">
              Strike
            </th>
            {putColumns.map((column) => (
              <Head key={column.title} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.strike} data-atm={row.isAtm || undefined}>
              {columns.map((column) => (
                <QuoteCell key={column.title} column={column} quote={row.call} side="right" />
              ))}
              <th scope="row" className="strike">
                {formatNumber(row.strike, Number.isInteger(row.strike) ? 0 : 2)}
                {row.isAtm && <span className="atm">ATM</span>}
              </th>
              {putColumns.map((column) => (
                <QuoteCell key={column.title} column={column} quote={row.put} side="left" />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Head({ column: { title, hint } }: { column: QuoteColumn }) {
  return (
    <th scope="col" className="number" title={hint}>
      {title}
    </th>
  )
}

interface QuoteCellProps {
  column: QuoteColumn
  quote: SideQuote
  /** Where the bar of the open interest points: towards the strike. */
  side: 'left' | 'right'
}

function QuoteCell({ column, quote, side }: QuoteCellProps) {
  const isHeld = column.title === 'OI'
  const share = Math.round(quote.openInterestShare * 100)
  return (
    <td
      className={quote.isInTheMoney ? 'number itm' : 'number'}
      title={column.shade !== undefined ? describeSpread(quote) : undefined}
      style={{
        backgroundImage: isHeld
          ? `linear-gradient(to ${side}, var(--accent-soft) ${share}%, transparent ${share}%)`
          : column.shade?.(quote),
      }}
    >
      {column.text(quote)}
    </td>
  )
}

function describeSpread({ bid, ask, mid, spread }: SideQuote): string {
  if (bid === null || ask === null) return 'Not quoted on both sides'
  if (mid === null) return 'No middle: nothing is bid, or the quotes cross'
  return `Middle ${formatMoney(mid)}, spread ${formatMoney(ask - bid)} or ${formatPercent(spread)} of it`
}
