// `npm start`: the window where Electron's binary is there, else the workstation in the browser.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { runStep } from './run-step.ts'

const root = join(import.meta.dirname, '..')

if (!existsSync(join(root, 'out', 'main', 'electron.js'))) {
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

/** The path that Electron's own start file would take; asking the package itself would try a download. */
function electronBinary(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const hint = join(folder, 'path.txt')
  if (!existsSync(hint)) return null
  const binary = join(folder, 'dist', readFileSync(hint, 'utf8').trim())
  return existsSync(binary) ? binary : null
}
