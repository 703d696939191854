import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lightServices } from '#test/light-services.ts'
import { buildTestServer, type TestServer } from '#test/test-server.ts'
import { openTestWorkspace, type TestWorkspace } from '#test/test-workspace.ts'

const model_id = 'spy_eq_swing_daily'
const ownPath = `packs/swingsigma/policies/${model_id}.yaml`

let workspace: TestWorkspace
let test: TestServer
beforeAll(async () => {
  workspace = await openTestWorkspace()
  test = await buildTestServer(lightServices(workspace))
})
afterAll(async () => {
  await test.server.close()
  await workspace.close()
})

const get = async (url: string) => (await test.server.inject(url)).json()
async function put(url: string, payload: object) {
  const reply = await test.server.inject({ method: 'PUT', url, payload })
  return { status: reply.statusCode, body: reply.json() }
}
const explain = () => get(`/policy/explain?model_id=${model_id}`)

describe('GET /policy/explain', () => {
  it('shows a policy that the model shares, with every default filled in', async () => {
    const body = await explain()
    expect(body).toMatchObject({
      ok: true,
      path: 'packs/swingsigma/policies/default.yaml',
      own: false,
      schema_ok: true,
      schema_errors: [],
      checks: { ok: true, errors: [], warnings: [] },
    })
    expect(body.execution_effective.brackets).toEqual({
      enabled: true,
      mode: 'atr',
      entry_mode: 'next_session_open',
      atr_period: 14,
      atr_mult_stop: 1.5,
      atr_mult_target: 3,
      time_stop_minutes: 7800,
      min_rr: 1,
      regime_adjust: false,
    })
    expect(await get(`/validate_policy?model_id=${model_id}`)).toEqual(body)
  })

  it('names path and line of a file that is not valid, and checks no further', async () => {
    const policy = join(workspace.root, 'packs/longsigma/policies/default.yaml')
    const text = await readFile(policy, 'utf8')
    await writeFile(policy, text.replace('slippage_bps: 1.0', 'slippage_bps: -1.0'))
    workspace.packStore.rescan()
    const body = await get('/policy/explain?model_id=spy_eq_long_daily')
    expect(body).toMatchObject({ ok: false, schema_ok: false, checks: { ok: false } })
    const line = text.split('\n').findIndex((each) => each.includes('slippage_bps')) + 1
    expect(body.schema_errors).toMatchObject([
      { path: 'packs/longsigma/policies/default.yaml', line, column: 3 },
    ])
    await writeFile(policy, text)
    workspace.packStore.rescan()
  })
})

describe('PUT /policy', () => {
  it('gives the model a policy of its own and says what is wrong with it as it stands', async () => {
    const { text } = await explain()
    const edited = text
      .replace('min_rr: 1.0', 'min_rr: 2.5')
      .replace('momentum_gate: false', 'momentum_gate: true')
      .replace('momentum_column: momentum_score_total', 'momentum_column: momentum_score_totl')
    const { status, body } = await put('/policy', { model_id, text: edited, if_text: text })
    expect([status, body.path, body.checks.ok]).toEqual([200, ownPath, false])
    expect(body.checks.errors.join()).toMatch(/did you mean momentum_score_total.*below min_rr 2.5/)
    expect(await readFile(join(workspace.root, ownPath), 'utf8')).toBe(edited)
    expect(await explain()).toMatchObject({ ok: false, own: true, schema_ok: true, path: ownPath })
  })

  it('refuses the second of two edits of one text', async () => {
    const { text } = await explain()
    expect((await put('/policy', { model_id, text: `${text}# a\n`, if_text: text })).status).toBe(200)
    const { status, body } = await put('/policy', { model_id, text: `${text}# b\n`, if_text: text })
    expect([status, body.error.code]).toEqual([409, 'CONFLICT'])
    expect((await explain()).text).toBe(`${text}# a\n`)
  })

  it('refuses a hand edit’s loser and keeps the hand edit', async () => {
    const { text } = await explain()
    const byHand = `${text}# by hand\n`
    await writeFile(join(workspace.root, ownPath), byHand)
    expect((await put('/policy', { model_id, text: 'name: mine\n', if_text: text })).status).toBe(409)
    expect(await readFile(join(workspace.root, ownPath), 'utf8')).toBe(byHand)
  })

  it('refuses what no policy may hold, with the line', async () => {
    const { text } = await explain()
    const { status, body } = await put('/policy', {
      model_id,
      text: text.replace('slippage_bps', 'slipage_bps'),
    })
    expect([status, body.error.code]).toEqual([400, 'INVALID_PARAM'])
    expect(body.error.message).toMatch(/yaml:\d+:3: unknown key slipage_bps \(did you mean slippage_bps\?\)/)
    expect((await explain()).text).toBe(text)
    await rm(join(workspace.root, ownPath))
    workspace.packStore.rescan()
  })
})

describe('the config of a model', () => {
  const path = `packs/swingsigma/model_configs/${model_id}.yaml`
  const read = () => get(`/model_config?model_id=${model_id}`)

  it('is read and written as text, comments and all', async () => {
    const { text, problems } = await read()
    expect(problems).toEqual([])
    const edited = `${text}# a note\n`
    expect((await put('/model_config', { model_id, text: edited, if_text: text })).body).toEqual({
      ok: true,
      path,
      message: 'written',
    })
    expect((await put('/model_config', { model_id, text, if_text: text })).status).toBe(409)
    expect(await read()).toMatchObject({ path, text: edited })
  })

  it('can be mended when a hand edit has broken it', async () => {
    const { text } = await read()
    await writeFile(join(workspace.root, path), `${text}nonsense: 3\n`)
    workspace.packStore.rescan()
    expect((await get(`/policy/explain?model_id=${model_id}`)).ok).toBe(false)
    const broken = await read()
    expect(broken.problems).toMatchObject([{ path, message: 'unknown key nonsense' }])
    expect((await put('/model_config', { model_id, text, if_text: broken.text })).status).toBe(200)
    expect((await read()).problems).toEqual([])
  })

  it('keeps its model', async () => {
    const { text } = await read()
    const renamed = text.replace(`model_id: ${model_id}`, 'model_id: other')
    const { status, body } = await put('/model_config', { model_id, text: renamed })
    expect([status, body.error.message]).toEqual([400, `${path}: model_id other, not of ${model_id}`])
  })
})
