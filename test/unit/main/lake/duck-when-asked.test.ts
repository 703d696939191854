import { expect, test } from 'vitest'
import { duckWhenAsked } from '#main/lake/duck-when-asked.ts'

test('opens for its first query, once for many, and closes whether it was opened or not', async () => {
  const unasked = duckWhenAsked()
  unasked.interrupt()
  await unasked.close()

  const duck = duckWhenAsked()
  await Promise.all([duck.run('CREATE TABLE t (x INTEGER)'), duck.run('SELECT 1')])
  await duck.run('INSERT INTO t VALUES (7)')
  const { x } = await duck.readColumns('SELECT x::DOUBLE AS x FROM t')
  expect(Array.from(x as Float64Array)).toEqual([7])
  await duck.close()
  await expect(duck.run('SELECT 1')).rejects.toThrow()
})
