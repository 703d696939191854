import { call } from '#renderer/api/call.ts'
import { type CartItem, cartKey } from './cart.ts'

const PAGE = 200

/** Newest run of each configuration in the cart, in the cart's order; a configuration without a run is left out. */
export async function findCartRuns(items: readonly CartItem[]): Promise<string[]> {
  const wanted = new Set(items.map(cartKey))
  const found = new Map<string, string>()
  const groups = Map.groupBy(items, (item) => `${item.model_id} ${item.lineage.risk_profile}`)
  for (const [first] of groups.values()) {
    if (first === undefined) continue
    const query = { model_id: first.model_id, risk_profile: first.lineage.risk_profile }
    for (let offset = 0; ; offset += PAGE) {
      const { rows, total } = await call('getLeaderboard', {
        query: { ...query, order_by: 'created_at', limit: PAGE, offset },
      })
      for (const row of rows) {
        const key = cartKey(row)
        if (wanted.has(key) && !found.has(key)) found.set(key, row.id)
      }
      if (rows.length === 0 || offset + rows.length >= total || found.size === wanted.size) break
    }
  }
  return items.flatMap((item) => found.get(cartKey(item)) ?? [])
}
