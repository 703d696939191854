import { expect, it } from 'vitest'
import { readLimits } from '#renderer/screens/admin/read-limits.ts'

const limits = {
  max_concurrent_sweeps: 2,
  max_concurrent_train_jobs: 2,
  max_queue: 100,
  max_rows_per_build: 1_000_000,
}

it('reads what was typed as a change of the limits, thousands apart or not', () => {
  expect(readLimits({}, limits)).toEqual({ changed: {}, problems: {} })
  expect(readLimits({ max_queue: '100', max_rows_per_build: '2,000 000' }, limits)).toEqual({
    changed: { max_rows_per_build: 2_000_000 },
    problems: {},
  })
})

it('refuses what the contract does not allow, with what it does', () => {
  for (const text of ['0', '65', '1.5', 'many', ''])
    expect(readLimits({ max_concurrent_sweeps: text }, limits)).toEqual({
      changed: {},
      problems: { max_concurrent_sweeps: 'a whole number from 1 to 64' },
    })
})
