import { expect, it } from 'vitest'
import type { GridColumn } from '#renderer/components/data-grid.tsx'
import { csvHeader, csvLines } from '#renderer/components/rows-csv.ts'

interface Row {
  name: string
  value: number | null
}
const columns: GridColumn<Row>[] = [
  { headerName: 'Cart' },
  { headerName: 'Rank', valueGetter: ({ node }) => (node?.rowIndex ?? 0) + 1 },
  { headerName: 'Name', valueGetter: ({ data }) => data?.name },
  { headerName: 'Value', valueGetter: ({ data }) => data?.value },
]

it('a CSV has the columns that hold values, numbers in full, and no text that a spreadsheet would run', () => {
  const rows = [
    { name: '=cmd', value: -0.1 },
    { name: 'a "b", c', value: null },
  ]
  expect(csvHeader(columns)).toBe('Rank,Name,Value\r\n')
  expect(csvLines(columns, rows, 200)).toBe('201,\'=cmd,-0.1\r\n202,"a ""b"", c",\r\n')
})
