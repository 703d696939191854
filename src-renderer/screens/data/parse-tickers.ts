const shape = /^(I:)?[A-Z][A-Z0-9]{0,9}([.-][A-Z0-9]{1,3})?$/
const MOST = 50

/** "spy, brk.b I:SPX" as tickers in capitals, each once; or what is wrong. */
export function parseTickers(text: string): { tickers: string[] } | { problem: string } {
  const tickers = [
    ...new Set(
      text
        .split(/[\s,;]+/)
        .filter((part) => part !== '')
        .map((part) => part.toUpperCase()),
    ),
  ]
  const bad = tickers.find((ticker) => !shape.test(ticker))
  if (bad !== undefined) return { problem: `${bad} is not a ticker` }
  if (tickers.length === 0) return { problem: 'name a ticker such as SPY' }
  if (tickers.length > MOST) return { problem: `at most ${MOST} tickers at once` }
  return { tickers }
}
