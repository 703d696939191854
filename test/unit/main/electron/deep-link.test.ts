import { describe, expect, test } from 'vitest'
import { hashOfLink, linkAmong } from '#main/electron/deep-link.ts'
import { parseHash } from '#renderer/stores/hash-state.ts'

describe('a link of the program', () => {
  test.each([
    ['sigma-lab://leaderboard?model_id=spx_eq_swing_daily', '#/leaderboard?model_id=spx_eq_swing_daily'],
    // Windows adds the slash that ends a host.
    ['sigma-lab://leaderboard/?model_id=m', '#/leaderboard?model_id=m'],
    ['sigma-lab:///run?id=12', '#/run?id=12'],
    ['sigma-lab:run?id=12', '#/run?id=12'],
    ['SIGMA-LAB://run?id=12', '#/run?id=12'],
    ['sigma-lab://', '#/home'],
    ['sigma-lab://leaderboard?profile=balanced&model_id=m', '#/leaderboard?model_id=m&profile=balanced'],
    ['sigma-lab://leaderboard?model_id=&tag=a%20b', '#/leaderboard?tag=a+b'],
    ['sigma-lab://leaderboard?tag=%23%2Frun%3Fid%3D1', '#/leaderboard?tag=%23%2Frun%3Fid%3D1'],
  ])('%s opens %s', (link, hash) => {
    expect(hashOfLink(link)).toBe(hash)
  })

  test.each([
    '',
    'leaderboard',
    'https://leaderboard?model_id=m',
    'javascript:alert(1)',
    'sigma-labs://leaderboard',
    'sigma-lab://user:secret@leaderboard',
    'sigma-lab://leaderboard:8001',
    'sigma-lab://leader.board',
    'sigma-lab://../etc/passwd',
    'sigma-lab://run/../../admin',
    'sigma-lab://leaderboard?a-b=1',
    'sigma-lab://leaderboard?__proto__=1',
    'sigma-lab://leaderboard?tag=a%0Ab',
    'sigma-lab://leaderboard?tag=a%00b',
    `sigma-lab://leaderboard?tag=${'x'.repeat(2000)}`,
  ])('%j is none', (link) => {
    expect(hashOfLink(link)).toBeUndefined()
  })

  test('is read by the page as it was meant', () => {
    const hash = hashOfLink('sigma-lab://leaderboard?tag=50%25%20%26%20more&model_id=m') ?? ''
    expect(parseHash(hash)).toEqual({ screen: 'leaderboard', params: { tag: '50% & more', model_id: 'm' } })
  })

  test('is found among the arguments of a start', () => {
    expect(linkAmong(['electron', '.', '--no-sandbox', 'sigma-lab://run?id=1'])).toBe('sigma-lab://run?id=1')
    expect(linkAmong(['electron', '.'])).toBeUndefined()
  })
})
