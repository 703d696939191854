import { emptyLine, fieldText, splitLine } from './csv-lines.ts'

export interface Dialect {
  separator: string
  columns: string[]
}

const separators = [',', ';', '\t', '|'] as const

/** Separator and column names of a CSV's first line. */
export function detectDialect(head: Buffer): Dialect {
  const line = firstLines(head, 1)[0] ?? Buffer.alloc(0)
  const names = (separator: string) => fieldsOf(line, separator)
  const separator = separators.reduce((best, each) => (names(each).length > names(best).length ? each : best))
  return { separator, columns: names(separator) }
}

/**
 * The decimal sign of a file's first rows. A comma is one only where some number shows that it cannot separate thousands, as in
 * 470,25: a wrong guess would move every price by a thousand.
 */
export function detectDecimal(head: Buffer, separator: string, priceColumns: number[]): '.' | ',' {
  let hasComma = false
  for (const line of firstLines(head, 200).slice(1)) {
    const fields = fieldsOf(line, separator)
    for (const column of priceColumns) {
      const text = fields[column] ?? ''
      if (text.includes('.')) return '.'
      if (/^\d+,(\d{1,2}|\d{4,})$/.test(text)) hasComma = true
    }
  }
  return hasComma ? ',' : '.'
}

function fieldsOf(bytes: Buffer, separator: string): string[] {
  const line = { ...emptyLine(), bytes }
  splitLine(line, 0, bytes.length, separator.charCodeAt(0))
  return Array.from({ length: line.fields }, (_, field) => fieldText(line, field))
}

function firstLines(head: Buffer, most: number): Buffer[] {
  const lines: Buffer[] = []
  let start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  while (start < head.length && lines.length < most) {
    const found = head.indexOf(10, start)
    const end = found < 0 ? head.length : found
    const stop = end > start && head[end - 1] === 13 ? end - 1 : end
    if (stop > start) lines.push(head.subarray(start, stop))
    start = end + 1
  }
  return lines
}
