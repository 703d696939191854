// `npm start`: the window where Electron's binary is there, else the workstation in the browser.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { electronBinary } from './electron-binary.ts'
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
    ? [process.execPath, ['out/main/headless.js', ...process.argv.slice(2)]]
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
