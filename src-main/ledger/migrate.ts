import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { replaceAtomicSync } from '#main/workspace/atomic-file.ts'
import { SigmaError } from '#shared/errors.ts'

interface Migration {
  version: number
  name: string
  path: string
}

/**
 * Brings the schema up to date: files `NNNN_name.sql` of the folder in order, each in one transaction with its version number, so
 * that a crash leaves a whole old or a whole new schema. A database with content is first copied to `backups/` beside it. One
 * written by a newer release is refused untouched.
 */
export function migrate(db: Database.Database, migrationsDir: string, now: string): number {
  const migrations = readMigrations(migrationsDir)
  const latest = migrations.length
  const current = schemaVersion(db)
  if (current > latest) {
    throw new SigmaError(
      'CONFLICT',
      `${db.name} has schema ${current}, made by a newer release; this one knows schemas up to ${latest}`,
    )
  }
  if (current > 0 && current < latest) backUp(db, current, now)
  for (const { version, name, path } of migrations.slice(current)) {
    const sql = readFileSync(path, 'utf8')
    try {
      db.transaction(() => {
        db.exec(sql)
        db.pragma(`user_version = ${version}`)
      }).exclusive()
    } catch (error) {
      throw new SigmaError(
        'INTERNAL',
        `migration ${name} of ${db.name} failed: ${(error as Error).message}`,
        {
          cause: error,
        },
      )
    }
  }
  return latest
}

export const schemaVersion = (db: Database.Database): number =>
  Number(db.pragma('user_version', { simple: true }))

/** The schema that this release brings every ledger to. */
export const latestSchema = (migrationsDir: string): number => readMigrations(migrationsDir).length

/** Names of the migrations that make up a schema, in order. */
export const migrationNames = (migrationsDir: string, schema: number): string[] =>
  readMigrations(migrationsDir)
    .slice(0, schema)
    .map(({ name }) => name)

function readMigrations(dir: string): Migration[] {
  const names = readdirSync(dir)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort()
  return names.map((name, i) => {
    const version = Number(name.slice(0, 4))
    if (version !== i + 1) throw new SigmaError('INTERNAL', `migration ${name} should have number ${i + 1}`)
    return { version, name, path: join(dir, name) }
  })
}

function backUp(db: Database.Database, version: number, now: string): void {
  const dir = join(dirname(db.name), 'backups')
  mkdirSync(dir, { recursive: true })
  const path = join(dir, `ledger-schema-${version}-${now.replaceAll(':', '')}.db`)
  db.prepare('VACUUM INTO ?').run(`${path}.partial`)
  replaceAtomicSync(`${path}.partial`, path)
}
