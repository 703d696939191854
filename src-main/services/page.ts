interface PageQuery {
  limit?: number
  offset?: number
}

/** Adds the page fields of the contract to what `list` gives; `fallback` rows where the query does not say. */
export function withPage<Row>(
  query: PageQuery,
  fallback: number,
  list: (page: { limit: number; offset: number }) => { rows: Row[]; total: number },
) {
  const { limit = fallback, offset = 0 } = query
  const { rows, total } = list({ limit, offset })
  return { rows, total, limit, offset, next_offset: offset + rows.length }
}
