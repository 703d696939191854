/** What `readNumber` gives for bytes that are no number; infinities are none. */
export const notANumber = Number.POSITIVE_INFINITY

const exactDigits = 15
const zero = 48
const powers = Float64Array.from({ length: 23 }, (_, i) => 10 ** i)
const missing = /^(|-|nan|na|n\/a|null|none)$/i
const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i

/**
 * A decimal number in ASCII, NaN where the field says that there is none, `notANumber` for anything else. Thousands separators are
 * none: with them 1,234 would have two meanings. Correctly rounded: up to 15 digits are an exact integer over an exact power of ten.
 */
export function readNumber(bytes: Buffer, from: number, to: number, decimal: string): number {
  const point = decimal.charCodeAt(0)
  let at = from
  const isNegative = bytes[at] === 45
  if (isNegative) at++
  let value = 0
  let digits = 0
  let decimals = -1
  for (; at < to; at++) {
    const digit = bytes[at]! - zero
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit
      digits++
      if (decimals >= 0) decimals++
    } else if (bytes[at] === point && decimals < 0) decimals = 0
    else break
  }
  if (at === to && digits > 0 && digits <= exactDigits) {
    const size = decimals > 0 ? value / powers[decimals]! : value
    return isNegative ? -size : size
  }
  const text = bytes.toString('latin1', from, to)
  if (missing.test(text)) return Number.NaN
  if (decimal !== '.' && text.includes('.')) return notANumber
  const dotted = text.replace(decimal, '.')
  return plain.test(dotted) ? Number(dotted) : notANumber
}
