import type { LeaderboardRow, SignalRow, SweepSummary } from '#renderer/api/types.ts'
import { formatPlural } from '#renderer/components/format.ts'
import type { ReplyOf } from '#shared/contract/index.ts'

type BuildRun = ReplyOf<'listBuildRuns'>['rows'][number]
type TrainingRun = ReplyOf<'listTrainingRuns'>['rows'][number]

export type LineageKind = 'data' | 'matrix' | 'run' | 'artifact' | 'signals'
export const lineageKinds = ['data', 'matrix', 'run', 'artifact', 'signals'] as const satisfies LineageKind[]

export interface LineageNode {
  id: string
  kind: LineageKind
  title: string
  /** What pins it; null where it has no sha of its own. */
  sha: string | null
  /** ISO 8601 UTC; null for data. */
  at: string | null
  note: string
  /** Made on a matrix that is no longer the newest, or the older matrix itself. */
  isStale: boolean
  /** Where it can be looked at: a screen and its parameters. */
  target: { screen: string; params: Record<string, string> } | null
}

export interface LineageGraph {
  columns: Record<LineageKind, LineageNode[]>
  /** Nodes that are not shown, per column, because newer ones took their place. */
  hidden: Record<LineageKind, number>
  edges: { from: string; to: string }[]
}

export interface LineageInput {
  /** Each newest first. */
  builds: readonly BuildRun[]
  sweeps: readonly SweepSummary[]
  runs: readonly LeaderboardRow[]
  trainings: readonly TrainingRun[]
  signals: readonly SignalRow[]
}

/** A column longer than this is cut to its newest nodes. */
const MOST = 6

/** From data to signals: what was made of what for one model, newest first in every column. */
export function buildLineage({ builds, sweeps, runs, trainings, signals }: LineageInput): LineageGraph {
  const newest = builds[0]?.matrix_sha
  const isOld = (sha: string | null) => newest !== undefined && sha !== null && sha !== newest
  const edges: LineageGraph['edges'] = []
  const all: LineageGraph['columns'] = { data: [], matrix: [], run: [], artifact: [], signals: [] }
  const add = (node: LineageNode) => {
    if (!all[node.kind].some(({ id }) => id === node.id)) all[node.kind].push(node)
  }

  for (const build of builds) {
    const id = `matrix ${build.matrix_sha}`
    add({
      id,
      kind: 'matrix',
      title: 'Matrix',
      sha: build.matrix_sha,
      at: build.finished_at,
      note: rowsNote(build.metrics),
      isStale: isOld(build.matrix_sha),
      target: { screen: 'matrix', params: { sha: build.matrix_sha } },
    })
    for (const source of sourcesOf(build.lineage)) {
      const dataId = `data ${source.id} ${source.content_sha}`
      add({
        id: dataId,
        kind: 'data',
        title: seriesOf(source.id),
        sha: source.content_sha,
        at: null,
        note: originOf(source),
        isStale: isOld(build.matrix_sha),
        target: { screen: 'data', params: {} },
      })
      edges.push({ from: dataId, to: id })
    }
  }
  for (const sweep of sweeps) {
    const id = `sweep ${sweep.id}`
    add({
      id,
      kind: 'run',
      title: `Sweep ${sweep.id}`,
      sha: sweep.matrix_sha,
      at: sweep.finished_at ?? sweep.created_at,
      note: `${sweep.risk_profile}, ${sweep.passed} of ${sweep.completed} pass`,
      isStale: isOld(sweep.matrix_sha),
      target: { screen: 'sweeps', params: { sweep_id: String(sweep.id) } },
    })
    if (sweep.matrix_sha !== null) edges.push({ from: `matrix ${sweep.matrix_sha}`, to: id })
  }
  for (const run of runs.filter(({ sweep_id }) => sweep_id === null)) {
    const id = `run ${run.id}`
    add({
      id,
      kind: 'run',
      title: `Run ${run.id}`,
      sha: run.lineage.matrix_sha,
      at: run.created_at,
      note: `${run.lineage.risk_profile}, ${run.gate.pass ? 'passes' : 'fails'}`,
      isStale: isOld(run.lineage.matrix_sha),
      target: { screen: 'run', params: { id: run.id } },
    })
    edges.push({ from: `matrix ${run.lineage.matrix_sha}`, to: id })
  }
  all.run.sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1))
  for (const training of trainings) {
    const id = `artifact ${training.model_out_uri}`
    const sha = stringOf(training.lineage['matrix_sha'])
    add({
      id,
      kind: 'artifact',
      title: training.model_out_uri.split('/').at(-1) ?? training.model_out_uri,
      sha,
      at: training.finished_at,
      note: stringOf(training.lineage['risk_profile']) ?? '',
      isStale: isOld(sha),
      target: { screen: 'train', params: {} },
    })
    edges.push({ from: parentOf(training, runs, sha), to: id })
  }
  for (const [artifact, members] of Map.groupBy(signals, (signal) => signal.artifact)) {
    const id = `signals ${artifact}`
    const parent = all.artifact.find((node) => node.id === `artifact ${artifact}`)
    add({
      id,
      kind: 'signals',
      title: formatPlural(members.length, 'signal'),
      sha: parent?.sha ?? null,
      at: members[0]?.ts ?? null,
      note: members[0]?.risk_profile ?? '',
      isStale: parent?.isStale ?? false,
      target: { screen: 'signals', params: {} },
    })
    edges.push({ from: `artifact ${artifact}`, to: id })
  }
  return cutLong(all, edges)
}

