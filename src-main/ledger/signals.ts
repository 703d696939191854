import type { Static } from 'typebox'
import type { SignalRow as SignalRowSchema } from '#shared/contract/signals.ts'
import { bit, type Clock, type Page, type Query, type Value, where } from './query.ts'

/** As it is kept: when its time is up follows from the calendar. */
export type SignalRow = Omit<Static<typeof SignalRowSchema>, 'time_stop_ts'>
export type NewSignal = Omit<SignalRow, 'id' | 'fill_px' | 'slippage' | 'pnl'>
/** A signal with what became of it, where fills were imported. */
export type StoredSignal = SignalRow

export interface SignalFill {
  model_id: string
  risk_profile: string
  ticker: string
  ts: string
  status: string
  fill_px: number | null
  slippage: number | null
  pnl: number | null
  /** Kept as they are where undefined. */
  rr: number | null | undefined
  tag: string | null | undefined
}

/** What names a signal. */
export type SignalKey = Pick<SignalRow, 'model_id' | 'ticker' | 'ts'> & { risk_profile: string }

/** The signals of one model under one profile. */
export type SignalBook = Pick<SignalRow, 'model_id' | 'pack_id' | 'risk_profile'>

export interface SignalFilter {
  model_id?: string | undefined
  pack_id?: string | undefined
  risk_profile?: string | undefined
  /** One New York date, or a range of them, both ends included. */
  date?: string | undefined
  start?: string | undefined
  end?: string | undefined
  tickers?: string[] | undefined
  limit: number
  offset: number
}

type Stored = Omit<StoredSignal, 'simulated'> & { simulated: number; created_at: string }

const columns = [
  ...[
    'ts',
    'date',
    'hour_et',
    'model_id',
    'pack_id',
    'risk_profile',
    'ticker',
    'side',
    'score_total',
    'threshold',
  ],
  ...[
    'size',
    'size_r',
    'entry_ref_px',
    'close',
    'stop_px',
    'target_px',
    'time_stop_minutes',
    'status',
    'simulated',
    'artifact',
  ],
  ...['tag', 'rr'],
] as const satisfies (keyof NewSignal)[]
/** A signal made again must not undo what is known of its fill. */
const kept = new Set<string>(['model_id', 'risk_profile', 'ticker', 'ts', 'status', 'rr'])
const insertion = `INSERT INTO signals (${columns.join(', ')}, created_at) VALUES (${columns.map(() => '?').join(', ')}, ?)
  ON CONFLICT (model_id, risk_profile, ticker, ts) DO UPDATE SET
  ${columns
    .filter((column) => !kept.has(column))
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}`

const parsed = ({ created_at: _, ...row }: Stored): StoredSignal => ({
  ...row,
  simulated: row.simulated === 1,
})

/** Signals, one per model, profile, ticker and decision time. */
export function createSignals({ all, get, run, transaction }: Query, clock: Clock) {
  const byKey = (key: SignalKey): Stored | undefined =>
    get(
      'SELECT * FROM signals WHERE model_id = ? AND risk_profile = ? AND ticker = ? AND ts = ?',
      key.model_id,
      key.risk_profile,
      key.ticker,
      key.ts,
    )
  return {
    /** Stores or renews signals, all or nothing, and returns them as stored. */
    put(signals: NewSignal[]): StoredSignal[] {
      return transaction(() =>
        signals.map((signal) => {
          const values: Value[] = columns.map((column) => {
            const value = signal[column]
            return typeof value === 'boolean' ? bit(value) : value
          })
          run(insertion, ...values, clock())
          return parsed(byKey(signal) as Stored)
        }),
      )
    },
    find(key: SignalKey): StoredSignal | undefined {
      const row = byKey(key)
      return row && parsed(row)
    },
    get(id: number): StoredSignal | undefined {
      const row = get<Stored>('SELECT * FROM signals WHERE id = ?', id)
      return row && parsed(row)
    },
    /** Models and profiles that have signals, in the order of their names. */
    books: (filter: Pick<SignalFilter, 'pack_id' | 'risk_profile' | 'start' | 'end'>): SignalBook[] => {
      const { clause, values } = where({
        'pack_id = ?': filter.pack_id,
        'risk_profile = ?': filter.risk_profile,
        'date >= ?': filter.start,
        'date <= ?': filter.end,
      })
      return all<SignalBook>(
        `SELECT DISTINCT model_id, pack_id, risk_profile FROM signals ${clause} ORDER BY model_id, risk_profile`,
        ...values,
      )
    },
    /** Records what became of signals, all or nothing; returns those that no signal is known for, untouched. */
    recordFills(fills: SignalFill[]): SignalFill[] {
      return transaction(() =>
        fills.filter(
          (fill) =>
            run(
              `UPDATE signals SET status = ?, fill_px = ?, slippage = ?, pnl = ?, rr = iif(?, ?, rr), tag = iif(?, ?, tag)
               WHERE model_id = ? AND risk_profile = ? AND ticker = ? AND ts = ?`,
              fill.status,
              fill.fill_px,
              fill.slippage,
              fill.pnl,
              bit(fill.rr !== undefined),
              fill.rr ?? null,
              bit(fill.tag !== undefined),
              fill.tag ?? null,
              fill.model_id,
              fill.risk_profile,
              fill.ticker,
              fill.ts,
            ).changes === 0,
        ),
      )
    },
    /** Newest first. */
    list(filter: SignalFilter): Page<StoredSignal> {
      const { clause, values } = where({
        'model_id = ?': filter.model_id,
        'pack_id = ?': filter.pack_id,
        'risk_profile = ?': filter.risk_profile,
        'date = ?': filter.date,
        'date >= ?': filter.start,
        'date <= ?': filter.end,
        'ticker IN (SELECT value FROM json_each(?))': filter.tickers && JSON.stringify(filter.tickers),
      })
      const rows = all<Stored>(
        `SELECT * FROM signals ${clause} ORDER BY ts DESC, id DESC LIMIT ? OFFSET ?`,
        ...values,
        filter.limit,
        filter.offset,
      ).map(parsed)
      return {
        rows,
        total: get<{ n: number }>(`SELECT count(*) AS n FROM signals ${clause}`, ...values)?.n ?? 0,
      }
    },
  }
}
