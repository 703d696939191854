import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const path = [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)

export interface StepResult {
  ok: boolean
  /** Standard output, where it was asked for. */
  output: string
}

/** Runs a tool of the project, streams what it says, and prints how long it took. */
export async function runStep(
  name: string,
  command: string,
  args: string[],
  options: { env?: Record<string, string>; keepOutput?: boolean } = {},
): Promise<StepResult> {
  console.log(`\n▶ ${name}`)
  const began = performance.now()
  const result = await new Promise<StepResult>((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, PATH: path, ...options.env },
      stdio: ['ignore', options.keepOutput ? 'pipe' : 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    })
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      process.stdout.write(chunk)
    })
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`)
      resolve({ ok: false, output })
    })
    child.on('close', (code) => resolve({ ok: code === 0, output }))
  })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${result.ok ? '✓' : '✗'} ${name} ${seconds} s`)
  return result
}
