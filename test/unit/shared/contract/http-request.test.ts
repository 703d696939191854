import { describe, expect, it } from 'vitest'
import { requestUrl } from '#shared/contract/http-request.ts'

describe('the URL of an operation', () => {
  it('fills path parameters, escaped', () => {
    expect(requestUrl('/sweeps/:sweep_id/results', { sweep_id: '7' })).toBe('/sweeps/7/results')
    expect(requestUrl('/packs/:pack_id', { pack_id: 'a/b' })).toBe('/packs/a%2Fb')
  })

  it('appends what the query holds and leaves out what is undefined', () => {
    expect(requestUrl('/leaderboard', {}, { pass_gate: true, tag: undefined, limit: 20 })).toBe(
      '/leaderboard?pass_gate=true&limit=20',
    )
  })

  it('refuses a missing path parameter rather than asking for another resource', () => {
    expect(() => requestUrl('/jobs/:id', {})).toThrow('path parameter id is missing in /jobs/:id')
  })
})
