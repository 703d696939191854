import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AdminServer, startAdminServer } from '#test/admin-server.ts'

let admin: AdminServer
beforeAll(async () => {
  admin = await startAdminServer()
})
afterAll(() => admin.close())

async function refusal(operation: string, body: object) {
  const reply = await admin.ask(operation, body)
  expect([reply.status, reply.body.error?.code]).toEqual([400, 'INVALID_PARAM'])
  return reply.body.error.message as string
}

const onHourly =
  /label fwd_ret .*cannot be had on hourly bars: .*on bars of daily; labels of hourly bars are next_bar_updown/

describe('a label that the bars of a model cannot have', () => {
  it('POST /models is refused before a file is written', async () => {
    const body = {
      ticker: 'SPY',
      asset_type: 'eq',
      horizon: 'swing',
      cadence: 'hourly',
      pack_id: 'swingsigma',
    }
    expect(await refusal('POST /models', body)).toMatch(onHourly)
    const { models } = (await admin.ask('GET /models?pack_id=swingsigma')).body
    expect(models.map(({ id }: { id: string }) => id)).not.toContain('spy_eq_swing_hourly')
    expect((await admin.ask('POST /models', { ...body, cadence: 'daily', variant: 'new' })).status).toBe(200)
  })

  it('PUT /model_config and PATCH /models/:model_id leave the file as it was, and name its line', async () => {
    const model_id = 'spy_eq_swing_daily'
    const path = join(admin.workspace.root, 'packs/swingsigma/model_configs', `${model_id}.yaml`)
    const before = await readFile(path, 'utf8')
    const text = before.replace('cadence: daily', 'cadence: hourly')
    expect(text).not.toBe(before)
    const line = before.split('\n').findIndex((each) => each.startsWith('label:')) + 1
    const message = await refusal('PUT /model_config', { model_id, text })
    expect(message).toMatch(onHourly)
    expect(message).toContain(`${model_id}.yaml:${line}`)
    const label = { type: 'pin_drift' }
    expect(await refusal(`PATCH /models/${model_id}`, { config: { label } })).toMatch(
      /pin_drift .*on bars of 5m, 15m, hourly; labels of daily bars are/,
    )
    expect(await readFile(path, 'utf8')).toBe(before)
  })

  it('POST /admin/templates keeps no draft of it', async () => {
    const template = {
      ...{ template_id: 'mine', name: 'Mine', pack: 'swingsigma', horizon: 'swing', cadence: '15m' },
      config: { label: { type: 'next_bar_updown', horizon: 26 } },
    }
    expect(await refusal('POST /admin/templates', { template })).toMatch(
      /next_bar_updown .*cannot be had on 15m bars: it can be had on bars of 5m, daily/,
    )
    const fitting = { ...template, config: { label: { type: 'next_bar_updown', horizon: 25 } } }
    expect((await admin.ask('POST /admin/templates', { template: fitting })).status).toBe(200)
  })
})
