import { describe, expect, it } from 'vitest'
import { judgeGrowth } from './judge-growth.ts'
import { planSweeps } from './plan-sweeps.ts'

const level = { heap: 40, external: 10, rss: 500 }

describe('memory', () => {
  it('is flat where the last tenth is near the second, whatever the first was', () => {
    expect(
      judgeGrowth([{ heap: 20, external: 3, rss: 200 }, level, level, { ...level, heap: 41, rss: 540 }]),
    ).toEqual([])
  })

  it.each([
    ['heap', 45],
    ['external', 15],
    ['rss', 570],
  ] as const)('has grown where %s ends at %i MB', (name, megabytes) => {
    const [reason, ...rest] = judgeGrowth([level, level, level, { ...level, [name]: megabytes }])
    expect(reason).toContain(name)
    expect(rest).toEqual([])
  })

  it('cannot be told by less than three tenths', () => {
    expect(judgeGrowth([level, level])).toEqual(['too short to tell'])
  })
})

it('no two sweeps of a soak are alike, and most need no training', () => {
  const planned = planSweeps(1000)
  expect(new Set(planned.map((each) => JSON.stringify(each))).size).toBe(1000)
  const windows = planned.flatMap(({ window }) => (window ? [JSON.stringify(window)] : []))
  const hours = planned.map(({ body }) => body.sweep.hours_variants?.[0] ?? '')
  expect(new Set(windows).size).toBe(windows.length)
  expect(windows.length).toBe(50)
  expect(new Set(hours).size).toBeGreaterThan(20)
  expect(hours.filter((each, i) => hours.indexOf(each) === i).length + windows.length).toBeLessThan(120)
})
