import { join } from 'node:path'
import type { Artifact } from '#main/ledger/artifacts.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { sessionClose, sessionDate, sessionsBetween } from '#shared/calendar/sessions.ts'
import { resolveIndicator } from '#shared/catalog/indicators/resolve.ts'
import { lifeAhead } from '#shared/catalog/labels/forward-label.ts'
import { labels } from '#shared/catalog/labels/index.ts'
import type { Lineage, RiskProfile } from '#shared/contract/schemas.ts'
import type { DecisionRow } from '#shared/decision/decide.ts'
import { didYouMean, SigmaError } from '#shared/errors.ts'
import type { Matrix } from '#shared/jobs/matrix-types.ts'
import { directionalProbability } from '#shared/kernels/directional-probability.ts'
import type { ServiceContext } from './context.ts'
import type { MatrixBuilds } from './matrix-builds.ts'
import type { LoadedMatrix } from './matrix-store.ts'
import { horizonOf, ownColumn } from './scoring.ts'

/** Sessions scored when a request names no start. */
const NEWEST_SESSIONS = 5

/** What the training run kept for whoever uses its artifact. */
export interface ArtifactUsage {
  features: string[]
  classes: string[]
  hours: number[] | null
  /** Whether the threshold was chosen among some or is the cutoff of a share. */
  kind?: 'thr' | 'top_pct'
  threshold: number
  /** Hours that have their own, by `hour_et`; null where hours were not asked for. */
  thresholds_by_hour?: Record<string, number> | null
  momentum_column: string | null
  momentum_min: number
  /** Artifacts of earlier versions leave sizing to the policy. */
  size_by_conf?: boolean
  conf_cap?: number
  lineage: Lineage
}

/** Rows of a window as an artifact sees them. */
export interface ScoredWindow extends Pick<LoadedMatrix, 'matrix' | 'meta'> {
  usage: ArtifactUsage
  /** Feature columns in the order of the artifact. */
  columns: Float64Array[]
  /** Calibrated probabilities by onnxruntime, row-major, and the directional probability of each row. */
  proba: Float64Array
  p: Float64Array
  /** What the momentum gate looks at, null without one. */
  momentum: Float64Array | null
  atr: Float64Array
  /** Minutes of trading that the label of a row lives, by the definition trained on; null where none begins at its time. */
  lives: (number | null)[]
}

/** One row of the window, as its decision looks at it. */
export function decisionRow({ matrix, p, atr, momentum, lives }: ScoredWindow, row: number): DecisionRow {
  return {
    p: p[row]!,
    hour: matrix.hourEt[row]!,
    life: lives[row]!,
    close: matrix.close[row]!,
    atr: atr[row]!,
    momentum: momentum === null ? Number.NaN : momentum[row]!,
  }
}

