import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseYaml } from '#main/pack-store/parse-yaml.ts'
import { configYaml, openTiny } from './tiny-workspace.ts'

const first = (text: string) => parseYaml('packs/x/pack.yaml', text).problems[0]

test.each([
  ['flow lists', `a: ${'['.repeat(50_000)}`, 1],
  ['flow maps', `a: ${'{a: '.repeat(50_000)}`, 1],
  ['brackets hidden by quoted closings', `a: ${'[ "]", '.repeat(20_000)}`, 1],
  ['compact lists', `${'- '.repeat(50_000)}x`, 1],
  ['indented maps', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}k:`).join('\n'), 100],
  ['explicit keys', `${'? '.repeat(20_000)}x`, 1],
])('%s nested beyond the limit are refused before a tree is built', (_, text, line) => {
  expect(first(text)).toMatchObject({ line, message: 'nested deeper than 100 levels' })
})

test('nesting within the limit is read', () => {
  expect(parseYaml('x', `a: ${'['.repeat(90)}1${']'.repeat(90)}`).problems).toEqual([])
})

test.each(['__proto__', 'constructor', 'prototype'])('the key %s is refused with its place', (key) => {
  expect(first(`a: 1\nb:\n  ${key}: { polluted: true }\n`)).toEqual({
    path: 'packs/x/pack.yaml',
    line: 3,
    column: 3,
    message: `the key ${key} is not allowed`,
  })
  expect(first(`a: { "${key}": 1 }`)?.line).toBe(1)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

test('an alias bomb is refused', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  for (const [i, name] of [...'bcdefghi'].entries()) {
    const above = `*${'abcdefghi'[i]}`
    bomb.push(`${name}: &${name} [${Array(9).fill(above).join(', ')}]`)
  }
  expect(first(bomb.join('\n'))?.message).toMatch(/alias/i)
})

test.each([
  ['two documents', 'a: 1\n---\nb: 2\n', 2],
  ['a key twice', 'a: 1\nb: 2\na: 3\n', 3],
  ['an unknown tag', 'a: 1\nb: !!js/function x\n', 2],
  ['a broken line', 'a: 1\nb: "open\n', 2],
  ['a list as key', 'a: 1\n? [x]\n: 2\n', 2],
])('%s is a problem with its line', (_, text, line) => {
  const problem = first(text)
  expect(problem?.line).toBeGreaterThanOrEqual(line)
  expect(problem?.column).toBeGreaterThanOrEqual(1)
})

test('a file over 1 MB is refused unread', () => {
  expect(first(`a: ${'x'.repeat(1024 * 1024)}`)?.message).toBe('the file is larger than 1 MB')
})

test('links, pipes and broken text among the files are reported, and the rest works', () => {
  const { root, store, write } = openTiny()
  const configs = join(root, 'packs/tiny/model_configs')
  writeFileSync(join(root, 'secret.yaml'), configYaml)
  symlinkSync(join(root, 'secret.yaml'), join(configs, 'linked.yaml'))
  execFileSync('mkfifo', [join(configs, 'pipe.yaml')])
  mkdirSync(join(configs, 'folder.yaml'))
  writeFileSync(join(configs, 'latin1.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0xff]))
  write('model_configs/huge.yaml', `description: "${'x'.repeat(1024 * 1024)}"`)
  store.rescan()
  expect(store.problems().map(({ path }) => path.split('/').at(-1))).toEqual([
    'huge.yaml',
    'latin1.yaml',
    'linked.yaml',
    'pipe.yaml',
  ])
  expect(store.model('spy_daily').ticker).toBe('SPY')
})
