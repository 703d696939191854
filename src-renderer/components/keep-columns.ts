/** The columns in their order without so many of the spare ones, those with the lowest number first. */
export function keepColumns<C extends { spare?: number }>(
  columns: readonly C[],
  without: number,
): readonly C[] {
  const spares = columns.flatMap(({ spare }) => spare ?? []).sort((a, b) => a - b)
  const gone = new Set(spares.slice(0, Math.max(0, without)))
  return columns.filter(({ spare }) => spare === undefined || !gone.has(spare))
}
