import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createPackStore } from '#main/pack-store/pack-store.ts'
import { builtProgram, keepSoundTexts } from '#main/pack-store/sound-texts.ts'
import { openTiny } from './tiny-workspace.ts'

const open = (root: string, texts: ReturnType<typeof keepSoundTexts>) => {
  const store = createPackStore({ root, watching: false, texts })
  store.close()
  return store
}
const pathOf = (root: string) => join(root, '.cache', 'sound-texts.json')

test('a second start reads the same packs without parsing a sound text again', () => {
  const { root } = openTiny()
  const path = pathOf(root)
  const first = open(root, keepSoundTexts(path, 'host-a.js'))
  const kept = JSON.parse(readFileSync(path, 'utf8'))
  expect(Object.keys(kept.values).length).toBeGreaterThan(1)
  const known = keepSoundTexts(path, 'host-a.js')
  const added: string[] = []
  const second = open(root, { ...known, add: (kind) => added.push(kind) })
  expect(added).toEqual([])
  expect(second.packs()).toEqual(first.packs())
  expect(second.models()).toEqual(first.models())
  expect(second.problems()).toEqual(first.problems())
})

test('another program, and a file that is not whole, are no help', () => {
  const { root } = openTiny()
  const path = pathOf(root)
  open(root, keepSoundTexts(path, 'host-a.js'))
  const [kind, text] = ['pack', 'a: 1\n']
  const texts = keepSoundTexts(path, 'host-a.js')
  texts.add(kind, text, { a: 1 })
  texts.save()
  expect(keepSoundTexts(path, 'host-a.js').get(kind, text)).toEqual({ a: 1 })
  expect(keepSoundTexts(path, 'host-a.js').get('policy', text)).toBeUndefined()
  expect(keepSoundTexts(path, 'host-a.js').get(kind, 'a: 2\n')).toBeUndefined()
  expect(keepSoundTexts(path, 'host-b.js').get(kind, text)).toBeUndefined()
  writeFileSync(path, '{"program":"host-a.js","val')
  expect(keepSoundTexts(path, 'host-a.js').get(kind, text)).toBeUndefined()
})

test('a value that JSON would change is not kept', () => {
  const { root } = openTiny()
  mkdirSync(dirname(pathOf(root)), { recursive: true })
  const texts = keepSoundTexts(pathOf(root), 'host-a.js')
  for (const value of [{ a: Number.NaN }, { a: -0 }, new Date(0), new Map()]) {
    texts.add('pack', 'x', value)
  }
  texts.save()
  expect(keepSoundTexts(pathOf(root), 'host-a.js').get('pack', 'x')).toBeUndefined()
})

test('a faulty text is parsed at each start, and its problem keeps its line', () => {
  const { root } = openTiny()
  const before = open(root, keepSoundTexts(pathOf(root), 'host-a.js')).problems()
  writeFileSync(join(root, 'packs', 'tiny', 'pack.yaml'), 'id: tiny\nunknown_key: 1\n')
  const faulty = [1, 2].map(() => open(root, keepSoundTexts(pathOf(root), 'host-a.js')).problems())
  expect(faulty[0]!.length).toBeGreaterThan(before.length)
  expect(faulty[1]).toEqual(faulty[0])
  expect(faulty[1]!.some(({ line }) => line === 2)).toBe(true)
})

test('only a built chunk, whose name has the hash of its code, is a program that keeps what it found', () => {
  expect(builtProgram()).toBeNull()
  expect(builtProgram('/opt/sigma/out/main/electron.js')).toBeNull()
  expect(builtProgram('/opt/sigma/out/main/chunks/host-a1b2.js')).toBe('host-a1b2.js')
})
