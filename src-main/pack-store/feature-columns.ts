import { indicators } from '#shared/catalog/indicators/index.ts'
import { formatIndicator, resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import { didYouMean, SigmaError } from '#shared/errors.ts'

// Columns that a matrix has beside its indicators; the names are fixed (engine.md 2).
const fixedColumns = [
  ...['open', 'high', 'low', 'close', 'volume', 'hour_et', 'day_of_week', 'hour_of_day', 'spy_prev_close'],
  ...['calls_sold_total', 'puts_sold_total', 'pc_ratio', 'imbalance', 'calls_premium_total'],
  ...['puts_premium_total', 'dealer_sold_premium_imbalance', 'atm_calls', 'atm_puts', 'atm_pc_ratio'],
  'atm_imbalance',
]
const strikeColumn = /^(calls|puts)_(sold|premium)_d-?\d{1,2}$/

/**
 * A feature of a model config in one spelling: an indicator canonically (`rsi__period=14`), a column by its name.
 * `setColumns` are the columns of the model's indicator set.
 * @throws INVALID_PARAM for what is neither an indicator nor a column of the matrix
 */
export function readFeature(spec: unknown, setColumns: readonly string[]): string {
  if (typeof spec === 'string' && !spec.includes('__')) {
    const column = spec.trim()
    const bare = column.replace(/_missing$/, '')
    if (fixedColumns.includes(bare) || strikeColumn.test(bare) || setColumns.includes(bare)) return column
    if (!isIndicatorName(column)) {
      const near = didYouMean(column, [...setColumns, ...fixedColumns, ...indicators.keys()])
      throw new SigmaError('INVALID_PARAM', `unknown feature ${column}${near}`)
    }
  }
  const { indicator, params } = resolveIndicator(spec)
  return formatIndicator(indicator, params)
}

function isIndicatorName(name: string): boolean {
  try {
    resolveIndicator(name)
    return true
  } catch {
    return false
  }
}
