import { expect, it } from 'vitest'
import { createIndicatorService } from '#main/services/indicators.ts'
import {
  addEntry,
  draftOf,
  type EntryState,
  findIndicators,
  type Indicator,
  isSameDraft,
  moveEntry,
  removeEntry,
  setParam,
} from '#renderer/screens/models/set-draft.ts'

const draft = draftOf(['rsi__period=14', 'atr', 'obv'], null)
const [first, second] = draft.entries
const specs = ({ entries }: typeof draft) => entries.map(({ spec }) => spec)

it('adds, removes and moves entries, and an end stays an end', () => {
  expect(specs(addEntry(draft, 'macd'))).toEqual(['rsi__period=14', 'atr', 'obv', 'macd'])
  expect(specs(removeEntry(draft, second!.id))).toEqual(['rsi__period=14', 'obv'])
  expect(specs(moveEntry(draft, second!.id, -1))).toEqual(['atr', 'rsi__period=14', 'obv'])
  expect(moveEntry(draft, first!.id, -1)).toBe(draft)
})

it('sets a parameter and keeps the others; null gives it back to its default', () => {
  const state = { name: 'rsi', params: { column: 'close', period: 14 } } as unknown as EntryState
  const changed = setParam(draft, first!.id, state, { period: 21 })
  expect(specs(changed)[0]).toEqual({ name: 'rsi', params: { column: 'close', period: 21 } })
  expect(specs(setParam(draft, first!.id, state, { column: null }))[0]).toEqual({
    name: 'rsi',
    params: { period: 14 },
  })
  expect(isSameDraft(draft, changed)).toBe(false)
  expect(isSameDraft(draft, draftOf(['rsi__period=14', 'atr', 'obv'], ''))).toBe(true)
})

it('finds indicators by name before words, by alias, and within a category', async () => {
  const all = (await createIndicatorService().list({ group: false })).indicators as readonly Indicator[]
  expect(findIndicators(all, 'rsi', '')[0]?.name).toBe('rsi')
  expect(findIndicators(all, 'band volatility', '').every(({ category }) => category === 'volatility')).toBe(
    true,
  )
  const [aliased] = all.filter(({ aliases }) => aliases.length > 0)
  expect(findIndicators(all, aliased!.aliases[0]!, '')).toContain(aliased)
  const { category } = all[0]!
  expect(findIndicators(all, '', category)).toHaveLength(
    all.filter((each) => each.category === category).length,
  )
  expect(findIndicators(all, 'no such thing', '')).toEqual([])
})
