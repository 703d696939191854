import onnxProto from 'onnx-proto'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import type { CalibrationKind, Calibrator, LearningTable, ModelSpec } from '#shared/jobs/scoring-types.ts'
import { makeSpec, makeTable, quietHooks } from '#test/learning-table.ts'
import { applyCalibrator, fitCalibrator } from '#workers/calibration/calibrator.ts'
import { trainModel } from '#workers/jobs/train-model.ts'
import { fitModel, rawProba } from '#workers/models/fit-model.ts'
import { buildModelGraph } from '#workers/onnx/build-model-graph.ts'

const binary = makeTable({
  rows: 1400,
  features: 7,
  missing: 0.1,
  seed: 3,
  classOf: (x, random) => (x[0]! + 0.5 * x[1]! * x[2]! + random.nextGaussian() > 0 ? 1 : 0),
})
const threeClass = makeTable({
  rows: 1400,
  features: 7,
  missing: 0.1,
  seed: 4,
  classes: ['DOWN', 'FLAT', 'UP'],
  classOf: (x, random) => {
    const move = x[0]! - x[1]! + random.nextGaussian()
    return move < -0.7 ? 0 : move > 0.7 ? 2 : 1
  },
})

/** Probabilities of every row by onnxruntime, the rows given in one batch or one by one. */
async function runOnnx(
  bytes: Uint8Array,
  columns: Float64Array[],
  rows: number,
  batch = rows,
): Promise<Float64Array> {
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 3 })
  const parts: number[] = []
  for (let from = 0; from < rows; from += batch) {
    const size = Math.min(batch, rows - from)
    const data = new Float64Array(size * columns.length)
    for (let i = 0; i < size; i++) {
      columns.forEach((column, f) => {
        data[i * columns.length + f] = column[from + i]!
      })
    }
    const reply = await session.run({ features: new Tensor('float64', data, [size, columns.length]) })
    parts.push(...(reply['probabilities']!.data as Float64Array))
  }
  await session.release()
  return Float64Array.from(parts)
}

function largestGap(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length)
  let gap = 0
  for (let i = 0; i < a.length; i++) {
    const each = Math.abs(a[i]! - b[i]!)
    if (!(each <= gap)) gap = each
  }
  return gap
}

const algorithms: ModelSpec['algorithm'][] = ['gbm', 'rf', 'logistic']
const calibrations: CalibrationKind[] = ['none', 'sigmoid', 'isotonic']
const tables: [string, LearningTable][] = [
  ['two classes', binary],
  ['three classes', threeClass],
]

describe('the ONNX artifact', () => {
  for (const algorithm of algorithms) {
    for (const [name, table] of tables) {
      it(`gives the trainer's probabilities for ${algorithm} with ${name} and each calibration`, async () => {
        const all = Int32Array.from({ length: table.rows }, (_, i) => i)
        const model = fitModel(
          table,
          all.subarray(0, 900),
          makeSpec({ algorithm, colsample_bytree: 0.8 }),
          quietHooks,
        )
        const raw = rawProba(model, table.columns, all)
        const classes = table.classes.length
        for (const kind of calibrations) {
          const from = 900
          const calibrator = fitCalibrator(
            kind,
            raw.slice(from * classes),
            table.y.slice(from),
            table.weight.slice(from),
            classes,
          )
          const bytes = buildModelGraph(model, calibrator, table.features, table.classes, {})
          const expected = applyCalibrator(calibrator, raw, classes)
          const gap = largestGap(await runOnnx(bytes, table.columns, table.rows), expected)
          expect(gap, kind).toBeLessThan(1e-12)
        }
      })
    }
  }

  it('agrees row by row, at thresholds, at their neighbours and where every feature is missing', async () => {
    const all = Int32Array.from({ length: binary.rows }, (_, i) => i)
    const model = fitModel(binary, all, makeSpec(), quietHooks)
    if (model.algorithm === 'logistic') throw new Error('a forest was asked for')
    const { forest, scaler } = model
    const edges: number[][] = [
      binary.features.map(() => Number.NaN),
      binary.features.map(() => Number.POSITIVE_INFINITY),
    ]
    for (let node = 0; node < 200; node++) {
      const f = forest.feature[node]!
      if (f < 0) continue
      const at = forest.threshold[node]! * scaler.scale[f]! + scaler.center[f]!
      for (const x of [at, at * (1 + 2 ** -52), at * (1 - 2 ** -53)]) {
        edges.push(binary.features.map((_, j) => (j === f ? x : 0.1)))
      }
    }
    const columns = binary.features.map((_, f) => Float64Array.from(edges, (row) => row[f]!))
    const rows = Int32Array.from(edges, (_, i) => i)
    const calibrator: Calibrator = { kind: 'none' }
    const bytes = buildModelGraph(model, calibrator, binary.features, binary.classes, {})
    const expected = applyCalibrator(calibrator, rawProba(model, columns, rows), 2)
    expect(largestGap(await runOnnx(bytes, columns, edges.length, 1), expected)).toBeLessThan(1e-12)
  })

  it('carries a forest of single leaves and one without trees', async () => {
    for (const changes of [{ min_child_samples: 5000 }, { n_estimators: 0 }]) {
      const rows = Int32Array.from({ length: 300 }, (_, i) => i)
      const model = fitModel(threeClass, rows, makeSpec(changes), quietHooks)
      const bytes = buildModelGraph(model, { kind: 'none' }, threeClass.features, threeClass.classes, {})
      const expected = applyCalibrator({ kind: 'none' }, rawProba(model, threeClass.columns, rows), 3)
      expect(largestGap(await runOnnx(bytes, threeClass.columns, 300), expected)).toBeLessThan(1e-12)
    }
  })

  it('is a model of IR version 10 by the ONNX schema, with features, classes and lineage in its metadata', () => {
    const context = { report: () => {}, cancelled: () => false }
    const metadata = { model_id: 'spy_hourly', matrix_sha: 'ab12', code_version: '0.1.0' }
    const input = {
      table: binary,
      model: makeSpec({ n_estimators: 5 }),
      calibration: 'sigmoid' as const,
      metadata,
    }
    const decoded = onnxProto.onnx.ModelProto.decode(trainModel(input, context).onnx)
    expect(onnxProto.onnx.ModelProto.verify(decoded)).toBeNull()
    expect(Number(decoded.irVersion)).toBe(10)
    expect(decoded.opsetImport.map((set) => [set.domain, Number(set.version)])).toEqual([
      ['', 21],
      ['ai.onnx.ml', 5],
    ])
    const props = Object.fromEntries(decoded.metadataProps.map((prop) => [prop.key, prop.value]))
    expect(props).toEqual({
      ...metadata,
      algorithm: 'gbm',
      calibration: 'sigmoid',
      features: JSON.stringify(binary.features),
      classes: JSON.stringify(binary.classes),
    })
    expect(decoded.graph?.input?.map((each) => each.name)).toEqual(['features'])
    expect(decoded.graph?.output?.map((each) => each.name)).toEqual(['probabilities'])
    const ensemble = decoded.graph?.node?.find((node) => node.opType === 'TreeEnsemble')
    const splits = ensemble?.attribute?.find((attribute) => attribute.name === 'nodes_splits')
    expect(splits?.t?.dataType).toBe(onnxProto.onnx.TensorProto.DataType.DOUBLE)
  })
})
