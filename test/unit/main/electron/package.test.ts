import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linkScheme } from '#main/electron/deep-link.ts'
import { packageProgram, readArchive, readConfig, readFuses } from '#test/package-program.ts'

let folder: string
let program: string
let packed: string[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-package-'))
  program = await packageProgram(folder)
  packed = readArchive(join(program, 'resources/app.asar'))
}, 300_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the package of the desktop program', () => {
  const unpacked = (path: string) => join(program, 'resources/app.asar.unpacked', path)

  test('holds window, page, host and guide', () => {
    for (const path of [
      '/package.json',
      '/out/main/electron.js',
      '/out/preload/preload.cjs',
      '/out/renderer/index.html',
      '/docs/guide/methods.md',
    ]) {
      expect(packed, path).toContain(path)
    }
  })

  test('has what is started or copied as a file beside the archive', () => {
    expect(existsSync(unpacked('out/main/worker.js'))).toBe(true)
    expect(existsSync(unpacked('out/main/crew-seat.js'))).toBe(true)
    expect(existsSync(unpacked('out/main/checkpoint-thread.js'))).toBe(true)
    expect(readdirSync(unpacked('packs')).length).toBeGreaterThanOrEqual(5)
    expect(readdirSync(unpacked('src-main/ledger/migrations'))).toContain('0001_jobs.sql')
    const natives = readdirSync(unpacked('node_modules/better-sqlite3'), { recursive: true }).map(String)
    expect(natives.some((path) => path.endsWith('.node'))).toBe(true)
  })

  test('holds no sources, no tests and nothing that only the build needs', () => {
    const own = packed.filter((path) => !path.startsWith('/node_modules'))
    expect(own.filter((path) => /\.(tsx?|map)$/.test(path))).toEqual([])
    expect(own.filter((path) => /^\/(test|scripts|src-(renderer|shared|workers))/.test(path))).toEqual([])
    expect(
      packed.filter((path) => /^\/node_modules\/(electron|vite|typescript|react|vitest)\//.test(path)),
    ).toEqual([])
  })

  test('cannot be started as Node, debugged from outside, or run other code than its archive', () => {
    expect(readFuses(join(program, 'sigma-lab'))).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
    })
  })

  test('registers the scheme that the window reads', () => {
    expect(readConfig().protocols.flatMap(({ schemes }) => schemes)).toEqual([linkScheme])
  })
})
