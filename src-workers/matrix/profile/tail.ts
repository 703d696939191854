/** First row of the last tenth, where drift and leakage are looked for. */
export function firstTailRow(rows: number): number {
  return rows - Math.floor(rows / 10)
}
