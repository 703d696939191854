// `npm run serve -- --workspace DIR --port N`: the headless host, from the sources.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sourcePaths } from '#main/host.ts'
import { serve } from '#main/serve.ts'

const root = join(import.meta.dirname, '..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

try {
  await serve(process.argv.slice(2), sourcePaths(root, version), console.log)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
