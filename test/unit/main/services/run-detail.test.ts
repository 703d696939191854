import { describe, expect, it } from 'vitest'
import type { JobRunContext } from '#main/jobs/job-runner.ts'
import {
  detailOf,
  detailSha,
  packDetails,
  readDetail,
  shaInUri,
  sparkOf,
  writePacked,
} from '#main/services/run-detail.ts'
import type { RunPlan } from '#main/services/run-plan.ts'
import { temporaryFolder } from '#test/temp-ledger.ts'
import { evaluateConfigs } from '#workers/jobs/evaluate-configs.ts'
import { packDetails as pack } from '#workers/jobs/pack-details.ts'
import { plainConfig, randomCase } from '../../workers/backtest/random-case.ts'

const options = { seed: 3, sessions: 120, barsPerSession: 7, horizonBars: 2, slippageBps: 1 } as const
const configs = [{ ...plainConfig, values: [0.5, 0.6], reportEach: true }]
const resultOf = (fill: 'next_open' | 'return_column') =>
  evaluateConfigs(randomCase({ ...options, fill, configs }), { report: () => {}, cancelled: () => false })[0]!

const job = {
  run: async (_spec: unknown, input: unknown) =>
    pack(input as { details: unknown[] }, { report: () => {}, cancelled: () => false }),
} as unknown as Pick<JobRunContext, 'run'>
const nothingMet = { spread: null, open_interest: null, volume: null, fill_rate: null, adv: null }

const plan = { model_id: 'm', matrix_sha: 'a'.repeat(64), trading: { slippageBps: 1 } } as RunPlan
const detailBy = (fill: 'next_open' | 'return_column') => {
  const result = resultOf(fill)
  const point = { hours: [13, 14], kind: 'thr' as const, values: [0.5, 0.6] }
  return detailOf(plan, { point, configKey: 'key', result, parity: null, scores: null, capacity: nothingMet })
}

describe('the detail of a run', () => {
  it.each(['next_open', 'return_column'] as const)(
    'reads back as it was written, with fills by %s',
    async (fill) => {
      const root = temporaryFolder()
      const result = resultOf(fill)
      const detail = detailBy(fill)
      const [uri] = await writePacked(root, await packDetails([detail], job))
      const back = await readDetail(root, uri!)
      expect(detailSha(back)).toBe(detailSha(detail))
      expect(back.plan).toEqual(plan)
      expect(Float64Array.from(back.equity)).toEqual(result.equity)
      expect(Float64Array.from(back.dailyReturn)).toEqual(result.dailyReturn)
      expect(back.trades.ret).toEqual([...result.trades.ret])
      expect(back.trades.exitTs.every(Number.isFinite)).toBe(true)
      expect(back.trades.entry.every((price) => (fill === 'next_open' ? price! > 0 : price === null))).toBe(
        true,
      )
      expect(back.thresholdResults.map(({ thr }) => thr)).toEqual([0.5, 0.6])
    },
  )

  it('has one name for one content', async () => {
    const root = temporaryFolder()
    const detail = detailBy('next_open')
    const details = [detail, { ...detail }, { ...detail, notes: ['other'] }]
    const [uri, same, other] = await writePacked(root, await packDetails(details, job))
    expect(same).toBe(uri)
    expect(other).not.toBe(uri)
    expect(shaInUri(uri!)).toBe(detailSha(detail))
    expect(await writePacked(root, await packDetails([detail], job))).toEqual([uri])
  })

  it('draws 40 points of an equity series at the most, first and last included', () => {
    const equity = Float64Array.from({ length: 1000 }, (_, i) => 1 + i / 1000)
    const spark = sparkOf(equity)
    expect(spark).toHaveLength(40)
    expect([spark[0], spark.at(-1)]).toEqual([1, 1.999])
    expect(sparkOf(Float64Array.of(1, 2))).toEqual([1, 2])
    expect(sparkOf(Float64Array.of(1.5))).toEqual([1.5])
    expect(sparkOf(new Float64Array(0))).toEqual([])
  })
})
