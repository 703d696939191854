/** Equity from 1 after each return. */
export function compound(returns: Float64Array): Float64Array {
  let equity = 1
  return returns.map((r) => {
    equity *= 1 + r
    return equity
  })
}
