import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{unit,api,jobs,fuzz,docs,soak}/**/*.test.{ts,tsx}'],
    globalSetup: './test/support/remove-sample.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Two cores, and real worker pools inside of some tests.
    maxWorkers: 2,
  },
})
