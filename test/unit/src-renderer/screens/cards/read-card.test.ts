import { describe, expect, it } from 'vitest'
import { readCard } from '#renderer/screens/cards/read-card.ts'

const base = {
  pack_id: 'p',
  model_id: 'm',
  event: 'build',
  created_at: '2024-01-01T00:00:00Z',
  params: {},
  metrics: {},
}

describe('a model card', () => {
  it('is read with its window, sources, gate and notes', () => {
    const card = readCard({
      ...base,
      simulated: true,
      data: {
        ticker: 'SPY',
        cadence: 'hourly',
        window: { start: '2023-07-03', end: '2024-12-31' },
        rows: 12,
        sources: [{ id: 's', simulated: true, content_sha: 'x' }],
      },
      gate: { pass: false, reasons: ['max_dd_exceeded'] },
      slippage_bps: 2,
      risks: ['only 12 rows'],
    } as Parameters<typeof readCard>[0])
    expect(card).toMatchObject({
      simulated: true,
      ticker: 'SPY',
      start: '2023-07-03',
      rows: 12,
      slippageBps: 2,
      gate: { pass: false, reasons: ['max_dd_exceeded'] },
      risks: ['only 12 rows'],
    })
    expect(card.sources).toHaveLength(1)
  })

  it('that says little or was edited by hand is read as far as it goes', () => {
    const odd = { ...base, data: 'none', gate: 'yes', folds: [1, { fold: 0 }], risks: [3, 'late'] }
    expect(readCard(odd)).toMatchObject({ ticker: null, rows: null, gate: null, folds: [], risks: ['late'] })
  })
})
