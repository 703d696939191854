import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Duck, openDuck } from '#main/lake/duck.ts'
import { quoteText } from '#main/lake/sql-text.ts'

const rows = 5000
const columns = {
  plain: Float64Array.from({ length: rows }, (_, i) => (i % 7 === 0 ? Number.NaN : i / 3)),
  single: Float32Array.from({ length: rows }, (_, i) => i / 8),
  count: Int32Array.from({ length: rows }, (_, i) => i - 100),
  flag: Uint8Array.from({ length: rows }, (_, i) => i % 200),
  price: {
    kind: 'decimal' as const,
    scale: 4,
    values: Float64Array.from({ length: rows }, (_, i) => (i % 11 === 0 ? Number.NaN : i / 100)),
  },
  time: {
    kind: 'integer' as const,
    values: Float64Array.from({ length: rows }, (_, i) =>
      i === 3 ? Number.NaN : 1.7e12 * (i % 2 ? 1 : -1) + i,
    ),
  },
  word: {
    kind: 'text' as const,
    codes: Uint32Array.from({ length: rows }, (_, i) => i % 3),
    dictionary: ['buy', 'a text longer than twelve', "it's"],
  },
}

describe('columns through DuckDB', () => {
  let folder: string
  let duck: Duck
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sigma-duck-'))
    duck = await openDuck()
  })
  afterAll(async () => {
    duck.close()
    await rm(folder, { recursive: true })
  })

  it('come back from Parquet as they went, NaN included', async () => {
    const file = join(folder, 'all.parquet')
    await duck.writeColumns(columns, file, 'parquet')
    const read = await duck.readColumns(`SELECT * FROM ${quoteText(file)}`)
    expect(read['plain']).toEqual(columns.plain)
    expect(read['single']).toEqual(Float64Array.from(columns.single))
    expect(read['count']).toEqual(columns.count)
    expect(read['flag']).toEqual(columns.flag)
    expect(read['price']).toEqual(columns.price.values)
    expect(read['time']).toEqual(columns.time.values)
    expect(read['word']).toEqual(columns.word)
  })

  it('are read and written by many at once, each getting its own', async () => {
    const sums = Array.from({ length: 40 }, async (_, n) => {
      const file = join(folder, `many-${n}.csv`)
      if (n % 2 === 0) await duck.writeColumns({ n: Float64Array.of(n, n) }, file, 'csv')
      const rows = await duck.readColumns(`SELECT sum(i + ${n})::DOUBLE AS total FROM range(200000) r(i)`)
      if (n % 2 === 0) expect(await readFile(file, 'utf8')).toBe(`n\n${n}.0\n${n}.0\n`)
      return (rows['total'] as Float64Array)[0]
    })
    expect(await Promise.all(sums)).toEqual(
      Array.from({ length: 40 }, (_, n) => (200_000 * 199_999) / 2 + 200_000 * n),
    )
  })

  it('make the same bytes twice, as Parquet and as CSV, and leave nothing else behind', async () => {
    for (const format of ['parquet', 'csv'] as const) {
      await duck.writeColumns(columns, join(folder, `once.${format}`), format)
      await duck.writeColumns(columns, join(folder, `twice.${format}`), format)
      expect(await readFile(join(folder, `once.${format}`))).toEqual(
        await readFile(join(folder, `twice.${format}`)),
      )
    }
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
    expect((await duck.readColumns('SELECT count(*)::INTEGER AS n FROM duckdb_tables()'))['n']).toEqual(
      Int32Array.of(0),
    )
  })

  it('are empty cells in CSV where they are NaN', async () => {
    const file = join(folder, 'cells.csv')
    await duck.writeColumns({ a: Float64Array.of(1.5, Number.NaN), b: Int32Array.of(7, 8) }, file, 'csv')
    expect(await readFile(file, 'utf8')).toBe('a,b\n1.5,7\n,8\n')
  })

  it('are refused as decimals that do not fit, and the old file stands', async () => {
    const file = join(folder, 'stands.parquet')
    await duck.writeColumns({ x: Float64Array.of(1) }, file, 'parquet')
    const tooLarge = { x: { kind: 'decimal' as const, scale: 4, values: Float64Array.of(123_456) } }
    await expect(duck.writeColumns(tooLarge, file, 'parquet')).rejects.toThrow(
      'x must be under 100000, got 123456',
    )
    expect((await duck.readColumns(`SELECT x FROM ${quoteText(file)}`))['x']).toEqual(Float64Array.of(1))
  })

  it('may lie in shared memory', async () => {
    const file = join(folder, 'shared.parquet')
    const shared = new Float64Array(new SharedArrayBuffer(24))
    shared.set([1, 2, 3])
    await duck.writeColumns({ shared }, file, 'parquet')
    expect((await duck.readColumns(`SELECT shared FROM ${quoteText(file)}`))['shared']).toEqual(
      Float64Array.of(1, 2, 3),
    )
  })

  it('cannot reach the network: extensions are neither installed nor loaded by themselves', async () => {
    const settings = await duck.readColumns(
      "SELECT value FROM duckdb_settings() WHERE name IN ('autoload_known_extensions', 'autoinstall_known_extensions')",
    )
    expect(settings['value']).toMatchObject({ dictionary: ['false'] })
  })
})
