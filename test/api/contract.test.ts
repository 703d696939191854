import { Errors } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeApi } from '#main/server/openapi.ts'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { contract } from '#shared/contract/index.ts'
import { buildTestServer, type TestServer } from '#test/test-server.ts'

let test: TestServer
beforeAll(async () => {
  test = await buildTestServer()
})
afterAll(() => test.server.close())

const operations = Object.entries<Endpoint>(contract)

interface Document {
  openapi: string
  paths: Record<
    string,
    Record<string, { operationId: string; summary: string; tags: string[]; responses: object }>
  >
}

describe('the contract', () => {
  it.each(operations)('%s has a route', (_, { method, path }) => {
    expect(test.server.hasRoute({ method, url: path })).toBe(true)
  })

  it('has one operation for each method and path', () => {
    const places = operations.map(([, { method, path }]) => `${method} ${path}`)
    expect(new Set(places).size).toBe(places.length)
  })

  it('accepts no field it does not know in a body or a query', () => {
    const open = operations.filter(([, { body, query }]) =>
      [body, query].some((schema) => schema !== undefined && !('additionalProperties' in schema)),
    )
    expect(open.map(([id]) => id)).toEqual([])
  })
})

describe('an operation of the contract', () => {
  it.each(operations)('%s is described, with an example that its schemas accept', (_, endpoint) => {
    const { description, example = {} } = endpoint
    expect(description).toMatch(/[.:]$/)
    for (const part of ['params', 'query', 'body'] as const) {
      const schema = endpoint[part]
      if (schema === undefined) continue
      expect(endpoint.example, `an example with ${part}`).toBeDefined()
      expect([...Errors(schema, example[part] ?? {})]).toEqual([])
    }
  })
})

describe('GET /openapi.json', () => {
  it('lists every operation by its id, with paths in the OpenAPI spelling', async () => {
    const document = (await test.server.inject('/openapi.json')).json<Document>()
    expect(document.openapi).toBe('3.1.0')
    const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`,
      ),
    )
    const expected = operations.map(
      ([id, { method, path }]) => `${id} ${method} ${path.replace(/:(\w+)/g, '{$1}')}`,
    )
    expect(listed.toSorted()).toEqual(expected.toSorted())
    expect(JSON.stringify(document.paths)).not.toMatch(/"\/[^"]*:\w/)
  })

  it('refers only to shapes that it holds', () => {
    const text = JSON.stringify(describeApi('0'))
    const held = (describeApi('0') as { components: { schemas: object } }).components.schemas
    const wanted = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name)
    expect(wanted.length).toBeGreaterThan(30)
    expect([...new Set(wanted)].filter((name) => !Object.hasOwn(held, String(name)))).toEqual([])
  })

  it('is the document that was last agreed', async () => {
    const text = `${JSON.stringify(describeApi('0.0.0'), null, 2)}\n`
    await expect(text).toMatchFileSnapshot('../golden/openapi.json')
  })
})

describe('GET /client.ts', () => {
  it('is one file that imports nothing and knows every operation', async () => {
    const { body } = await test.server.inject('/client.ts')
    expect(body).not.toMatch(/^import|require\(|: any\b|as any\b/m)
    for (const [id, { method, path }] of operations)
      expect(body).toContain(`${id}: ['${method}', '${path}'],`)
  })
})

describe('GET /docs', () => {
  it('shows every operation on one page that loads nothing from elsewhere', async () => {
    const reply = await test.server.inject('/docs')
    expect(reply.headers['content-type']).toContain('text/html')
    for (const [id] of operations) expect(reply.body).toContain(`<article id="${id}">`)
    expect(reply.body.match(/urllib\.request\.urlopen/g)).toHaveLength(operations.length)
    expect(reply.body).not.toMatch(/<script|<link|<img|(src|href)="?https?:/)
  })
})
