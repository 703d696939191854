import { describe, expect, it } from 'vitest'
import { areTestsApart, foldSpans, pricePath } from '#renderer/charts/fold-spans.ts'
import type { FoldReport } from '#shared/contract/metrics.ts'

const fold = (
  train: [string, string] | null,
  test: [string, string] | null,
  purged_rows = 0,
): FoldReport => ({
  fold: 0,
  train_start: train?.[0] ?? null,
  train_end: train?.[1] ?? null,
  test_start: test?.[0] ?? null,
  test_end: test?.[1] ?? null,
  train_rows: 1,
  test_rows: 1,
  purged_rows,
  embargoed_rows: 0,
  skipped: null,
  threshold: null,
  metrics: {},
})
const bands = (folds: FoldReport[]) =>
  foldSpans(folds)?.lanes.map(({ spans }) => spans.map(({ band, left, width }) => [band, left, width]))

describe('the fold map', () => {
  it('puts training, the cut and the test one after the other', () => {
    expect(bands([fold(['2024-01-01', '2024-01-05'], ['2024-01-07', '2024-01-11'], 2)])).toEqual([
      [
        ['train', 0, 0.4],
        ['test', 0.6, 0.4],
        ['cut', 0.4, expect.closeTo(0.2, 9)],
      ],
    ])
  })

  it('shows no cut where a weekend alone lies between', () => {
    const [spans] = bands([fold(['2024-01-01', '2024-01-05'], ['2024-01-08', '2024-01-11'])]) ?? []
    expect(spans?.map(([band]) => band)).toEqual(['train', 'test'])
  })

  it('shows training on both sides of a test in the middle, and marks both borders where rows were cut', () => {
    expect(bands([fold(['2024-01-01', '2024-01-11'], ['2024-01-05', '2024-01-07'], 3)])).toEqual([
      [
        ['train', 0, 0.4],
        ['test', 0.4, expect.closeTo(0.2, 9)],
        ['train', 0.6, 0.4],
        ['cut', 0.4, 0],
        ['cut', 0.6, 0],
      ],
    ])
  })

  it('leaves out folds that were not used, and is nothing without any', () => {
    expect(foldSpans([fold(null, null)])).toBeUndefined()
    const used = fold(['2024-01-01', '2024-01-05'], ['2024-01-07', '2024-01-11'])
    expect(foldSpans([fold(null, null), used])?.lanes).toHaveLength(1)
  })

  it('tells combinatorial folds, whose tests lie around those of others, from all others', () => {
    const tested = (...tests: [string, string][]) => areTestsApart(tests.map((test) => fold(null, test)))
    expect(tested(['2024-01-07', '2024-01-11'], ['2024-01-01', '2024-01-05'])).toBe(true)
    expect(tested(['2024-01-01', '2024-01-11'], ['2024-01-01', '2024-01-05'])).toBe(false)
    expect(tested(['2024-01-01', '2024-01-11'], ['2024-01-03', '2024-01-20'])).toBe(false)
    expect(areTestsApart([fold(null, null)])).toBe(true)
  })

  it('draws the price of that time alone, highest at the top', () => {
    const axis = { start: Date.parse('2024-01-01'), end: Date.parse('2024-01-03') }
    const path = pricePath(axis, ['2023-12-31', '2024-01-01', '2024-01-02', '2024-01-03'], [9, 1, null, 2])
    expect(path).toBe('M0.0 96.0L1000.0 4.0')
    expect(pricePath(axis, ['2024-01-01'], [1])).toBe('')
  })
})
