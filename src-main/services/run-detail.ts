import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { JobRunContext } from '#main/jobs/job-runner.ts'
import { writeFilesAtomic } from '#main/workspace/atomic-file.ts'
import type { BracketParity } from '#shared/contract/brackets.ts'
import type { RunPaths } from '#shared/contract/run-paths.ts'
import type { Reliability, Sensitivity } from '#shared/contract/tear-sheet.ts'
import type { EvaluatedPaths, EvaluateResult, ThresholdResult } from '#shared/jobs/evaluate-types.ts'
import { type Packed, type PackedFile, packDetailsJob } from '#shared/jobs/pack-details.ts'
import { packedJson } from '#shared/packed-json.ts'
import type { Evaluated } from './evaluated.ts'
import type { KeptScores } from './kept-scores.ts'
import type { GridPoint, RunPlan } from './run-plan.ts'

const SPARK_POINTS = 40
const runsFolder = 'reports/runs'

/** What a run's page shows beyond its row, kept in a file named by its content. */
export interface RunDetail {
  session: number[]
  equity: number[]
  dailyReturn: number[]
  trades: {
    entryTs: number[]
    exitTs: number[]
    side: number[]
    size: number[]
    entry: (number | null)[]
    exit: (number | null)[]
    ret: number[]
    fold: number[]
  }
  hours: EvaluateResult['hours']
  thresholdResults: ThresholdResult[]
  sensitivity: Sensitivity | null
  reliability: Reliability | null
  notes: string[]
  parity: BracketParity | null
  /** Only in runs by combinatorial cross-validation. */
  paths?: RunPaths
  /** What live scores are held against; null where no row was tested. */
  scores: KeptScores | null
  /** The run as it was planned, so that its scores can be found again. */
  plan: RunPlan
  point: GridPoint
}

export function detailOf(plan: RunPlan, { point, result, parity, scores }: Evaluated): Packed<RunDetail> {
  const { entryTs, exitTs, side, size, entry, exit, ret, fold } = result.trades
  return {
    session: result.session,
    equity: result.equity,
    dailyReturn: result.dailyReturn,
    trades: { entryTs, exitTs, side, size, entry, exit, ret, fold },
    hours: result.hours,
    thresholdResults: result.thresholdResults,
    sensitivity: result.sensitivity,
    reliability: result.reliability,
    notes: result.notes,
    parity,
    ...(result.paths && { paths: pathsOf(result.paths) }),
    scores,
    plan,
    point,
  }
}

/** The paths of a combinatorial cross-validation as a reply shows them. */
export function pathsOf({ sharpe, mean, std, min, equity }: EvaluatedPaths): RunPaths {
  return {
    count: equity.length,
    ...{ sharpe_mean: mean, sharpe_std: std, sharpe_min: min },
    rows: equity.map((series, path) => ({ sharpe: sharpe[path]!, equity: Array.from(series) })),
  }
}

/** Details as the files that they will be, made in a worker. */
export function packDetails(
  details: Packed<RunDetail>[],
  job: Pick<JobRunContext, 'run'>,
): Promise<PackedFile[]> {
  return job.run(packDetailsJob, { details }, { report: () => {} })
}

/** Writes detail files and returns their workspace paths; equal results share one file. */
export async function writePacked(root: string, packed: readonly PackedFile[]): Promise<string[]> {
  const files = packed.map(({ sha, bytes }): [string, Uint8Array] => [`${sha}.json.gz`, bytes])
  const folder = join(root, runsFolder)
  await writeFilesAtomic(folder, new Map(files.filter(([name]) => !existsSync(join(folder, name)))))
  return files.map(([name]) => `${runsFolder}/${name}`)
}

/** The sha that names the file of a detail. */
export function detailSha(detail: RunDetail | Packed<RunDetail>): string {
  return createHash('sha256').update(packedJson(detail)).digest('hex')
}

/** The sha in the name of a detail file. */
export function shaInUri(uri: string): string {
  return basename(uri, '.json.gz')
}

export async function readDetail(root: string, uri: string): Promise<RunDetail> {
  return JSON.parse(gunzipSync(await readFile(join(root, uri))).toString('utf8')) as RunDetail
}

/** At most 40 points of an equity series, first and last included. */
export function sparkOf(equity: Float64Array): number[] {
  const points = Math.min(SPARK_POINTS, equity.length)
  return Array.from({ length: points }, (_, i) => {
    const at = points === 1 ? 0 : Math.round((i * (equity.length - 1)) / (points - 1))
    return Number(equity[at]!.toPrecision(6))
  })
}