function cutLong(all: LineageGraph['columns'], edges: LineageGraph['edges']): LineageGraph {
  const columns = { ...all }
  const hidden = { data: 0, matrix: 0, run: 0, artifact: 0, signals: 0 }
  for (const kind of lineageKinds) {
    hidden[kind] = Math.max(0, all[kind].length - MOST)
    columns[kind] = all[kind].slice(0, MOST)
  }
  const shown = new Set(lineageKinds.flatMap((kind) => columns[kind].map(({ id }) => id)))
  return { columns, hidden, edges: edges.filter(({ from, to }) => shown.has(from) && shown.has(to)) }
}

/** The run whose configuration was trained, or its sweep; else the matrix. */
function parentOf(training: TrainingRun, runs: readonly LeaderboardRow[], sha: string | null): string {
  const configSha = stringOf(training.lineage['config_sha'])
  const profile = stringOf(training.lineage['risk_profile'])
  const run = runs.find(
    ({ lineage }) =>
      lineage.config_sha === configSha && lineage.matrix_sha === sha && lineage.risk_profile === profile,
  )
  if (run === undefined) return `matrix ${sha}`
  return run.sweep_id === null ? `run ${run.id}` : `sweep ${run.sweep_id}`
}

interface Source {
  id: string
  simulated: boolean
  content_sha: string
}

const sourcesOf = (lineage: Record<string, unknown>): Source[] =>
  Array.isArray(lineage['sources']) ? (lineage['sources'] as Source[]) : []
const stringOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const rowsNote = (metrics: Record<string, unknown>): string =>
  typeof metrics['rows'] === 'number' ? formatPlural(metrics['rows'], 'row') : ''

/** `bars/daily/SPY` of `simulated:v1/bars/daily/SPY`: what tells the series apart stands first. */
const seriesOf = (id: string): string => id.slice(id.indexOf('/') + 1)

/** `simulated:v1`, `real · vega-datasets:sp500-2000`. */
function originOf({ id, simulated }: { id: string; simulated: boolean }): string {
  const origin = id.split('/')[0] ?? id
  const word = simulated ? 'simulated' : 'real'
  return origin.startsWith(word) ? origin : `${word} · ${origin}`
}
