import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openWindowSettings } from '#main/electron/window-settings.ts'
import { mendWindowState } from '#main/electron/window-state.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'

const laptop = { x: 0, y: 25, width: 1920, height: 1055 }
const beside = { x: 1920, y: 0, width: 2560, height: 1440 }
const both = [laptop, beside]
const bounds = { x: 2000, y: 100, width: 1600, height: 1000 }

describe('the place of the window', () => {
  test('is kept as it was', () => {
    expect(mendWindowState({ bounds, isMaximized: false }, both, laptop)).toEqual({
      bounds,
      isMaximized: false,
    })
    expect(mendWindowState({ bounds, isMaximized: true }, both, laptop).isMaximized).toBe(true)
  })

  test('is the middle of the main display where its own is gone', () => {
    const { bounds: mended, isMaximized } = mendWindowState({ bounds, isMaximized: true }, [laptop], laptop)
    expect(mended).toEqual({ x: 160, y: 53, width: 1600, height: 1000 })
    expect(isMaximized).toBe(true)
  })

  test.each([
    ['above the top', { ...bounds, y: -400 }],
    ['below the bottom', { ...bounds, y: 1435 }],
    ['off to the left', { ...bounds, x: -1500 }],
    ['off to the right', { ...bounds, x: 4470 }],
  ])('is mended where the title bar lies %s', (_, lost) => {
    const mended = mendWindowState({ bounds: lost }, both, laptop).bounds
    expect([mended.x, mended.y]).toEqual([160, 53])
  })

  test('may reach over the edge as long as a hand can take it', () => {
    const across = { ...bounds, x: -1400 }
    expect(mendWindowState({ bounds: across }, both, laptop).bounds).toEqual(across)
  })

  test('is no larger than the display and no smaller than the page needs', () => {
    const huge = { x: 10, y: 30, width: 9000, height: 9000 }
    expect(mendWindowState({ bounds: huge }, both, laptop).bounds).toEqual({
      ...huge,
      width: 1920,
      height: 1055,
    })
    const tiny = { x: 10, y: 30, width: 1, height: -5 }
    expect(mendWindowState({ bounds: { ...tiny, width: 300 } }, both, laptop).bounds).toMatchObject({
      width: 1024,
      height: 700,
    })
  })

  test.each([
    undefined,
    null,
    'x',
    7,
    [],
    {},
    { bounds: null },
    { bounds: { x: 'a', y: 0, width: 9, height: 9 } },
  ])('is the usual one where nothing sound was saved: %j', (saved) => {
    expect(mendWindowState(saved, both, laptop)).toEqual({
      bounds: { x: 240, y: 103, width: 1440, height: 900 },
      isMaximized: false,
    })
  })

  test('is not a number that is none', () => {
    const saved = { bounds: { ...bounds, x: Number.NaN } }
    expect(mendWindowState(saved, both, laptop).bounds.x).toBe(240)
  })
})

describe('the settings of the window', () => {
  test('outlive a start, readable by their owner only, without anything left beside them', async () => {
    const path = join(temporaryFolder(), 'user/window.json')
    const settings = openWindowSettings(path)
    expect(settings.read()).toEqual({})
    await Promise.all([
      settings.change({ window: { bounds } }),
      settings.change({ port: 40_000 }),
      settings.change({ port: 40_001 }),
    ])
    expect(openWindowSettings(path).read()).toEqual({ window: { bounds }, port: 40_001 })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(path, '..'))).toEqual(['window.json'])
  })

  test.each(['', '{', '[]', 'null', '7'])(
    'are none where the file holds %j, and are written again',
    async (text) => {
      const path = join(temporaryFolder(), 'window.json')
      writeFileSync(path, text)
      const settings = openWindowSettings(path)
      expect(settings.read()).toEqual({})
      await settings.change({ port: 1 })
      expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ port: 1 })
    },
  )

  test('go on after a write that failed', async () => {
    const folder = join(temporaryFolder(), 'gone')
    const path = join(folder, 'window.json')
    const settings = openWindowSettings(path)
    // A file in the place of the folder: nothing can be written below it.
    writeFileSync(folder, '')
    await expect(settings.change({ port: 1 })).rejects.toThrow()
    rmSync(folder)
    mkdirSync(folder)
    await settings.change({ zoom: 2 })
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ port: 1, zoom: 2 })
  })
})
