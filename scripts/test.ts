// `npm test`: check, build, vitest, Playwright. The last line is the sum of what both test runners counted.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runStep } from './run-step.ts'

interface Count {
  passed: number
  failed: number
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number }
  errors: unknown[]
}

const reports = join(import.meta.dirname, '..', '.cache', 'reports')
const vitestReport = join(reports, 'vitest.json')
const playwrightReport = join(reports, 'playwright.json')
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

const counts = [
  asFailure(await runStep('check', 'node', ['scripts/check.ts'])),
  asFailure(await runStep('build', 'electron-vite', ['build', '--logLevel', 'warn'])),
  await runVitest(),
  await runPlaywright(),
]
const passed = counts.reduce((sum, each) => sum + each.passed, 0)
const failed = counts.reduce((sum, each) => sum + each.failed, 0)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
console.log(`${passed} passed, ${failed} failed`)

/** Steps that count nothing themselves count as one failure each. */
function asFailure({ ok }: { ok: boolean }): Count {
  return { passed: 0, failed: ok ? 0 : 1 }
}

async function runVitest(): Promise<Count> {
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]
  const { ok } = await runStep('vitest', 'vitest', args)
  return readCount<VitestReport>(vitestReport, ok, ({ numPassedTests, numFailedTests, testResults }) => ({
    passed: numPassedTests,
    // A file that does not even load has no tests to count.
    failed:
      numFailedTests +
      testResults.filter((each) => each.status === 'failed' && each.assertionResults.length === 0).length,
  }))
}

async function runPlaywright(): Promise<Count> {
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport }
  const { ok } = await runStep('playwright', 'playwright', ['test', '--reporter=list,json'], { env })
  return readCount<PlaywrightReport>(playwrightReport, ok, ({ stats, errors }) => ({
    passed: stats.expected,
    // A test that passes only at the second try has failed.
    failed: stats.unexpected + stats.flaky + errors.length,
  }))
}

/** What a runner reports; one that failed without saying so, or left no report, counts as one failure. */
function readCount<Report>(path: string, ok: boolean, countOf: (report: Report) => Count): Count {
  try {
    const count = countOf(JSON.parse(readFileSync(path, 'utf8')) as Report)
    return ok || count.failed > 0 ? count : { ...count, failed: 1 }
  } catch (error) {
    console.error(`no report in ${path}: ${String(error)}`)
    return { passed: 0, failed: 1 }
  }
}
