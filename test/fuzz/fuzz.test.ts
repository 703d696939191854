import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copySampleWorkspace } from '#test/sample-host.ts'
import { closeChild, type ServedChild, serveChild } from '#test/serve-child.ts'
import { describeReport } from './print-report.ts'
import { checkIntegrity, type FuzzReport, runFuzz, successesOf } from './run-fuzz.ts'

const requests = 20_000
const seed = 20_240_102

let workspace: string
let served: ServedChild
let report: FuzzReport

beforeAll(async () => {
  workspace = await copySampleWorkspace()
  served = await serveChild(workspace, [], { isMeasured: true })
  report = await runFuzz({ served, workspace, requests, seed, print: () => {} })
  process.stdout.write(`${describeReport(report).join('\n')}\nseed ${seed}\n`)
}, 600_000)

afterAll(async () => {
  await closeChild(served)
  await rm(workspace, { recursive: true })
})

it('answers whatever it is sent within 10 s, never with 500, and in the documented shape', () => {
  expect(report.requests).toBeGreaterThanOrEqual(requests)
  expect(report.faults).toEqual([])
})

it('gets every operation to succeed often enough for that to mean something', () => {
  const seldom = successesOf(report).filter(([, successes]) => successes < 5)
  expect(seldom).toEqual([])
})

it('closes cleanly afterwards, and its ledger is whole', async () => {
  expect(await closeChild(served)).toBe(0)
  expect(checkIntegrity(join(workspace, 'ledger.db'))).toBe('ok')
})
