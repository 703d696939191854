import { describe, expect, it } from 'vitest'
import type { OptionPayoff } from '#renderer/api/types.ts'
import type { ChartColors } from '#renderer/charts/chart-colors.ts'
import { payoffPlot } from '#renderer/charts/payoff-plot.ts'

/** A call at 100 for 4, stop 96 and target 110. */
const payoff = {
  row: {
    ...{ ticker: 'SPY', occ_symbol: 'O:SPY240614C00100000', type: 'call', legs: [{ strike: 100 }] },
    ...{ underlying_px: 99, break_even: 104, underlying_stop_px: 96, underlying_target_px: 110 },
    ...{ max_loss: 4, max_profit: null, profit_probability: 0.3 },
  },
  curve: {
    price: [80, 96, 99, 100, 104, 110, 130],
    at_expiry: [-4, -4, -4, -4, 0, 6, 26],
    at_snapshot: [-3.9, -2, -0.1, 0.5, 2, 7, 26.2],
    probability_below: [0.001, 0.3, 0.5, 0.55, 0.7, 0.9, 0.999],
  },
} as unknown as OptionPayoff

const plot = payoffPlot(payoff, {} as ChartColors)
const texts = (plot.layout?.annotations ?? []).map(({ text }) => text)

describe('the plot of a payoff', () => {
  it('is in dollars of a contract, with its data as a table', () => {
    expect(plot.table?.rows.at(-1)).toEqual(['130.00', 2600, 2620, 0.999])
    expect(plot.data.map(({ name }) => name).filter(Boolean)).toEqual(['When chosen', 'At expiry'])
  })

  it('names spot, break-even, stop and target, and what may be gained and lost with which chance', () => {
    expect(texts).toEqual([
      'stop 96.00',
      'spot 99.00',
      'break-even 104.00',
      'target 110.00',
      '30.0% to gain, without limit',
      '70.0% to lose, at most $400',
    ])
  })

  it('shows two deviations and every mark at first, and the far ends on demand', () => {
    const [low, high] = plot.layout!.xaxis!.range as [number, number]
    expect([low, high]).toEqual([96 - 0.42, 110 + 0.42])
  })

  it('lets no name of a mark stand over another', () => {
    const shifts = (plot.layout?.annotations ?? []).slice(0, 4).map(({ yshift }) => yshift)
    // Of a plot 440 wide: the stop's name from 13 to 77, the spot's from 69 to 133, the others from 195 on.
    expect(shifts).toEqual([0, 15, 0, 0])
  })
})
