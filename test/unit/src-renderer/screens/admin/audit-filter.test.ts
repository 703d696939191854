import { expect, it } from 'vitest'
import { auditQuery } from '#renderer/screens/admin/audit-filter.ts'

const now = new Date('2024-03-08T23:30:00Z')
const queryOf = (params: Record<string, string>) => auditQuery(params, now).query

it('asks for seven days, today included, where the link says nothing', () => {
  expect(auditQuery({}, now)).toEqual({ period: 'week', query: { start: '2024-03-02' } })
  expect(queryOf({ period: 'day' })).toEqual({ start: '2024-03-08' })
  expect(queryOf({ period: 'all' })).toEqual({})
})

it('takes every field of the link', () => {
  const params = { user: '2', method: 'PATCH', path: '/admin/*', pack: 'zerosigma', model: 'spy_x' }
  expect(queryOf({ period: 'dates', start: '2024-01-02', end: '2024-01-31', ...params })).toEqual({
    ...{ start: '2024-01-02', end: '2024-01-31', user_id: 2, method: 'PATCH', path: '/admin/*' },
    ...{ pack_id: 'zerosigma', model_id: 'spy_x' },
  })
})

it('leaves out what the host would refuse, as it is while somebody types', () => {
  const half = {
    period: 'dates',
    start: '2024-1',
    user: 'x',
    method: 'GET',
    path: 'models',
    pack: 'A B',
    model: '-',
  }
  expect(queryOf(half)).toEqual({})
})
