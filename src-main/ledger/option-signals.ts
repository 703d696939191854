import type { Static } from 'typebox'
import type { OptionSignalRow as OptionSignalRowSchema } from '#shared/contract/option-row.ts'
import { fromJson, toJson } from './json-column.ts'
import { type Clock, type Page, type Query, where } from './query.ts'

export type OptionSignalRow = Static<typeof OptionSignalRowSchema>
/** Of the signal itself; a row reads them where they are. */
type OfSignal = 'model_id' | 'pack_id' | 'risk_profile' | 'ticker' | 'date' | 'ts' | 'signal_side'
export type NewOptionSignal = Omit<OptionSignalRow, 'id' | 'created_at' | OfSignal>

export interface OptionSignalFilter {
  model_id?: string | undefined
  pack_id?: string | undefined
  risk_profile?: string | undefined
  /** One New York date of the signal, or a range of them, both ends included. */
  date?: string | undefined
  start?: string | undefined
  end?: string | undefined
  tickers?: string[] | undefined
  expiry?: string | undefined
  occ_symbol?: string | undefined
  limit: number
  offset: number
}

/** Columns of the table that a row names otherwise. */
interface Stored extends Pick<OptionSignalRow, OfSignal | 'id' | 'signal_id' | 'occ_symbol' | 'expiry'> {
  strike: number
  side: OptionSignalRow['type']
  delta: number | null
  iv: number | null
  spread_pct: number | null
  oi: number | null
  volume: number | null
  entry_px: number | null
  stop_px: number | null
  target_px: number | null
  detail: string
  created_at: string
}
type Detail = Omit<
  NewOptionSignal,
  keyof Stored | 'type' | 'entry_premium_est' | 'stop_premium' | 'target_premium'
>

const selection = `SELECT o.*, s.model_id, s.pack_id, s.risk_profile, s.ticker, s.date, s.ts, s.side AS signal_side
  FROM option_signals o JOIN signals s ON s.id = o.signal_id`
const insertion = `INSERT INTO option_signals
  (signal_id, occ_symbol, expiry, strike, side, delta, iv, spread_pct, oi, volume, entry_px, stop_px, target_px, detail, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (signal_id) DO UPDATE SET occ_symbol = excluded.occ_symbol, expiry = excluded.expiry,
  strike = excluded.strike, side = excluded.side, delta = excluded.delta, iv = excluded.iv, spread_pct = excluded.spread_pct,
  oi = excluded.oi, volume = excluded.volume, entry_px = excluded.entry_px, stop_px = excluded.stop_px,
  target_px = excluded.target_px, detail = excluded.detail, created_at = excluded.created_at`

function parsed({ side, entry_px, stop_px, target_px, detail, ...row }: Stored): OptionSignalRow {
  return {
    ...row,
    type: side,
    entry_premium_est: entry_px,
    stop_premium: stop_px,
    target_premium: target_px,
    ...fromJson<Detail>(detail),
  }
}

/** Option positions, one per signal: a later choice for the same signal takes the place of the earlier one. */
export function createOptionSignals({ all, get, run, transaction }: Query, clock: Clock) {
  return {
    /** Stores all or nothing, and returns them as stored. */
    put(rows: NewOptionSignal[]): OptionSignalRow[] {
      return transaction(() =>
        rows.map((row) => {
          const { signal_id, occ_symbol, expiry, strike, type, delta, iv, spread_pct, oi, volume, ...rest } =
            row
          const { entry_premium_est, stop_premium, target_premium, ...detail } = rest
          run(
            insertion,
            ...[signal_id, occ_symbol, expiry, strike, type, delta, iv, spread_pct, oi, volume],
            ...[entry_premium_est, stop_premium, target_premium, toJson(detail satisfies Detail), clock()],
          )
          return parsed(get<Stored>(`${selection} WHERE o.signal_id = ?`, signal_id) as Stored)
        }),
      )
    },
    get(id: number): OptionSignalRow | undefined {
      const stored = get<Stored>(`${selection} WHERE o.id = ?`, id)
      return stored && parsed(stored)
    },
    /** Newest signal first. */
    list(filter: OptionSignalFilter): Page<OptionSignalRow> {
      const { clause, values } = where({
        's.model_id = ?': filter.model_id,
        's.pack_id = ?': filter.pack_id,
        's.risk_profile = ?': filter.risk_profile,
        's.date = ?': filter.date,
        's.date >= ?': filter.start,
        's.date <= ?': filter.end,
        's.ticker IN (SELECT value FROM json_each(?))': filter.tickers && JSON.stringify(filter.tickers),
        'o.expiry = ?': filter.expiry,
        'o.occ_symbol = ?': filter.occ_symbol,
      })
      const rows = all<Stored>(
        `${selection} ${clause} ORDER BY s.ts DESC, o.id DESC LIMIT ? OFFSET ?`,
        ...values,
        filter.limit,
        filter.offset,
      ).map(parsed)
      const counted = `SELECT count(*) AS n FROM option_signals o JOIN signals s ON s.id = o.signal_id ${clause}`
      return { rows, total: get<{ n: number }>(counted, ...values)?.n ?? 0 }
    },
  }
}
