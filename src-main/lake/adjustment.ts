/** What a source has adjusted its prices for, null where it says nothing. Vendors differ, and no return over a split is right without. */
export function adjustmentOf(source: string, kind: string): 'split-adjusted' | null {
  return source === 'polygon' && (kind === 'bars' || kind === 'extended_bars') ? 'split-adjusted' : null
}
