import { describe, expect, it } from 'vitest'
import type { LoadedMatrix } from '#main/services/matrix-store.ts'
import { measureTearSheet } from '#main/services/measure-tear-sheet.ts'
import { detailOf, type RunDetail } from '#main/services/run-detail.ts'
import type { RunPlan } from '#main/services/run-plan.ts'
import { sessionClose, sessionOpen } from '#shared/calendar/sessions.ts'
import { TearSheet } from '#shared/contract/tear-sheet.ts'
import type { EvaluateInput, FillRule } from '#shared/jobs/evaluate-types.ts'
import { packedJson } from '#shared/packed-json.ts'
import { isSame, placesOf, valuesOf } from '#test/reply-places.ts'
import { evaluateConfigs } from '#workers/jobs/evaluate-configs.ts'
import { plainConfig, randomCase } from '../../../workers/backtest/random-case.ts'
import { secondSheet, sheetViewOf } from './second-sheet.ts'

/** Names of the run, of its request and of a model, which are no figures. */
const names = /^(backtest_run_id|repeat|importance)/
const context = { report: () => {}, cancelled: () => false }

/** A random case whose bars lie in real sessions, from one that starts in the middle of a month. */
function datedCase(
  seed: number,
  fill: FillRule,
  thresholds = [0.5, 0.6, 0.75],
): { input: EvaluateInput; path: LoadedMatrix['path'] } {
  const isHourly = seed % 3 === 2
  const input = randomCase({
    ...{ seed, fill, slippageBps: [1, 0, 12][seed % 3]!, blocks: 3 },
    ...{ sessions: isHourly ? 110 : 340 + 20 * seed, barsPerSession: isHourly ? 7 : 1 },
    horizonBars: fill === 'close_to_open' ? 1 : 1 + (seed % 2),
    configs: [
      { ...plainConfig, values: [thresholds[seed % thresholds.length]!], sizeByConf: seed % 2 === 1 },
    ],
  })
  const path = input.path!
  const first = 30 + 100 * seed
  for (let bar = 0; bar < path.bars; bar++) {
    const session = first + path.session[bar]!
    const length = (sessionClose[session]! - sessionOpen[session]!) / path.barsPerSession
    const start = sessionOpen[session]! + (bar % path.barsPerSession) * length
    path.session[bar] = session
    path.openTs[bar] = start
    path.ts[bar] = start + length
  }
  input.rows.exitBar.forEach((exit, row) => {
    if (exit >= 0) input.rows.t1[row] = path.ts[exit]!
  })
  return { input, path }
}

function sheetOf(input: EvaluateInput, path: LoadedMatrix['path']) {
  const result = evaluateConfigs(input, context)[0]!
  const { slippageBps } = input
  const plan = { ticker: 'SPY', cv: {}, trading: { slippageBps } } as RunPlan
  const point = { hours: null, kind: 'thr' as const, values: [0.5] }
  const capacity = { spread: null, open_interest: null, volume: null, fill_rate: null, adv: null }
  const packed = detailOf(plan, { point, configKey: 'key', result, parity: null, scores: null, capacity })
  // As it is read back from its file.
  const detail = JSON.parse(packedJson(packed)) as RunDetail
  const sheet = measureTearSheet(result.metrics, detail, { path, meta: { fill: input.fill } } as LoadedMatrix)
  return { sheet, detail }
}

const places = placesOf(TearSheet).filter((place) => !names.test(place))

/** Holds every figure of a sheet against its second computation; the places where there was something to compare. */
function expectTwice({ input, path }: ReturnType<typeof datedCase>, what: string): Set<string> {
  const { sheet, detail } = sheetOf(input, path)
  const view = sheetViewOf(input, path, detail)
  const reply = valuesOf(sheet)
  const unknown = [...reply.keys()].filter((place) => !(names.test(place) || places.includes(place)))
  expect(unknown, 'figures without a second computation').toEqual([])
  const seen = new Set<string>()
  for (const place of places) {
    const [first, second] = [reply.get(place) ?? [], secondSheet[place]!(view)]
    const where = `${what}: ${place}`
    expect(first.length, where).toBe(second.length)
    for (const [i, value] of second.entries()) {
      if (value !== null) seen.add(place)
      const given = first[i]
      expect(isSame(given, value), `${where} ${i} is ${given}, by its definition ${value}`).toBe(true)
    }
  }
  return seen
}

describe('every figure of a tear sheet', () => {
  it('has a second computation', () => {
    expect(places.length).toBeGreaterThan(60)
    expect(Object.keys(secondSheet).sort()).toEqual([...places].sort())
  })

  it.each<FillRule>(['next_open', 'next_close', 'close_to_open'])(
    'agrees with its second computation on random cases: %s',
    (fill) => {
      const seen = new Set<string>()
      for (let seed = 0; seed < 6; seed++)
        for (const place of expectTwice(datedCase(seed, fill), `${fill} ${seed}`)) seen.add(place)
      expect(places.filter((place) => !seen.has(place))).toEqual([])
    },
    60_000,
  )

  it('agrees on a run that never traded: it earned and cost nothing, and varied with nothing', () => {
    const seen = expectTwice(datedCase(4, 'next_open', [1]), 'no trade')
    for (const place of ['costs.gross', 'costs.paid', 'histogram.std', 'benchmark.sharpe'])
      expect(seen, place).toContain(place)
    for (const place of ['sides[].trades', 'costs.breakeven_bps', 'benchmark.beta', 'rolling.sharpe[]'])
      expect(seen, place).not.toContain(place)
  })

  it('is missing where nothing was tested, but for counts', () => {
    const { input, path } = datedCase(0, 'next_open')
    const skipped = { ...input, folds: input.folds.map((fold) => ({ ...fold, skipped: 'one class' })) }
    const given = valuesOf(sheetOf(skipped, path).sheet)
    const counts = ['histogram.flat', 'rolling.window', 'costs.slippage_bps', 'costs.fill']
    for (const [place, values] of given) {
      if (names.test(place) || counts.includes(place)) continue
      expect(values, place).toEqual([null])
    }
  })
})
