// Every number on screen is written here. The API speaks in fractions; percent exists on screen only.

export const MISSING = '–'
const MINUS = '−'

const formatter = (digits: number, minDigits = digits) =>
  new Intl.NumberFormat('en-US', { minimumFractionDigits: minDigits, maximumFractionDigits: digits })
const byDigits = [0, 1, 2, 3, 4].map((digits) => formatter(digits))

type Maybe = number | null | undefined
const isMissing = (value: Maybe): value is null | undefined => value == null || !Number.isFinite(value)

/** A plain number with a fixed count of decimals: 1,234.50. */
export function formatNumber(value: Maybe, digits = 2): string {
  if (isMissing(value)) return MISSING
  const text = (byDigits[digits] ?? formatter(digits)).format(Math.abs(value))
  // What rounds to zero has no sign.
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text
}

/** A count: 12,345. */
export const formatCount = (value: Maybe): string => formatNumber(value, 0)

/** A fraction as percent: 0.1234 is 12.3 %. */
export const formatPercent = (fraction: Maybe, digits = 1): string =>
  isMissing(fraction) ? MISSING : `${formatNumber(fraction * 100, digits)}%`

/** The same with its sign always shown: +12.3 %. */
export function formatSignedPercent(fraction: Maybe, digits = 1): string {
  const text = formatPercent(fraction, digits)
  return text === MISSING || text.startsWith(MINUS) || !/[1-9]/.test(text) ? text : `+${text}`
}

/** Basis points, given in basis points. */
export const formatBps = (bps: Maybe, digits = 1): string =>
  isMissing(bps) ? MISSING : `${formatNumber(bps, digits)} bps`

/** Risk units: 0.5 R. */
export const formatR = (value: Maybe): string =>
  isMissing(value) ? MISSING : `${formatter(2, 1).format(value).replace('-', MINUS)} R`

/** US dollars. */
export const formatMoney = (value: Maybe, digits = 2): string => {
  const text = formatNumber(value, digits)
  return text.startsWith(MINUS) ? `${MINUS}$${text.slice(1)}` : text === MISSING ? text : `$${text}`
}

/** Bytes in the unit a person reads: 1.4 GB. */
export function formatBytes(bytes: Maybe): string {
  if (isMissing(bytes)) return MISSING
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${formatNumber(value, unit === 0 ? 0 : 1)} ${units[unit]}`
}

/** A very small figure such as an ONNX difference: 4.2e−16. */
export const formatTiny = (value: Maybe): string =>
  isMissing(value) ? MISSING : value === 0 ? '0' : value.toExponential(1).replace('-', MINUS)

/** First characters of a sha. */
export const shortSha = (sha: string): string => sha.slice(0, 10)

/** "3 rows", "1 row". */
export const formatPlural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** machine_words as Machine words. */
export function humanize(word: string): string {
  const text = word.replaceAll(/[_-]+/g, ' ').trim()
  return text.charAt(0).toUpperCase() + text.slice(1)
}
