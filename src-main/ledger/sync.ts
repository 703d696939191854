import type { Clock, Query } from './query.ts'

export interface SyncedSession {
  date: string
  rows: number
  outside_hours: number
  fetched_at: string
}

/** A series as far as it was fetched. */
export interface SyncedSeries {
  ticker: string
  series: string
  first: string
  last: string
  sessions: number
  rows: number
  outside_hours: number
  fetched_at: string
}

export interface CorporateAction {
  id: string
  kind: 'split' | 'dividend'
  ticker: string
  date: string
  split_from: number | null
  split_to: number | null
  cash_amount: number | null
  currency: string | null
  source: string
}

/** What was fetched from the market data vendor: sessions in the lake, replies on their way there, splits and dividends. */
export function createSync({ all, get, run, transaction }: Query, clock: Clock) {
  return {
    /** Sessions of a series by date. */
    sessions: (ticker: string, series: string): SyncedSession[] =>
      all<SyncedSession>(
        'SELECT date, rows, outside_hours, fetched_at FROM sync_sessions WHERE ticker = ? AND series = ? ORDER BY date',
        ticker,
        series,
      ),
    /** Notes sessions as fetched and drops the replies they were made of. */
    complete(ticker: string, series: string, sessions: Omit<SyncedSession, 'fetched_at'>[]): void {
      const now = clock()
      transaction(() => {
        for (const { date, rows, outside_hours } of sessions) {
          run(
            `INSERT INTO sync_sessions (ticker, series, date, rows, outside_hours, fetched_at) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (ticker, series, date) DO UPDATE SET rows = excluded.rows,
             outside_hours = excluded.outside_hours, fetched_at = excluded.fetched_at`,
            ticker,
            series,
            date,
            rows,
            outside_hours,
            now,
          )
        }
        run('DELETE FROM sync_replies WHERE ticker = ? AND series = ?', ticker, series)
      })
    },
    /** Forgets the sessions of a series that the lake no longer has. */
    forget(ticker: string, series: string): void {
      run('DELETE FROM sync_sessions WHERE ticker = ? AND series = ?', ticker, series)
    },
    reply: (ticker: string, series: string, request: string): string | undefined =>
      get<{ body: string }>(
        'SELECT body FROM sync_replies WHERE ticker = ? AND series = ? AND request = ?',
        ticker,
        series,
        request,
      )?.body,
    keepReply(ticker: string, series: string, request: string, body: string): void {
      run(
        'INSERT OR REPLACE INTO sync_replies (ticker, series, request, body, fetched_at) VALUES (?, ?, ?, ?, ?)',
        ticker,
        series,
        request,
        body,
        clock(),
      )
    },
    /** Drops replies that were kept before a time: prices may have been adjusted since. */
    dropReplies(ticker: string, before: string): void {
      run('DELETE FROM sync_replies WHERE ticker = ? AND fetched_at < ?', ticker, before)
    },
    /** Every series that was fetched, by ticker. */
    series: (): SyncedSeries[] =>
      all<SyncedSeries>(
        `SELECT ticker, series, min(date) AS first, max(date) AS last, count(*) AS sessions, sum(rows) AS rows,
         sum(outside_hours) AS outside_hours, max(fetched_at) AS fetched_at
         FROM sync_sessions GROUP BY ticker, series ORDER BY ticker, series`,
      ),
    /** Splits and dividends of a ticker by date. */
    actions: (ticker: string): CorporateAction[] =>
      all<CorporateAction>(
        `SELECT id, kind, ticker, date, split_from, split_to, cash_amount, currency, source
         FROM corporate_actions WHERE ticker = ? ORDER BY date, kind, id`,
        ticker,
      ),
    /** Takes the place of all actions of a ticker. */
    putActions(ticker: string, actions: CorporateAction[]): void {
      const now = clock()
      transaction(() => {
        run('DELETE FROM corporate_actions WHERE ticker = ?', ticker)
        for (const each of actions) {
          run(
            'INSERT OR REPLACE INTO corporate_actions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
            each.id,
            each.kind,
            ticker,
            each.date,
            each.split_from,
            each.split_to,
            each.cash_amount,
            each.currency,
            each.source,
            now,
          )
        }
      })
    },
  }
}
