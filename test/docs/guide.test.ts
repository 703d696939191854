import { type ExecFileException, execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copySampleWorkspace } from '#test/sample-host.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'

const repository = new URL('../../', import.meta.url).pathname
const guide = join(repository, 'docs/guide')
const examples = join(guide, 'examples')
const text = readFileSync(join(guide, 'api.md'), 'utf8')
const blocksOf = (language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code = '']) => code)
const blocks = blocksOf('sh')

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

  it.skipIf(!hasPython)(
    hasPython
      ? 'has Python blocks that do what they say, one after the other'
      : 'Python blocks: there is no python3 here',
    async () => {
      const program = blocksOf('python').join('\n').replace('http://127.0.0.1:8001', served.url)
      const { code, out, err } = await run('python3', ['-c', program])
      expect([code, err]).toEqual([0, ''])
      expect(out).toMatch(
        /^[0-9a-f]{64} \d{3}\n(thr .+ -?[\d.]+ (True|False) .*\n){2}NOT_FOUND .*spx_eq_swing_daily.*\nsweep \d+ completed\n$/,
      )
    },
    120_000,
  )

  it('has a typed client that compiles, refuses a wrong call, and does what it says', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sigma-client-'))
    const example = readFileSync(join(examples, 'typed-path.ts'), 'utf8')
    const client = await (await fetch(`${served.url}/client.ts`)).text()
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    await writeFile(join(folder, 'sigma-lab.ts'), client)
    await writeFile(join(folder, 'typed-path.ts'), example)
    await writeFile(
      join(folder, 'wrong.ts'),
      `import { createClient } from './sigma-lab.ts'\nawait createClient()('getPack', { params: {} })\n`,
    )
    const flags = '--noEmit --strict --target es2022 --lib es2022,dom --module nodenext --skipLibCheck'
    const checked = await run(join(repository, 'node_modules/.bin/tsc'), [
      ...flags.split(' '),
      ...['--allowImportingTsExtensions', '--types', 'node', '--typeRoots'],
      join(repository, 'node_modules/@types'),
      ...['typed-path.ts', 'wrong.ts'].map((name) => join(folder, name)),
    ])
    expect(checked.out.trim().split('\n')).toEqual([expect.stringMatching(/wrong\.ts.*TS2741.*pack_id/)])
    const { code, out, err } = await run(process.execPath, [join(folder, 'typed-path.ts'), served.url])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(
      /^matrix [0-9a-f]{12} with \d{4} rows\nsweep \d+ of 2\n(.+\n){2}404 NOT_FOUND .*zerosigma.*\n$/,
    )
    await rm(folder, { recursive: true })
  }, 120_000)

  it('has a curl block for each step of the path', () => {
    const steps = [
      '/matrix/build',
      '/backtest_sweep',
      '/leaderboard',
      '/train',
      '/signals/generate',
      '/signals?',
      '/model_card',
      '/data/import',
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
