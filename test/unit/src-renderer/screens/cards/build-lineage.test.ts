import { describe, expect, it } from 'vitest'
import { buildLineage, type LineageInput } from '#renderer/screens/cards/build-lineage.ts'

const OLD = 'a'.repeat(64)
const NEW = 'b'.repeat(64)
const source = { id: 'simulated:v1/bars/daily/SPY', simulated: true, content_sha: 'd'.repeat(64) }
const build = (matrix_sha: string) => ({
  matrix_sha,
  finished_at: '2024-01-02T00:00:00Z',
  metrics: { rows: 10 },
  lineage: { sources: [source] },
})
const sweep = (id: number, matrix_sha: string) => ({
  id,
  matrix_sha,
  risk_profile: 'balanced',
  passed: 1,
  completed: 2,
  created_at: `2024-01-0${id}T00:00:00Z`,
  finished_at: null,
})
const lineage = { matrix_sha: OLD, config_sha: 'c'.repeat(64), risk_profile: 'balanced', risk_sha: 'r' }
const run = { id: '7', sweep_id: '1', lineage, gate: { pass: true }, created_at: '2024-01-01T00:00:00Z' }
const training = { model_out_uri: 'models/m/gbm.onnx', finished_at: '2024-01-03T00:00:00Z', lineage }
const signal = { artifact: 'models/m/gbm.onnx', ts: '2024-01-04T00:00:00Z', risk_profile: 'balanced' }

const graphOf = (input: Record<keyof LineageInput, unknown[]>) =>
  buildLineage(input as unknown as LineageInput)
const whole = () =>
  graphOf({
    builds: [build(NEW), build(OLD)],
    sweeps: [sweep(2, NEW), sweep(1, OLD)],
    runs: [run],
    trainings: [training],
    signals: [signal, signal],
  })

describe('lineage of a model', () => {
  it('marks what rests on an older matrix, down to the signals', () => {
    const { columns } = whole()
    const stale = (kind: keyof typeof columns) => columns[kind].map(({ isStale }) => isStale)
    expect(stale('matrix')).toEqual([false, true])
    expect(stale('run')).toEqual([false, true])
    expect(stale('artifact')).toEqual([true])
    expect(stale('signals')).toEqual([true])
    expect(stale('data')).toEqual([false])
  })

  it('ties a trained model to the sweep whose configuration it was trained with', () => {
    const { edges } = whole()
    expect(edges).toContainEqual({ from: 'sweep 1', to: 'artifact models/m/gbm.onnx' })
    expect(edges).toContainEqual({ from: `matrix ${OLD}`, to: 'sweep 1' })
    expect(edges).toContainEqual({ from: 'artifact models/m/gbm.onnx', to: 'signals models/m/gbm.onnx' })
  })

  it('ties it to its matrix where no run tells', () => {
    const { edges } = graphOf({
      builds: [build(OLD)],
      sweeps: [],
      runs: [],
      trainings: [training],
      signals: [],
    })
    expect(edges).toContainEqual({ from: `matrix ${OLD}`, to: 'artifact models/m/gbm.onnx' })
  })

  it('shows a rebuilt matrix once, and nothing as stale without a build', () => {
    const twice = graphOf({
      builds: [build(OLD), build(OLD)],
      sweeps: [],
      runs: [],
      trainings: [],
      signals: [],
    })
    expect(twice.columns.matrix).toHaveLength(1)
    const none = graphOf({ builds: [], sweeps: [sweep(1, OLD)], runs: [], trainings: [], signals: [] })
    expect(none.columns.run[0]?.isStale).toBe(false)
    expect(none.edges).toEqual([])
  })

  it('keeps the newest six of a column and says how many it leaves out', () => {
    const sweeps = [9, 8, 7, 6, 5, 4, 3, 2].map((id) => sweep(id, OLD))
    const graph = graphOf({ builds: [build(OLD)], sweeps, runs: [], trainings: [], signals: [] })
    expect(graph.columns.run.map(({ title }) => title)).toEqual([9, 8, 7, 6, 5, 4].map((id) => `Sweep ${id}`))
    expect(graph.hidden.run).toBe(2)
    expect(graph.edges.some(({ to }) => to === 'sweep 2')).toBe(false)
  })
})
