import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRowTable } from '#main/services/data-import/row-table.ts'
import { firstRepeats } from '#main/services/data-import/settle-rows.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'

const columns = ['session', 'name', 'value']

/** Rows of a file: few sessions and names, so that many repeat. */
const someRows = fc.array(
  fc.tuple(
    fc.integer({ min: 100, max: 105 }),
    fc.integer({ min: 0, max: 4 }),
    fc.integer({ min: 0, max: 2 }),
  ),
  { maxLength: 120 },
)

interface Expected {
  kept: Map<string, { row: number[]; line: number }>
  repeats: number
  differing: number
}

/** The definition: one row after the other, remembered by its name. */
function remember(rows: number[][], keepsLast: boolean): Expected {
  const expected: Expected = { kept: new Map(), repeats: 0, differing: 0 }
  rows.forEach((row, i) => {
    const name = `${row[0]}/${row[1]}`
    const earlier = expected.kept.get(name)
    if (earlier === undefined) expected.kept.set(name, { row, line: i + 2 })
    else {
      expected.repeats++
      if (earlier.row[2] === row[2]) return
      expected.differing++
      if (keepsLast) expected.kept.set(name, { row, line: i + 2 })
    }
  })
  return expected
}

it('rows come back in order, one of each name, whether memory holds them or the disk does', async () => {
  const spillPath = join(temporaryFolder(), 'spill')
  await fc.assert(
    fc.asyncProperty(
      someRows,
      fc.boolean(),
      fc.constantFrom(7, 20, 1000),
      async (rows, keepsLast, capacity) => {
        const repeats = { repeats: 0, differing: 0, differingRows: [] }
        const table = createRowTable({
          ...{ columns, key: ['session', 'name'], keepsLast, repeats, spillPath, capacity },
          pause: async () => {},
        })
        for (const [i, row] of rows.entries()) {
          table.row.set(row)
          table.put(i + 2)
          if (i % 5 === 0) await table.makeRoom()
        }
        await table.finish()
        const found: number[][] = []
        // In parts, as months are.
        for (const [from, to] of [
          [0, 101],
          [102, 103],
          [104, 9999],
        ] as const) {
          const { length, values } = await table.load(from, to)
          for (let r = 0; r < length; r++) found.push([...columns, 'line'].map((name) => values[name]![r]!))
        }
        expect(table.sessions()).toEqual([...new Set(rows.map(([session]) => session!))].sort())
        await table.close()
        const expected = remember(rows, keepsLast)
        const wanted = [...expected.kept.values()].map(({ row, line }) => [...row, line])
        expect(found).toEqual(wanted.sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!))
        expect(repeats).toMatchObject({ repeats: expected.repeats, differing: expected.differing })
        expect(firstRepeats(repeats)).toHaveLength(Math.min(100, expected.differing))
      },
    ),
    { seed: 3, numRuns: 150 },
  )
  expect(existsSync(spillPath)).toBe(false)
})
