import { type ExecFileException, execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copySampleWorkspace } from '#test/sample-host.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

const guide = new URL('../../docs/guide/', import.meta.url).pathname
const examples = join(guide, 'examples')
const blocks = [...readFileSync(join(guide, 'api.md'), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map(
  ([, code = '']) => code,
)

interface Ran {
  code: number
  out: string
  err: string
}

const run = (command: string, args: string[], env: Record<string, string> = {}) =>
  new Promise<Ran>((resolve) => {
    execFile(command, args, { env: { ...process.env, ...env }, maxBuffer: 1e8 }, (error, out, err) =>
      resolve({ code: error === null ? 0 : codeOf(error), out, err }),
    )
  })
const codeOf = ({ code }: ExecFileException) => (typeof code === 'number' ? code : -1)

const hasPython = (await run('python3', ['--version'])).code === 0
const hasCurl = (await run('curl', ['--version'])).code === 0

let workspace: string
let served: ServedChild
beforeAll(async () => {
  workspace = await copySampleWorkspace()
  served = await serveChild(workspace)
}, 120_000)
afterAll(async () => {
  await closeChild(served)
  await rm(workspace, { recursive: true })
})

const wholePath =
  /^matrix [0-9a-f]{12} with \d{4} rows\nsweep \d+ completed .*2.*\nbest [\s\S]* sharpe -?[\d.]+ gate [\s\S]*\ntrain completed signals [1-9]\d*\n$/

describe('the guide to the API', () => {
  it.each(['main_path.py', 'main-path.mjs'])('keeps %s within forty lines and without packages', (name) => {
    const text = readFileSync(join(examples, name), 'utf8')
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40)
    expect(text).not.toMatch(/^import .* from '|requests|numpy/m)
  })

  it('goes from data to signals with the Node example', async () => {
    const { code, out, err } = await run(process.execPath, [join(examples, 'main-path.mjs'), served.url])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(wholePath)
  }, 120_000)

  it.skipIf(!hasPython)(
    hasPython
      ? 'goes from data to signals with the Python example'
      : 'Python example: there is no python3 here',
    async () => {
      const { code, out, err } = await run('python3', [join(examples, 'main_path.py'), served.url])
      expect([code, err]).toEqual([0, ''])
      expect(out).toMatch(wholePath)
    },
    120_000,
  )

  it('has a curl block for each step of the path', () => {
    const steps = [
      '/matrix/build',
      '/backtest_sweep',
      '/leaderboard',
      '/train',
      '/signals/generate',
      '/signals?',
      '/model_card',
    ]
    expect(blocks.map((block) => steps.find((step) => block.includes(`$HOST${step}`)))).toEqual(steps)
  })

  it.skipIf(!hasCurl)(
    hasCurl ? 'has curl blocks that do what they say' : 'curl blocks: there is no curl here',
    async () => {
      for (const block of blocks) {
        const { code, out, err } = await run('sh', ['-c', block], { HOST: served.url })
        expect([code, err], block).toEqual([0, ''])
        expect(JSON.parse(out), block).toMatchObject({ ok: true })
      }
      const last = JSON.parse((await run('sh', ['-c', blocks[5] ?? ''], { HOST: served.url })).out)
      expect(last.count).toBeGreaterThan(0)
    },
    120_000,
  )
})
