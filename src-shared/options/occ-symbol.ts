import { SigmaError } from '#shared/errors.ts'

/**
 * OCC symbol of a listed option as the vendor writes it: `O:SPY240119C00470000` is the SPY call at 470 of 2024-01-19. The root
 * is the ticker without punctuation.
 * @param expiry YYYY-MM-DD
 * @param strike dollars, at most three decimals, below 100,000
 */
export function occSymbol(ticker: string, expiry: string, isCall: boolean, strike: number): string {
  const root = ticker.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const thousandths = Math.round(strike * 1000)
  if (!(thousandths > 0 && thousandths < 1e8)) {
    throw new SigmaError(
      'INVALID_PARAM',
      `strike must lie above 0 and below 100000 for an OCC symbol, got ${strike}`,
    )
  }
  const date = expiry.slice(2).replaceAll('-', '')
  return `O:${root}${date}${isCall ? 'C' : 'P'}${String(thousandths).padStart(8, '0')}`
}
