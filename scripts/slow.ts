// `npm run slow`: the tests that take minutes and print what they measured.
import { startVitest } from 'vitest/node'

const vitest = await startVitest('test', [], {
  run: true,
  include: ['test/slow/**/*.test.ts'],
  reporters: ['verbose'],
})
await vitest.close()
