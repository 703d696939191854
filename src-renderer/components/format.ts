// Every number on screen is written here. The API speaks in fractions; percent exists on screen only.

export const MISSING = '–'
const MINUS = '−'

const formatter = (digits: number, minDigits = digits) =>
  new Intl.NumberFormat('en-US', { minimumFractionDigits: minDigits, maximumFractionDigits: digits })
const byDigits = Array.from({ length: 9 }, (_, digits) => formatter(digits))
const withDigits = (digits: number) => byDigits[digits] ?? formatter(digits)
const byR = formatter(2, 1)

type Maybe = number | null | undefined
const isMissing = (value: Maybe): value is null | undefined => value == null || !Number.isFinite(value)

/** Decimals that a number may have beyond those asked for, where it would read as zero without. */
const MORE_DIGITS = 4
const isShown = (text: string) => /[1-9]/.test(text)

/**
 * A plain number with a fixed count of decimals: 1,234.50. A small one has as many more as it takes to see it, and one too small for
 * that is put beside the least that would be seen: a loss never reads as zero, and zero has no sign.
 */
export function formatNumber(value: Maybe, digits = 2): string {
  if (isMissing(value)) return MISSING
  return formatSize(value, withDigits(digits), digits)
}

function formatSize(value: number, usual: Intl.NumberFormat, digits: number): string {
  const sign = value < 0 ? MINUS : ''
  const size = Math.abs(value)
  const text = usual.format(size)
  if (size === 0) return text
  if (isShown(text)) return sign + text
  for (let more = digits + 1; more <= digits + MORE_DIGITS; more++) {
    const longer = withDigits(more).format(size)
    if (isShown(longer)) return sign + longer
  }
  const least = withDigits(digits + MORE_DIGITS).format(10 ** -(digits + MORE_DIGITS))
  return `${value < 0 ? '>' : '<'}${sign}${least}`
}

/** A count: 12,345. */
export const formatCount = (value: Maybe): string => formatNumber(value, 0)

/** A fraction as percent: 0.1234 is 12.3 %. */
export const formatPercent = (fraction: Maybe, digits = 1): string =>
  isMissing(fraction) ? MISSING : `${formatNumber(fraction * 100, digits)}%`

/** The same with its sign always shown: +12.3 %. */
export function formatSignedPercent(fraction: Maybe, digits = 1): string {
  const text = formatPercent(fraction, digits)
  return isMissing(fraction) || !(fraction > 0) ? text : text.replace(/\d/, '+$&')
}

/** Basis points, given in basis points. */
export const formatBps = (bps: Maybe, digits = 1): string =>
  isMissing(bps) ? MISSING : `${formatNumber(bps, digits)} bps`

/** Risk units: 0.5 R. */
export const formatR = (value: Maybe): string =>
  isMissing(value) ? MISSING : `${formatSize(value, byR, 2)} R`

/** US dollars. */
export const formatMoney = (value: Maybe, digits = 2): string =>
  formatNumber(value, digits).replace(/\d/, '$$$&')

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
  isMissing(value) ? MISSING : value === 0 ? '0' : value.toExponential(1).replaceAll('-', MINUS)

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
