import { describe, expect, it } from 'vitest'
import { judgeGrowth } from './judge-growth.ts'
import { planSweeps } from './plan-sweeps.ts'

const level = { heapMb: 40, externalMb: 10, threadsMb: 60, residentMb: 500 }

describe('memory', () => {
  it('is flat where the last tenth is near the second, whatever the first was', () => {
    expect(
      judgeGrowth([
        { heapMb: 20, externalMb: 3, threadsMb: 20, residentMb: 200 },
        level,
        level,
        { ...level, heapMb: 41, residentMb: 540 },
      ]),
    ).toEqual([])
  })

  it.each([
    ['heapMb', 45],
    ['externalMb', 15],
    ['threadsMb', 81],
    ['residentMb', 570],
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
