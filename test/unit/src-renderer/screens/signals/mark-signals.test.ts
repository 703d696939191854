import { describe, expect, it } from 'vitest'
import type { SignalRow } from '#renderer/api/types.ts'
import { markSignals } from '#renderer/screens/signals/mark-signals.ts'

const days = ['2024-03-01', '2024-03-04', '2024-03-05']
const flat = days.map(() => 100)
const bars = {
  ...{ cadence: 'daily', ts: days.map((day) => `${day}T14:30:00Z`) },
  ...{ open: flat, high: [100, 100, 105], low: flat, close: flat },
}

function signalOf(id: number, date: string, changes: Partial<SignalRow> = {}): SignalRow {
  return {
    ...{ id, ts: `${date}T21:00:00Z`, date, hour_et: null, model_id: 'm', pack_id: 'p', ticker: 'SPY' },
    ...{ risk_profile: 'balanced', side: 'buy', score_total: 0.6, threshold: 0.55, size: 1, size_r: 1 },
    ...{ entry_ref_px: 100, close: 100, stop_px: 98, target_px: 104, rr: 2, time_stop_minutes: 3900 },
    ...{ time_stop_ts: '2024-03-15T20:00:00Z', status: 'new', simulated: true, artifact: 'x.onnx' },
    ...{ tag: null, fill_px: null, slippage: null, pnl: null },
    ...changes,
  }
}

const signals = [
  signalOf(3, '2024-03-05'),
  signalOf(2, '2024-03-04', { pnl: -0.01, side: 'sell', stop_px: 106, target_px: 96 }),
  signalOf(1, '2024-03-01', { pnl: 0.02 }),
]

const plain = { timeText: (ts: string) => ts }

describe('markSignals', () => {
  it('marks every signal, the shown one in blue and the others by how they went', () => {
    const { points } = markSignals(bars, signals, { ...plain, shown: 3, brackets: 'none' })
    expect(points.map(({ bar, symbol, tone }) => [bar, symbol, tone])).toEqual([
      [2, 'triangle-up', 'accent'],
      [1, 'triangle-down', 'loss'],
      [0, 'triangle-up', 'gain'],
    ])
  })

  it('draws the bracket of the shown one to where it ended', () => {
    const { points, lines, ahead } = markSignals(bars, signals, { ...plain, shown: 1, brackets: 'one' })
    expect(lines.map(({ name, from, to, price }) => [name, from, to, price])).toEqual([
      ['Stop', 0, 2, 98],
      ['Target', 0, 2, 104],
      ['Entry', 0, 2, 100],
    ])
    expect(points.at(-1)).toMatchObject({ bar: 2, price: 104, tone: 'gain', symbol: 'circle-open' })
    expect(ahead).toBe(0)
  })

  it('goes on past the last bar while a bracket is open, for the sessions that are left', () => {
    const { lines, ahead } = markSignals(bars, signals, { ...plain, shown: 3, brackets: 'one' })
    // Ten days with seven sessions in them.
    expect(ahead).toBe(7)
    expect(lines[0]).toMatchObject({ from: 2, to: 9 })
  })

  it('draws all brackets where asked, those of others dotted', () => {
    const { lines } = markSignals(bars, signals, { ...plain, shown: 3, brackets: 'all' })
    expect(lines.filter(({ isDotted, name }) => isDotted && name !== 'Entry')).toHaveLength(4)
  })

  it('leaves out signals that the bars do not reach', () => {
    const late = signalOf(4, '2024-06-03')
    expect(markSignals(bars, [late], { ...plain, shown: 4, brackets: 'one' })).toEqual({
      points: [],
      lines: [],
      ahead: 0,
    })
  })
})
