import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createLedger } from '#main/ledger/ledger.ts'
import { schemaVersion } from '#main/ledger/migrate.ts'
import { openDatabase } from '#main/ledger/open-database.ts'
import { migrationsDir, tickingClock } from '#test/ledger-rows.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'

const files = readdirSync(migrationsDir).sort()
const statementEnd = /;\n(?=\n|CREATE|INSERT|--|$)/

function schemaOf(path: string): unknown {
  const db = openDatabase(path)
  try {
    return [schemaVersion(db), db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all()]
  } finally {
    db.close()
  }
}

/** A folder with the first `count` migrations. */
function folderWith(count: number): string {
  const dir = temporaryFolder()
  for (const file of files.slice(0, count)) copyFileSync(join(migrationsDir, file), join(dir, file))
  return dir
}

const open = (path: string, dir: string) => createLedger({ path, migrationsDir: dir, clock: tickingClock() })

describe('migrations', () => {
  test('are whole or absent, wherever in them a statement fails', () => {
    let tried = 0
    for (const [i, file] of files.entries()) {
      const path = join(temporaryFolder(), 'ledger.db')
      const dir = folderWith(i)
      if (i > 0) open(path, dir).close()
      const before = i > 0 ? schemaOf(path) : [0, []]
      const statements = readFileSync(join(migrationsDir, file), 'utf8').split(statementEnd)
      for (let k = 1; k <= statements.length; k++) {
        const cut = [
          ...statements.slice(0, k),
          'INSERT INTO no_such_table VALUES (1)',
          ...statements.slice(k),
        ]
        writeFileSync(join(dir, file), `${cut.join(';\n')};\n`)
        expect(() => open(path, dir)).toThrow(basename(file))
        expect(schemaOf(path)).toEqual(before)
        tried++
      }
      copyFileSync(join(migrationsDir, file), join(dir, file))
      open(path, dir).close()
      expect(schemaOf(path)).toHaveProperty('0', i + 1)
    }
    expect(tried).toBeGreaterThan(40)
  })

  test('copy a ledger with content before they change it', () => {
    const root = temporaryFolder()
    const path = join(root, 'ledger.db')
    const old = open(path, folderWith(1))
    old.quotas.set('max_queue', 7)
    old.close()
    const before = schemaOf(path)
    const ledger = open(path, migrationsDir)
    expect(ledger.quotas.list()).toEqual({ max_queue: 7 })
    ledger.close()
    const backups = readdirSync(join(root, 'backups'))
    expect(backups).toHaveLength(1)
    const copy = join(root, 'backups', backups[0]!)
    expect(schemaOf(copy)).toEqual(before)
    const db = openDatabase(copy)
    expect(db.prepare('SELECT key, value FROM quotas').all()).toEqual([{ key: 'max_queue', value: 7 }])
    db.close()
  })

  test('leave no backup where there was nothing to lose', () => {
    const root = temporaryFolder()
    open(join(root, 'ledger.db'), migrationsDir).close()
    expect(existsSync(join(root, 'backups'))).toBe(false)
  })

  test('refuse a ledger of a newer release and leave it untouched', () => {
    const path = join(temporaryFolder(), 'ledger.db')
    open(path, migrationsDir).close()
    const db = openDatabase(path)
    db.pragma('user_version = 99')
    db.close()
    const before = schemaOf(path)
    expect(() => open(path, migrationsDir)).toThrow(/schema 99, made by a newer release/)
    expect(schemaOf(path)).toEqual(before)
  })

  test('must be numbered without gaps', () => {
    const dir = folderWith(1)
    writeFileSync(join(dir, '0003_gap.sql'), 'SELECT 1;')
    expect(() => open(join(temporaryFolder(), 'ledger.db'), dir)).toThrow('0003_gap.sql should have number 2')
  })
})

describe('the connection', () => {
  test('commits to disk, enforces foreign keys and uses a WAL, on a reopened ledger too', () => {
    const path = join(temporaryFolder(), 'ledger.db')
    open(path, migrationsDir).close()
    const db = openDatabase(path)
    const pragma = (name: string) => db.pragma(name, { simple: true })
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1])
    db.close()
  })
})
