import {
  type LeaderboardRow,
  leaderboardColumns,
  leaderboardRow,
  type StoredLeaderboardRow,
} from './leaderboard-row.ts'
import { bit, endOfDate, type Page, type Query, type Value, where } from './query.ts'

export type LeaderboardOrder = 'sharpe' | 'sharpe_hourly' | 'cum_ret' | 'score' | 'dsr' | 'created_at'

export interface LeaderboardFilter {
  pack_id?: string | undefined
  model_id?: string | undefined
  risk_profile?: string | undefined
  pass_gate?: boolean | undefined
  tag?: string | undefined
  sweep_id?: number | undefined
  /** Dates, both included, of `started_at`. */
  start?: string | undefined
  end?: string | undefined
}

/** Where a page starts: at, or after, the row with this key of the order and this id. */
interface Anchor {
  at: boolean
  key: number | string
  id: number
}

interface View {
  total: number
  anchors: Map<number, Anchor>
}

type RankedRow = StoredLeaderboardRow & { rank_key: number | string }

/** How many (filter, order) pairs keep their total and anchors; each anchor is two numbers. */
const maxViews = 32
const maxAnchors = 4096

/**
 * Backtest runs by rank. A deep OFFSET walks every row before it, so where each served page starts and ends is remembered until
 * the next write, and a page that starts there is sought by key.
 */
export function createLeaderboard({ all, get }: Query) {
  const views = new Map<string, View>()

  function page(
    filter: LeaderboardFilter,
    orderBy: LeaderboardOrder,
    limit: number,
    offset: number,
  ): Page<LeaderboardRow> {
    const { clause, values } = where({
      'pack_id = ?': filter.pack_id,
      'model_id = ?': filter.model_id,
      'risk_profile = ?': filter.risk_profile,
      'gate_pass = ?': filter.pass_gate === undefined ? undefined : bit(filter.pass_gate),
      'tag = ?': filter.tag,
      'sweep_id = ?': filter.sweep_id,
      'started_at >= ?': filter.start,
      'started_at < ?': endOfDate(filter.end),
    })
    const view = viewOf(JSON.stringify([orderBy, clause, values]), clause, values)
    if (offset >= view.total) return { rows: [], total: view.total }

    const newestFirst = orderBy === 'created_at'
    const key = newestFirst ? 'created_at' : `${orderBy}_order`
    const direction = newestFirst ? 'DESC' : 'ASC'
    const anchor = view.anchors.get(offset)
    const conditions = anchor
      ? `${clause ? `${clause} AND` : 'WHERE'} ${beyond(anchor, key, newestFirst)}`
      : clause
    const rows = all<RankedRow>(
      `WITH page AS MATERIALIZED (
         SELECT id, ${key} AS rank_key FROM backtest_runs ${conditions}
         ORDER BY ${key} ${direction}, id ${direction} LIMIT ? OFFSET ?)
       SELECT ${leaderboardColumns}, page.rank_key FROM page CROSS JOIN backtest_runs r ON r.id = page.id
       ORDER BY page.rank_key ${direction}, page.id ${direction}`,
      ...values,
      ...(anchor ? [anchor.key, anchor.id] : []),
      limit,
      anchor ? 0 : offset,
    )
    const [first, last] = [rows[0], rows.at(-1)]
    if (first && last && view.anchors.size < maxAnchors) {
      view.anchors.set(offset, { at: true, key: first.rank_key, id: first.id })
      view.anchors.set(offset + rows.length, { at: false, key: last.rank_key, id: last.id })
    }
    return { rows: rows.map(leaderboardRow), total: view.total }
  }

  function viewOf(name: string, clause: string, values: Value[]): View {
    let view = views.get(name)
    if (view === undefined) {
      if (views.size >= maxViews) views.clear()
      const count = get<{ n: number }>(`SELECT count(*) AS n FROM backtest_runs ${clause}`, ...values)
      view = { total: count?.n ?? 0, anchors: new Map() }
      views.set(name, view)
    }
    return view
  }

  return { page, changed: () => views.clear() }
}

const beyond = ({ at }: Anchor, key: string, newestFirst: boolean): string =>
  `(${key}, id) ${newestFirst ? '<' : '>'}${at ? '=' : ''} (?, ?)`
