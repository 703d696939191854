import { leaderboardColumns, type StoredLeaderboardRow } from './leaderboard-row.ts'
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
  /** Only runs of configurations whose newest verdicts under several profiles differ. */
  flips?: boolean | undefined
}

/** The newest verdict on a configuration under a profile. */
export interface Verdict {
  risk_profile: string
  pass: boolean
  run_id: string
}

/** SQLite takes the other columns of a group from the row of its max(). */
const newestVerdicts = `SELECT model_id, matrix_sha, config_key, risk_profile, max(id) AS id, gate_pass FROM backtest_runs
  INDEXED BY backtest_runs_by_configuration`
const flipping = `(model_id, matrix_sha, config_key) IN (SELECT model_id, matrix_sha, config_key
  FROM (${newestVerdicts} GROUP BY model_id, matrix_sha, config_key, risk_profile)
  GROUP BY model_id, matrix_sha, config_key HAVING min(gate_pass) < max(gate_pass))`

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
  ): Page<StoredLeaderboardRow> {
    const { clause: plain, values } = where({
      'pack_id = ?': filter.pack_id,
      'model_id = ?': filter.model_id,
      'risk_profile = ?': filter.risk_profile,
      'gate_pass = ?': filter.pass_gate === undefined ? undefined : bit(filter.pass_gate),
      'tag = ?': filter.tag,
      'sweep_id = ?': filter.sweep_id,
      'started_at >= ?': filter.start,
      'started_at < ?': endOfDate(filter.end),
    })
    const clause = filter.flips ? `${plain ? `${plain} AND` : 'WHERE'} ${flipping}` : plain
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
    return { rows, total: view.total }
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

  /** Verdicts on the configuration of a run, one a profile that it was gated under, in the order of their names. */
  function verdictsOf(runId: number): Verdict[] {
    const rows = all<{ risk_profile: string; id: number; gate_pass: number }>(
      `${newestVerdicts} WHERE (model_id, matrix_sha, config_key) =
         (SELECT model_id, matrix_sha, config_key FROM backtest_runs WHERE id = ?)
       GROUP BY risk_profile ORDER BY risk_profile`,
      runId,
    )
    return rows.map(({ risk_profile, id, gate_pass }) => ({
      risk_profile,
      pass: gate_pass === 1,
      run_id: String(id),
    }))
  }

  return { page, verdictsOf, changed: () => views.clear() }
}

const beyond = ({ at }: Anchor, key: string, newestFirst: boolean): string =>
  `(${key}, id) ${newestFirst ? '<' : '>'}${at ? '=' : ''} (?, ?)`
