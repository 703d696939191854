import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type AdminServer, startAdminServer } from '#test/admin-server.ts'

let admin: AdminServer
beforeEach(async () => {
  admin = await startAdminServer()
})
afterEach(() => admin.close())

const fresh = { template_id: 'mine', name: 'Mine', pack: 'zerosigma', horizon: '0dte', cadence: 'hourly' }
const fileOf = (id: string) => join(admin.workspace.root, 'packs/zerosigma/model_templates', `${id}.yaml`)
const rowsOf = async (id: string) =>
  (await admin.ask('GET /admin/templates?pack=zerosigma')).body.templates.filter(
    (each: { template_id: string }) => each.template_id === id,
  )

it('drafts a template, changes it and publishes it as version 1, from which a model can be made', async () => {
  const { body } = await admin.ask('POST /admin/templates', { template: fresh })
  expect(body).toMatchObject({
    template_id: 'mine',
    template: { status: 'draft', asset_type: 'opt', problems: [] },
  })
  expect(body.template.config).toMatchObject({ indicator_set: 'zerosigma_default' })
  expect((await admin.ask('GET /packs/zerosigma/templates')).body.templates).toHaveLength(3)
  await admin.ask('PATCH /admin/templates/mine', {
    template: { name: 'Renamed', config: { hyperparams: { max_depth: 3 }, time: null } },
  })
  const published = await admin.ask('POST /admin/templates/mine/publish', {})
  expect(published.body).toEqual({
    ok: true,
    template_id: 'mine',
    version: 1,
    path: 'packs/zerosigma/model_templates/mine.yaml',
  })
  const [row, ...others] = await rowsOf('mine')
  expect(others).toEqual([])
  expect(row).toMatchObject({ status: 'published', name: 'Renamed', template_version: 1 })
  expect(row.config).toMatchObject({ hyperparams: { n_estimators: 300, max_depth: 3 } })
  expect(row.config).not.toHaveProperty('time')
  expect((await admin.ask('POST /admin/templates/mine/publish', {})).status).toBe(409)
  expect((await admin.ask('POST /admin/templates', { template: fresh })).status).toBe(409)
})

it('leaves a published template alone until its draft is published, and keeps the comments of its file', async () => {
  const id = '0dte_hourly_options'
  const before = await readFile(fileOf(id), 'utf8')
  await admin.ask(`PATCH /admin/templates/${id}`, { template: { config: { hyperparams: { max_depth: 9 } } } })
  expect(await readFile(fileOf(id), 'utf8')).toBe(before)
  expect((await rowsOf(id)).map(({ status }: { status: string }) => status)).toEqual(['published', 'draft'])
  expect((await admin.ask(`POST /admin/templates/${id}/publish`)).body.version).toBe(2)
  expect(await readFile(fileOf(id), 'utf8')).toBe(
    before.replace('max_depth: 6', 'max_depth: 9').replace('template_version: 1', 'template_version: 2'),
  )
})

it('does not overwrite a file that was edited since, unless told to', async () => {
  const id = '0dte_hourly_options'
  await admin.ask(`PATCH /admin/templates/${id}`, { template: { name: 'From the page' } })
  await writeFile(fileOf(id), (await readFile(fileOf(id), 'utf8')).replace('max_depth: 6', 'max_depth: 4'))
  admin.workspace.packStore.rescan()
  const refused = await admin.ask(`POST /admin/templates/${id}/publish`)
  expect([refused.status, refused.body.error.code]).toEqual([409, 'CONFLICT'])
  expect(await readFile(fileOf(id), 'utf8')).toContain('max_depth: 4')
  expect((await admin.ask(`POST /admin/templates/${id}/publish?overwrite=true`)).body.version).toBe(2)
  expect(await readFile(fileOf(id), 'utf8')).toContain('name: From the page')
})