/** Builds and scores the rows that a trained model decides on. */
export function createArtifactRows(
  { ledger, lake, matrixStore, onnx, root }: ServiceContext,
  matrices: Pick<MatrixBuilds, 'ensure' | 'requireMatrix'>,
) {
  return {
    /** The newest artifact of a model and profile. Throws NO_DATA where none was trained. */
    require(modelId: string, profile: RiskProfile): Artifact {
      const artifact = ledger.artifacts.latestFor(modelId, profile)
      if (artifact) return artifact
      throw new SigmaError(
        'NO_DATA',
        `model ${modelId} has no trained artifact for profile ${profile}: train it first`,
      )
    },

    /** From start, else five sessions, to end or the last session with data. */
    async newestWindow(model: LoadedModel, start: string | undefined, end: string | undefined) {
      const { cadence } = model
      const ticker = requireTicker(model)
      const series = (await lake.catalog()).filter(
        (s) => s.kind === 'bars' && s.ticker === ticker && s.cadence === cadence,
      )
      const newest = series
        .map((s) => s.last)
        .sort()
        .at(-1)
      if (newest === undefined)
        throw new SigmaError('NO_DATA', `the lake has no ${cadence} bars of ${ticker}`)
      const last = end ?? newest
      if (start !== undefined) return { start, end: last }
      const { end: after } = sessionsBetween('2000-01-01', last < newest ? last : newest)
      return { start: sessionDate(Math.max(0, after - NEWEST_SESSIONS)), end: last }
    },

    /** @param momentumColumn instead of the one that the artifact was trained with */
    async score(
      model: LoadedModel,
      artifact: Artifact,
      window: { start: string; end: string },
      atrPeriod: number,
      momentumColumn?: string,
    ): Promise<ScoredWindow> {
      requireTicker(model)
      const usage = artifact.meta as unknown as ArtifactUsage
      const atr = resolveIndicator({ name: 'atr', period: atrPeriod })
      const trained = matrices.requireMatrix(usage.lineage.matrix_sha).meta
      const own = ownColumns(trained.spec)
      const request = {
        ...window,
        ...own,
        extraIndicators: [...own.extraIndicators, `atr__period=${atrPeriod}`],
      }
      const { matrix_sha } = await matrices.ensure(model, request, false)
      const { matrix, meta } = await matrixStore.load(matrix_sha)
      const columns = usage.features.map((name) => requireColumn(matrix, name))
      const bytes = await onnx.readModel(join(root, artifact.uri))
      const proba = await onnx.score(bytes, columns, matrix.rows)
      const gated = usage.momentum_column
      const ownMomentum = gated === null ? null : requireColumn(matrix, gated)
      return {
        ...{ matrix, meta, usage, columns, proba, p: directionalProbability(proba, usage.classes) },
        lives: livesOf(matrix, trained),
        momentum: momentumColumn === undefined ? ownMomentum : momentumOf(matrix, momentumColumn),
        atr: requireColumn(matrix, atr.outputs[0]!),
      }
    },
  }
}

function requireTicker(model: LoadedModel): string {
  if (model.ticker !== null) return model.ticker
  throw new SigmaError('INVALID_PARAM', `model ${model.modelId} names no ticker`)
}

/**
 * What the matrix that a model was trained on had of its own: its indicators, whatever the set says by now, and how far its flow
 * totals reach.
 */
function ownColumns(spec: Record<string, unknown>): { extraIndicators: string[]; distance_max?: number } {
  const { features = [], flow } = spec as { features?: unknown[]; flow?: { distance_max: number } | null }
  const spelled = features.filter((each) => typeof each === 'object') as { spelling: string }[]
  return {
    extraIndicators: spelled.map(({ spelling }) => spelling),
    ...(flow ? { distance_max: flow.distance_max } : {}),
  }
}

/** By the label that the model was trained on; a CSV’s own label lasts as many bars as its longest did. */
function livesOf(
  { cadence, ts, session }: Matrix,
  trained: Parameters<typeof horizonOf>[0]['meta'],
): (number | null)[] {
  const { id, params } = trained.label as { id: string; params: Record<string, unknown> }
  const label = labels.get(id)
  const bars = horizonOf({ meta: trained })
  return Array.from(ts, (decided, row) => {
    const clock = { cadence, ts: decided, sessionClose: sessionClose[session[row]!]! }
    return label ? label.life(clock, params) : lifeAhead(clock, bars)
  })
}

function momentumOf(matrix: Matrix, name: string): Float64Array {
  const column = columnOf(matrix, name)
  if (column) return column
  const near = didYouMean(name, matrix.features)
  throw new SigmaError('INVALID_PARAM', `momentum_column ${name} is not a column of the matrix${near}`)
}

function columnOf(matrix: Matrix, name: string): Float64Array | undefined {
  return matrix.columns[matrix.features.indexOf(name)] ?? ownColumn(matrix, name)
}

function requireColumn(matrix: Matrix, name: string): Float64Array {
  const column = columnOf(matrix, name)
  if (column) return column
  throw new SigmaError(
    'NO_DATA',
    `the trained model needs the column ${name}, which its indicator set no longer gives: train again`,
  )
}
