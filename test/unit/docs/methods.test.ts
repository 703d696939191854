import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { gates } from '#shared/catalog/gates/index.ts'
import { indicators } from '#shared/catalog/indicators/index.ts'
import { labels } from '#shared/catalog/labels/index.ts'
import { RunMetrics } from '#shared/contract/metrics.ts'

const root = new URL('../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

describe('docs/guide/methods.md', () => {
  const page = read('docs/guide/methods.md')

  it('is what `npm run docs` writes', () => {
    const written = execFileSync(process.execPath, ['scripts/write-methods.ts', '--print'], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(page, 'the page is out of date: run `npm run docs`').toBe(written)
  })

  it('defines every figure, gate rule, label and indicator', () => {
    const named = [...Object.keys(RunMetrics.properties), ...gates.keys(), ...indicators.keys()]
    expect(named.filter((name) => !new RegExp(`^\\| \`${name}\`[^|]* \\| [^| ]`, 'm').test(page))).toEqual([])
    expect([...labels.keys()].filter((name) => !page.includes(`: \`${name}\`\n\n`))).toEqual([])
  })
})

describe('docs/decisions/0001-dependencies.md', () => {
  it('gives a reason for every dependency, and for nothing else', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
    const rows = read('docs/decisions/0001-dependencies.md').matchAll(/^\| `([^`]+)` \| \S/gm)
    expect(Array.from(rows, ([, name]) => name)).toEqual(Object.keys(dependencies))
  })
})
