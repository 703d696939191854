import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '#main/ledger/open-database.ts'
import { createQuery } from '#main/ledger/query.ts'

const [NORMAL, FULL] = [1, 2]

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'sigma-unsynced-'))
  const db = openDatabase(join(folder, 'ledger.db'))
  onTestFinished(() => {
    db.close()
    rmSync(folder, { recursive: true })
  })
  db.exec('CREATE TABLE t (x INTEGER)')
  const query = createQuery(db)
  const count = () => query.get<{ n: number }>('SELECT count(*) AS n FROM t')!.n
  const synchronous = () => Number(db.pragma('synchronous', { simple: true }))
  return { query, count, synchronous }
}

test('only a transaction that says so is not synced, and the next one is again', () => {
  const { query, count, synchronous } = open()
  const seen = query.transaction(
    () => {
      query.run('INSERT INTO t VALUES (1)')
      return synchronous()
    },
    { synced: false },
  )
  expect(seen).toBe(NORMAL)
  expect(synchronous()).toBe(FULL)
  expect(query.transaction(synchronous)).toBe(FULL)
  expect(count()).toBe(1)
})

test('one that fails leaves nothing behind, and commits are synced afterwards', () => {
  const { query, count, synchronous } = open()
  const fail = () => {
    query.run('INSERT INTO t VALUES (1)')
    throw new Error('no')
  }
  expect(() => query.transaction(fail, { synced: false })).toThrow('no')
  expect(count()).toBe(0)
  expect(synchronous()).toBe(FULL)
})

test('inside a synced transaction it is a part of that', () => {
  const { query, synchronous } = open()
  query.transaction(() => {
    query.transaction(() => query.run('INSERT INTO t VALUES (1)'), { synced: false })
    expect(synchronous()).toBe(FULL)
  })
  expect(synchronous()).toBe(FULL)
})