it('refuses drafts that could not be published, names that are taken and templates that are not there', async () => {
  const ask = async (how: string, template: object) => {
    const { status, body } = await admin.ask(how, { template })
    return [status, body.error?.code]
  }
  const bad = [400, 'INVALID_PARAM']
  expect(await ask('POST /admin/templates', { ...fresh, config: { colour: 'red' } })).toEqual(bad)
  expect(await ask('POST /admin/templates', { ...fresh, config: { indicator_set: 'nope' } })).toEqual(bad)
  expect(
    await ask('POST /admin/templates', { ...fresh, config: JSON.parse('{"__proto__": {"a": 1}}') }),
  ).toEqual(bad)
  expect(await ask('POST /admin/templates', { ...fresh, template_id: '../x' })).toEqual(bad)
  expect(await ask('POST /admin/templates', { ...fresh, pack: 'nope' })).toEqual([404, 'NOT_FOUND'])
  expect(await ask('POST /admin/templates', { ...fresh, template_id: 'swing_daily_index' })).toEqual([
    409,
    'CONFLICT',
  ])
  expect(await ask('PATCH /admin/templates/nope', { name: 'x' })).toEqual([404, 'NOT_FOUND'])
  expect((await admin.ask('POST /admin/templates/nope/publish')).status).toBe(404)
  expect(await ask('POST /admin/templates', fresh)).toEqual([200, undefined])
  expect(await ask('PATCH /admin/templates/mine', { pack: 'swingsigma' })).toEqual(bad)
  expect(
    await ask('PATCH /admin/templates/mine', { config: { hyperparams: { max_depth: 'deep' } } }),
  ).toEqual(bad)
  expect((await rowsOf('mine')).length).toBe(1)
})

it('lists packs and indicator sets with what they hold', async () => {
  await admin.ask('POST /admin/templates', { template: fresh })
  const { packs } = (await admin.ask('GET /admin/packs')).body
  expect(packs.find(({ id }: { id: string }) => id === 'zerosigma')).toMatchObject({
    templates: 3,
    drafts: 1,
  })
  const all = (await admin.ask('GET /admin/indicator_sets')).body.indicator_sets
  const own = (await admin.ask('GET /admin/indicator_sets?pack=zerosigma')).body.indicator_sets
  expect(own.length).toBeGreaterThan(3)
  expect(all.length).toBeGreaterThan(own.length)
  expect((await admin.ask('GET /admin/indicator_sets?pack=nope')).status).toBe(404)
})

it('takes a draft as a text, refuses one that was changed meanwhile, and says what is wrong where', async () => {
  const { template } = (await admin.ask('POST /admin/templates', { template: fresh })).body
  const text = template.text.replace('name: Mine', 'name: Mine   # as a text')
  const check = (payload: object) =>
    admin.ask('POST /admin/templates/mine/check', { pack: 'zerosigma', ...payload })
  const checked = (await check({ text, changes: { config: { model: 'rf' } } })).body
  expect(checked).toMatchObject({ problems: [], config: { name: 'Mine', config: { model: 'rf' } } })
  expect(checked.text).toContain('# as a text')
  expect((await check({ text: 'name: [' })).body).toMatchObject({
    config: null,
    problems: [{ line: 1, column: expect.any(Number) }],
  })
  const saved = await admin.ask('PATCH /admin/templates/mine', {
    template: {},
    text: checked.text,
    if_text: template.text,
  })
  expect(saved.body.template).toMatchObject({ name: 'Mine', text: checked.text })
  const late = { template: {}, text, if_text: template.text }
  expect((await admin.ask('PATCH /admin/templates/mine', late)).status).toBe(409)
  const other = { template: {}, text: text.replace('template_id: mine', 'template_id: yours') }
  expect((await admin.ask('PATCH /admin/templates/mine', other)).status).toBe(400)
})

it('throws a draft away without a trace in its pack', async () => {
  const id = '0dte_hourly_options'
  await admin.ask(`PATCH /admin/templates/${id}`, { template: { name: 'From the page' } })
  expect((await admin.ask(`DELETE /admin/templates/${id}`)).body.template).toMatchObject({ status: 'draft' })
  expect((await rowsOf(id)).map(({ name }: { name: string }) => name)).not.toContain('From the page')
  expect((await admin.ask(`DELETE /admin/templates/${id}`)).status).toBe(404)
})
