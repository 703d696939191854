/** A value for a CSV cell: numbers as they are; text that a spreadsheet would run as a formula gets an apostrophe. */
export function csvCell(value: unknown): string {
  if (value == null) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return /^[=+\-@\t]/.test(text) ? `'${text}` : text
}
