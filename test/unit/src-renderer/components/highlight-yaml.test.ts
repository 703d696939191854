import fc from 'fast-check'
import { expect, it } from 'vitest'
import { highlightYaml } from '#renderer/components/highlight-yaml.ts'

const kinds = (line: string) =>
  highlightYaml(line)
    .filter(({ text }) => text.trim() !== '')
    .map(({ kind, text }) => `${kind} ${text.trim()}`)

it('colours keys, numbers, texts and comments', () => {
  expect(kinds('  max_depth: 3   # shallow')).toEqual([
    'key max_depth',
    'mark :',
    'number 3',
    'comment # shallow',
  ])
  expect(kinds('flow: { atm: true, name: "a # b" }')).toEqual([
    ...['key flow', 'mark :', 'mark {', 'key atm', 'mark :', 'number true', 'mark ,'],
    ...['key name', 'mark :', 'string "a # b"', 'mark }'],
  ])
})

it('takes a sharp or a dash inside a word as a letter', () => {
  expect(kinds('  - rsi__period=14')).toEqual(['mark -', 'plain rsi__period=14'])
  expect(kinds('name: c#-sharp')).toEqual(['key name', 'mark :', 'plain c#-sharp'])
})

it('loses no character of any line', () => {
  fc.assert(
    fc.property(fc.string(), (line) => {
      expect(
        highlightYaml(line)
          .map(({ text }) => text)
          .join(''),
      ).toBe(line)
    }),
  )
})
