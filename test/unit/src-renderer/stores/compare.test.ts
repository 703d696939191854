import { beforeEach, describe, expect, it } from 'vitest'
import { MAX_COMPARED, parseRunIds, useCompare } from '#renderer/stores/compare.ts'

describe('runs chosen for comparison', () => {
  beforeEach(() => useCompare.getState().clear())

  it('are read from a link once each, without what is not a number', () => {
    expect(parseRunIds('3,1,3,x, #2')).toEqual(['3', '1', '2'])
    expect(parseRunIds('007,7')).toEqual(['7'])
    expect(parseRunIds(undefined)).toEqual([])
    expect(parseRunIds('1,2,3,4,5,6,7,8,9')).toHaveLength(MAX_COMPARED)
  })

  it('keep their order, go out again, and are at most eight', () => {
    const { toggle } = useCompare.getState()
    for (const id of ['5', '2', '9', '2']) toggle(id)
    expect(useCompare.getState().ids).toEqual(['5', '9'])
    for (let id = 10; id < 30; id++) toggle(String(id))
    expect(useCompare.getState().ids).toHaveLength(MAX_COMPARED)
  })
})
