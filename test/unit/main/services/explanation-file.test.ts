import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readExplanation, writeExplanation } from '#main/services/explanation-file.ts'
import { makeSpec, makeTable, quietHooks } from '#test/learning-table.ts'
import { explainModel } from '#workers/explain/explain-model.ts'
import { explainRows } from '#workers/jobs/explain-rows.ts'
import { fitModel } from '#workers/models/fit-model.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sigma-explanation-'))
})
afterAll(() => rm(root, { recursive: true }))

const context = { report: () => {}, cancelled: () => false }

it.each(['gbm', 'rf', 'logistic'] as const)(
  'explains from the file as from memory, to the bit: %s',
  async (algorithm) => {
    // All known values on one side and the missing on the other: a split at infinity, which JSON cannot say.
    const table = makeTable({ rows: 200, features: 3, missing: 0.3, classOf: (x) => (x[0]! > 0 ? 1 : 0) })
    table.y = table.y.map((_, i) => (Number.isNaN(table.columns[1]![i]!) ? 1 : 0))
    const rows = Int32Array.from({ length: 200 }, (_, i) => i)
    const model = fitModel(table, rows, makeSpec({ algorithm, n_estimators: 5 }), quietHooks)
    const calibrator = { kind: 'sigmoid' as const, a: Float64Array.of(1, 2), b: Float64Array.of(0.1, -0.1) }
    const explanation = explainModel(model, calibrator, table, rows)
    if (algorithm === 'gbm' && 'forest' in explanation)
      expect(explanation.forest.threshold).toContain(Infinity)
    const artifact = { uri: `artifacts/m/balanced/${algorithm}.onnx`, content_sha: 'a1' }
    await writeExplanation(root, artifact, explanation)
    const read = await readExplanation(root, artifact)
    const explain = (each: typeof explanation) =>
      explainRows({ explanation: each, columns: table.columns }, context)
    expect(explain(read!)).toEqual(explain(explanation))
    expect(await readExplanation(root, { ...artifact, content_sha: 'b2' })).toBeNull()
    await writeFile(join(root, `artifacts/m/balanced/${algorithm}.explain.json.gz`), 'spoiled')
    expect(await readExplanation(root, artifact)).toBeNull()
  },
)
