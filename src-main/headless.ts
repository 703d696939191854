import { readFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// The headless host as it is built: a few files instead of a thousand, and what Node compiles of them is kept for the next start.
// Both have to come before the first import of the rest.

enableCompileCache()
const { builtPaths } = await import('./host.ts')
const { serve } = await import('./serve.ts')

const root = join(import.meta.dirname, '..', '..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const print = (line: string) => void process.stdout.write(`${line}\n`)
try {
  await serve(process.argv.slice(2), builtPaths(root, version), print)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
