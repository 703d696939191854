import type { Drift } from '#shared/contract/drift.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'
import {
  countGroups,
  groupByEdges,
  leastForIndex,
  stabilityIndex,
  tenthEdges,
  usualIndex,
} from '#shared/kernels/stability-index.ts'
import type { ServiceContext } from './context.ts'
import { readDetail } from './run-detail.ts'
import { columnNamed, rowsOfHours } from './scoring.ts'

type Dependencies = Pick<ServiceContext, 'root' | 'ledger' | 'matrixStore'>
type Index = Drift['score']

const unknown: Index = { psi: null, usual: null, level: 'unknown' }

/** A sample in time order by groups, and the edges between them. */
interface Reference {
  edges: readonly number[]
  groups: Uint8Array
}

/** Features and scores of the rows that a model decided on live against those of the rows that its newest backtest tested. */
export async function measureDrift(
  { root, ledger, matrixStore }: Dependencies,
  key: { model_id: string; risk_profile: RiskProfile; start?: string | undefined; end?: string | undefined },
): Promise<Drift> {
  const live = ledger.liveRows.list(key)
  const newest = ledger.backtestRuns.latestFor(key.model_id)
  const uri = newest && ledger.backtestRuns.get(Number(newest.id))?.detail_uri
  const { plan, point, scores } = uri ? await readDetail(root, uri) : {}
  if (live.length === 0 || !plan || !point || !scores) {
    return { rows: live.length, score: unknown, features: [] }
  }

  const ofScores: Reference = { edges: scores.edges, groups: Uint8Array.from(scores.tenths, Number) }
  const liveScores = Float64Array.from(live, ({ score }) => score).filter((score) => !Number.isNaN(score))
  const { matrix } = await matrixStore.load(plan.matrix_sha)
  const tested = rowsOfHours(matrix, point.hours).filter(
    (row) => matrix.ts[row]! >= scores.from && matrix.ts[row]! <= scores.to,
  )
  const places = new Map<number, Map<string, number>>()
  for (const { artifact_id } of live) {
    if (places.has(artifact_id)) continue
    const names = (ledger.artifacts.get(artifact_id)?.meta['features'] ?? []) as string[]
    places.set(artifact_id, new Map(names.map((name, place) => [name, place])))
  }
  const features = plan.features.map((feature) => {
    const column = columnNamed(matrix, feature, 'feature')
    const before = Float64Array.from(tested, (row) => column[row]!)
    const now = Float64Array.from(live, ({ artifact_id, features: values }) => {
      const place = places.get(artifact_id)!.get(feature)
      return place === undefined ? Number.NaN : values[place]!
    })
    const edges = tenthEdges(before)
    const index = edges.length === 0 ? unknown : indexOf({ edges, groups: groupByEdges(before, edges) }, now)
    return { feature, ...index, missing_backtest: shareMissing(before), missing_live: shareMissing(now) }
  })
  features.sort((a, b) => excessOf(b) - excessOf(a))
  return { rows: live.length, score: indexOf(ofScores, liveScores), features }
}

function indexOf({ edges, groups }: Reference, live: Float64Array): Index {
  if (live.length < leastForIndex || groups.length < leastForIndex) return unknown
  const count = edges.length + 2
  const now = countGroups(groupByEdges(live, edges), count)
  const psi = stabilityIndex(countGroups(groups, count), now)
  const usual = usualIndex(groups, count, live.length)
  return { psi, usual: Number.isNaN(usual) ? null : usual, level: levelOf(psi, usual) }
}

/** Within what stretches of the backtest show among themselves nothing has drifted, however large the index is. */
function levelOf(psi: number, usual: number): Index['level'] {
  if (psi < 0.1 || psi <= usual) return 'stable'
  return psi < 0.25 ? 'moderate' : 'large'
}

/** Orders features: how far beyond the usual, those without an index last. */
function excessOf({ psi, usual }: Index): number {
  return psi === null ? Number.NEGATIVE_INFINITY : psi - (usual ?? 0)
}

function shareMissing(values: Float64Array): number {
  return values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0) / values.length
}
