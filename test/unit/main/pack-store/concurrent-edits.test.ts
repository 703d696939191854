import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { PackStore } from '#main/pack-store/types.ts'
import { configYaml, openTiny } from './tiny-workspace.ts'

const path = 'packs/tiny/model_configs/spy_daily.yaml'

/** Saves as an editor does: what it shows is the newest file with one value changed. */
function editByHand(root: string, trees: number): void {
  const file = join(root, path)
  writeFileSync(file, readFileSync(file, 'utf8').replace(/n_estimators: \d+/, `n_estimators: ${trees}`))
}

async function patchUntilDone(store: PackStore, depth: number): Promise<number> {
  for (let conflicts = 0; ; conflicts++) {
    try {
      await store.patchModel('spy_daily', 'tiny', { hyperparams: { max_depth: depth } })
      return conflicts
    } catch (cause) {
      if ((cause as { code?: string }).code !== 'CONFLICT' || conflicts > 50) throw cause
    }
  }
}

test('hand edits and API edits of one file in any order: none is lost, comments stay', async () => {
  const { root, store } = openTiny()
  const steps = fc.array(
    fc.oneof(
      fc.record({ by: fc.constant('hand' as const), value: fc.integer({ min: 1, max: 999 }) }),
      fc.record({ by: fc.constant('api' as const), value: fc.integer({ min: 1, max: 16 }) }),
      fc.record({ by: fc.constant('pause' as const), value: fc.integer({ min: 0, max: 3 }) }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  let conflicts = 0
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      writeFileSync(join(root, path), configYaml)
      store.rescan()
      const expected = { n_estimators: 300, max_depth: 6 }
      let patches: Promise<unknown> = Promise.resolve()
      for (const { by, value } of plan) {
        if (by === 'hand') {
          editByHand(root, value)
          expected.n_estimators = value
        } else if (by === 'api') {
          // Started, not awaited: later hand edits fall in the middle of it.
          const before = patches
          patches = Promise.all([before, before.then(() => patchUntilDone(store, value))]).then(([, n]) => {
            conflicts += n
          })
          expected.max_depth = value
        } else await new Promise((resolve) => setTimeout(resolve, value))
      }
      await patches
      const text = readFileSync(join(root, path), 'utf8')
      expect(parse(text).hyperparams).toMatchObject(expected)
      expect(text.match(/#.*/g)).toEqual(configYaml.match(/#.*/g))
    }),
    { numRuns: 60, seed: 20260101 },
  )
  // The plan must have met the case it is about.
  expect(conflicts).toBeGreaterThan(5)
})

test('many API edits at once all arrive', async () => {
  const { store } = openTiny()
  const names = ['max_depth', 'n_estimators', 'min_child_samples', 'max_bin', 'seed']
  await Promise.all(
    names.map((name, i) => store.patchModel('spy_daily', 'tiny', { hyperparams: { [name]: i + 2 } })),
  )
  expect(store.model('spy_daily').spec).toMatchObject(
    Object.fromEntries(names.map((name, i) => [name, i + 2])),
  )
})
