import type { RiskProfile } from '#shared/contract/schemas.ts'
import { fromJson, toJson } from './json-column.ts'
import { type Clock, type Query, where } from './query.ts'

export interface RiskProfileVersion {
  pack_id: string
  profile: RiskProfile
  version: number
  risk_budget: Record<string, unknown>
  risk_sha: string
  created_at: string
}
type Stored = Omit<RiskProfileVersion, 'risk_budget'> & { risk_budget: string }

const selection = 'SELECT pack_id, profile, version, risk_budget, risk_sha, created_at FROM risk_profiles p'
const newest =
  'version = (SELECT max(version) FROM risk_profiles q WHERE q.pack_id = p.pack_id AND q.profile = p.profile)'
const parsed = (row: Stored): RiskProfileVersion => ({ ...row, risk_budget: fromJson(row.risk_budget) })

/** Risk budgets, every version of them. */
export function createRiskProfiles({ all, get, run, transaction }: Query, clock: Clock) {
  const current = (pack_id: string, profile: RiskProfile): RiskProfileVersion | undefined => {
    const row = get<Stored>(`${selection} WHERE pack_id = ? AND profile = ? AND ${newest}`, pack_id, profile)
    return row && parsed(row)
  }
  return {
    current,
    /** Current versions, of one pack or of all. */
    list(pack_id?: string): RiskProfileVersion[] {
      const { clause, values } = where({ 'pack_id = ?': pack_id })
      return all<Stored>(
        `${selection} ${clause ? `${clause} AND` : 'WHERE'} ${newest} ORDER BY pack_id, profile`,
        ...values,
      ).map(parsed)
    },
    /** Versions of one budget, newest first. */
    history: (pack_id: string, profile: RiskProfile, limit: number): RiskProfileVersion[] =>
      all<Stored>(
        `${selection} WHERE pack_id = ? AND profile = ? ORDER BY version DESC LIMIT ?`,
        pack_id,
        profile,
        limit,
      ).map(parsed),
    /** Stores a new version and returns its number; an unchanged budget keeps its version. */
    add(budget: Omit<RiskProfileVersion, 'version' | 'created_at'>): number {
      return transaction(() => {
        const before = current(budget.pack_id, budget.profile)
        if (before?.risk_sha === budget.risk_sha) return before.version
        const version = (before?.version ?? 0) + 1
        run(
          'INSERT INTO risk_profiles (pack_id, profile, version, risk_budget, risk_sha, created_at) VALUES (?, ?, ?, ?, ?, ?)',
          budget.pack_id,
          budget.profile,
          version,
          toJson(budget.risk_budget),
          budget.risk_sha,
          clock(),
        )
        return version
      })
    },
  }
}
