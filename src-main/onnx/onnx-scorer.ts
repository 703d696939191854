import { readFile, stat } from 'node:fs/promises'
import type { InferenceSession } from 'onnxruntime-node'
import { SigmaError } from '#shared/errors.ts'

const MAX_MODEL_BYTES = 256 * 1024 * 1024

/** Scores rows through onnxruntime: the one place where a trained model is evaluated. */
export interface OnnxScorer {
  /** Class probabilities, row-major n × classes, of rows given by feature column. */
  score: (model: Uint8Array, columns: readonly Float64Array[], rows: number) => Promise<Float64Array>
  readModel: (path: string) => Promise<Uint8Array>
}

/** Loads onnxruntime at the first use: it is the heaviest native of the host and most requests never need it. */
export function createOnnxScorer(): OnnxScorer {
  return {
    async score(model, columns, rows) {
      const { InferenceSession, Tensor } = await import('onnxruntime-node')
      let session: InferenceSession
      try {
        session = await InferenceSession.create(model, {
          intraOpNumThreads: 1,
          interOpNumThreads: 1,
          logSeverityLevel: 3,
        })
      } catch (cause) {
        throw new SigmaError('INVALID_PARAM', 'the model file is not a valid ONNX model', { cause })
      }
      try {
        const input = new Float64Array(rows * columns.length)
        for (let f = 0; f < columns.length; f++) {
          const column = columns[f]!
          for (let row = 0; row < rows; row++) input[row * columns.length + f] = column[row]!
        }
        const tensor = new Tensor('float64', input, [rows, columns.length])
        const [inputName] = session.inputNames
        const output = (await session.run({ [inputName!]: tensor }))['probabilities']
        if (!output || !(output.data instanceof Float64Array)) {
          throw new SigmaError('INVALID_PARAM', 'the model has no float64 output named probabilities')
        }
        return new Float64Array(output.data)
      } finally {
        await session.release()
      }
    },
    async readModel(path) {
      const { size } = await stat(path)
      if (size > MAX_MODEL_BYTES) {
        throw new SigmaError(
          'INVALID_PARAM',
          `model file ${path} has ${size} bytes, the limit is ${MAX_MODEL_BYTES}`,
        )
      }
      return readFile(path)
    },
  }
}
