// `npm start`: the window where Electron's binary is there, else the workstation in the browser.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { runStep } from './run-step.ts'

const root = join(import.meta.dirname, '..')

if (newest('out') < Math.max(...['src-shared', 'src-workers', 'src-main', 'src-renderer'].map(newest))) {
  const { ok } = await runStep('build', 'electron-vite', ['build', '--logLevel', 'warn'])
  if (!ok) process.exit(1)
}
const electron = electronBinary()
if (electron === null) {
  console.log('Electron’s binary is not installed here: the workstation opens in the browser instead.')
}
const [command, args] =
  electron === null
    ? [process.execPath, ['scripts/serve.ts', ...process.argv.slice(2)]]
    : [electron, ['.', ...process.argv.slice(2)]]
const child = spawn(command, args, { cwd: root, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 0))

/** When anything in a folder last changed, epoch ms; 0 where there is no such folder. */
function newest(folder: string): number {
  if (!existsSync(join(root, folder))) return 0
  const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  return Math.max(
    0,
    ...files
      .filter((each) => each.isFile())
      .map((each) => statSync(join(each.parentPath, each.name)).mtimeMs),
  )
}

/** The path that Electron's own start file would take; asking the package itself would try a download. */
function electronBinary(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const hint = join(folder, 'path.txt')
  if (!existsSync(hint)) return null
  const binary = join(folder, 'dist', readFileSync(hint, 'utf8').trim())
  return existsSync(binary) ? binary : null
}
