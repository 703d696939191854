import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The path that Electron's own start file would take; asking the package itself would try a download. */
export function electronBinary(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const hint = join(folder, 'path.txt')
  if (!existsSync(hint)) return null
  const binary = join(folder, 'dist', readFileSync(hint, 'utf8').trim())
  return existsSync(binary) ? binary : null
}
