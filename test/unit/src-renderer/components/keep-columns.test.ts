import { describe, expect, it } from 'vitest'
import { keepColumns } from '#renderer/components/keep-columns.ts'

const columns = [
  { title: 'Job' },
  { title: 'Tag', spare: 2 },
  { title: 'State' },
  { title: 'Queued', spare: 1 },
]
const titles = (without: number) => keepColumns(columns, without).map(({ title }) => title)

describe('the columns of a narrow table', () => {
  it('are all there while none has to go', () => {
    expect(titles(-1)).toEqual(['Job', 'Tag', 'State', 'Queued'])
    expect(titles(0)).toEqual(['Job', 'Tag', 'State', 'Queued'])
  })
  it('go by their number, not by their place', () => {
    expect(titles(1)).toEqual(['Job', 'Tag', 'State'])
  })
  it('never lose one that is not spare', () => {
    expect(titles(2)).toEqual(['Job', 'State'])
    expect(titles(9)).toEqual(['Job', 'State'])
  })
})
