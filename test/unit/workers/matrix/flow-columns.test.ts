import { describe, expect, it } from 'vitest'
import { firstSession, hourlyTimes, tinyFlow } from '#test/tiny-build.ts'
import { flowByRow, flowColumns } from '#workers/matrix/flow-columns.ts'

const block = { per_distance: true, totals: true, ratios: true, atm: true, distance_max: 1 }
const times = hourlyTimes(2)
const session = Int32Array.from(times, (each) => each.session)
const hourEt = Int32Array.from(times, ({ hour }) => hour)

function columnsOf(flow = tinyFlow(2), wanted = block) {
  const columns = flowColumns(flow, wanted, flowByRow(flow, session, hourEt), session, hourEt)
  return {
    names: columns.map(({ name }) => name),
    at: (name: string) => columns.find((c) => c.name === name)!.data,
  }
}

describe('option-flow columns', () => {
  it('have the documented names in the documented order', () => {
    expect(columnsOf().names).toEqual([
      ...['calls_sold', 'puts_sold', 'calls_premium', 'puts_premium'].flatMap((each) =>
        [-1, 0, 1].map((k) => `${each}_d${k}`),
      ),
      ...['calls_sold_total', 'puts_sold_total', 'calls_premium_total', 'puts_premium_total'],
      ...['pc_ratio', 'imbalance', 'dealer_sold_premium_imbalance'],
      ...['atm_calls', 'atm_puts', 'atm_pc_ratio', 'atm_imbalance', 'spy_prev_close'],
    ])
  })

  it('take each row from the cell of its own session, hour and distance', () => {
    const { at } = columnsOf()
    times.forEach((_, row) => {
      for (const k of [-1, 0, 1]) {
        expect(at(`calls_sold_d${k}`)[row]).toBe(100 * (row + 1) + k + 1)
        expect(at(`puts_premium_d${k}`)[row]).toBe(30 * (100 * (row + 1) + k + 1))
      }
      expect(at('spy_prev_close')[row]).toBe(session[row]! - firstSession + 400.4)
    })
  })

  it('compute totals, ratios and imbalances as documented', () => {
    const { at } = columnsOf()
    times.forEach((_, row) => {
      const calls = 3 * 100 * (row + 1) + 3
      const puts = 2 * calls
      expect(at('calls_sold_total')[row]).toBe(calls)
      expect(at('puts_sold_total')[row]).toBe(puts)
      expect(at('pc_ratio')[row]).toBe((puts + 1e-6) / (calls + 1e-6))
      expect(at('imbalance')[row]).toBe(calls - puts)
      const [callPremium, putPremium] = [10 * calls, 30 * calls]
      expect(at('dealer_sold_premium_imbalance')[row]).toBe(
        (putPremium - callPremium) / (putPremium + callPremium + 1e-6),
      )
      const atm = 100 * (row + 1) + 1
      expect(at('atm_pc_ratio')[row]).toBe((2 * atm + 1e-6) / (atm + 1e-6))
      expect(at('atm_imbalance')[row]).toBe(-atm)
    })
  })

  it('keep 0 for a listed contract that did not trade and NaN for a strike that is not listed', () => {
    const flow = tinyFlow(2)
    flow.callsSold.set([0, 0, Number.NaN], 0)
    flow.putsSold.set([Number.NaN, Number.NaN, Number.NaN], 0)
    const { at } = columnsOf(flow)
    expect(at('calls_sold_d-1')[0]).toBe(0)
    expect(at('calls_sold_d1')[0]).toBeNaN()
    expect(at('calls_sold_total')[0]).toBe(0)
    expect(at('puts_sold_total')[0]).toBeNaN()
    expect(at('pc_ratio')[0]).toBeNaN()
    expect(at('pc_ratio')[1]).not.toBeNaN()
  })

  it('have no premium in total where that of one listed contract is unknown', () => {
    const flow = tinyFlow(2)
    flow.callsPremium[1] = Number.NaN
    const { at } = columnsOf(flow)
    expect(at('calls_premium_total')[0]).toBeNaN()
    expect(at('dealer_sold_premium_imbalance')[0]).toBeNaN()
    expect(at('calls_sold_total')[0]).toBe(303)
    expect(at('calls_premium_total')[1]).toBe(10 * 603)
  })

  it('are NaN in an hour without flow and at distances beyond those stored', () => {
    const flow = tinyFlow(2)
    flow.hourEt[3] = 20
    const { at, names } = columnsOf(flow, { ...block, distance_max: 2 })
    expect(at('calls_sold_total')[3]).toBeNaN()
    expect(at('spy_prev_close')[3]).toBeNaN()
    expect(names).toContain('puts_sold_d-2')
    expect([...at('puts_sold_d-2')].every(Number.isNaN)).toBe(true)
  })

  it('leave out the blocks that a model does not ask for', () => {
    const none = { per_distance: false, totals: false, ratios: false, atm: false, distance_max: 1 }
    expect(columnsOf(tinyFlow(2), none).names).toEqual(['spy_prev_close'])
  })
})
