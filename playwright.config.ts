import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const installed = '/usr/bin/chromium'
// Where neither is there, unpack-browser.ts has set CHROMIUM_PATH by the time a test starts.
const executablePath = process.env['CHROMIUM_PATH'] ?? (existsSync(installed) ? installed : '')

export default defineConfig({
  testDir: 'test',
  testMatch: ['ui/**/*.spec.ts', 'e2e/**/*.spec.ts'],
  outputDir: '.cache/playwright',
  globalSetup: './test/support/unpack-browser.ts',
  timeout: 60_000,
  retries: 0,
  workers: 1,
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    launchOptions: {
      executablePath,
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
    trace: 'retain-on-failure',
  },
})
