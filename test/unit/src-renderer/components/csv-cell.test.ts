import { describe, expect, it } from 'vitest'
import { csvCell } from '#renderer/components/csv-cell.ts'

describe('a cell of an exported CSV', () => {
  it('keeps numbers as they are, negative ones too', () => {
    expect(csvCell(-1.5)).toBe('-1.5')
    expect(csvCell(0)).toBe('0')
  })

  it('disarms text that a spreadsheet would run', () => {
    for (const text of ['=1+1', '+1', '-1', '@x', '\tx']) expect(csvCell(text)).toBe(`'${text}`)
    expect(csvCell('top 20%')).toBe('top 20%')
  })

  it('leaves what is missing empty', () => {
    expect(csvCell(null)).toBe('')
    expect(csvCell(undefined)).toBe('')
  })
})
