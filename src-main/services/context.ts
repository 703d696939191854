import type { JobRunner } from '#main/jobs/job-runner.ts'
import type { Duck } from '#main/lake/duck.ts'
import type { Lake } from '#main/lake/lake.ts'
import type { Ledger } from '#main/ledger/ledger.ts'
import type { OnnxScorer } from '#main/onnx/onnx-scorer.ts'
import type { PackStore } from '#main/pack-store/types.ts'
import type { MatrixStore } from './matrix-store.ts'

/** What the use cases stand on; the host makes one. */
export interface ServiceContext {
  /** The workspace folder. */
  root: string
  ledger: Ledger
  packStore: PackStore
  lake: Lake
  duck: Duck
  matrixStore: MatrixStore
  runner: JobRunner
  onnx: OnnxScorer
  /** Now, ISO 8601 UTC. */
  clock: () => string
  /** Tells every client that something is new. */
  announce: (type: 'result' | 'pack' | 'data', data: Record<string, unknown>) => void
}
