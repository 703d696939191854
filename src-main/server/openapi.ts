import type { TSchema } from 'typebox'
import { LeaderboardRow } from '#shared/contract/backtests.ts'
import { ImportReport, ImportRow } from '#shared/contract/data.ts'
import type { Endpoint, Role } from '#shared/contract/endpoint.ts'
import { contract } from '#shared/contract/index.ts'
import { EventMessage, JobRow } from '#shared/contract/jobs.ts'
import { MatrixMeta, MatrixProfile } from '#shared/contract/matrices.ts'
import { FoldReport, RunMetrics } from '#shared/contract/metrics.ts'
import { ModelSummary } from '#shared/contract/models.ts'
import { OptionSignalRow } from '#shared/contract/option-row.ts'
import { ConfigTuple, Gate, GateCheck, Lineage } from '#shared/contract/schemas.ts'
import { SignalRow } from '#shared/contract/signals.ts'
import { SweepSummary } from '#shared/contract/sweeps.ts'
import { TrainJobRow } from '#shared/contract/training.ts'
import { errorStatus } from '#shared/errors.ts'

type Json = Record<string, unknown>

/** Shapes worth a name of their own in the document. */
const named: Record<string, TSchema> = {
  ConfigTuple,
  EventMessage,
  FoldReport,
  Gate,
  GateCheck,
  ImportReport,
  ImportRow,
  JobRow,
  LeaderboardRow,
  Lineage,
  MatrixMeta,
  MatrixProfile,
  ModelSummary,
  OptionSignalRow,
  RunMetrics,
  SignalRow,
  SweepSummary,
  TrainJobRow,
}

const errorSchema = {
  type: 'object',
  required: ['ok', 'error'],
  properties: {
    ok: { const: false },
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string', enum: Object.keys(errorStatus) },
        message: { type: 'string' },
        details: { type: 'object' },
      },
    },
  },
}

/** The OpenAPI 3.1 document of the contract. TypeBox schemas are JSON Schema, so they go in as they are. */
export function describeApi(version: string): Json {
  const paths: Record<string, Json> = {}
  for (const [operationId, endpoint] of Object.entries<Endpoint>(contract)) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] ??= {}
    paths[path][endpoint.method.toLowerCase()] = describeOperation(operationId, endpoint)
  }
  const schemas: Json = { ErrorReply: errorSchema }
  for (const [name, schema] of Object.entries(named)) schemas[name] = withRefs(schema, name)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sigma Lab API',
      version,
      description:
        'The powers of the workstation for scripts. Times are UTC, fractions are not percents, missing numbers are null.',
    },
    security: [{}, { bearer: [] }],
    tags: [...new Set(Object.values<Endpoint>(contract).map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token in the file .token of the workspace',
        },
      },
      responses: {
        Error: {
          description: 'What was wrong, by code and in words',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorReply' } } },
        },
      },
      schemas,
    },
  }
}

function describeOperation(operationId: string, endpoint: Endpoint): Json {
  const { summary, description, tag, params, query, body, status = 200, method, example = {} } = endpoint
  const files = (endpoint.uploads ?? []).map((type) => [
    type,
    { schema: { type: 'string', format: 'binary' } },
  ])
  const parameters = [
    ...describeParameters('path', params, example.params),
    ...describeParameters('query', query, example.query),
  ]
  if (method === 'POST') parameters.push(idempotencyKey)
  return {
    operationId,
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tag],
    ...(needsToken(endpoint) ? { security: [{ bearer: [] }] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: withRefs(body), ...exampleOf(example.body) },
              ...Object.fromEntries(files),
            },
          },
        }),
    responses: {
      [status]: { description: 'Done', content: describeReply(endpoint) },
      default: { $ref: '#/components/responses/Error' },
    },
  }
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same body gives the same reply, once done',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}

function needsToken({ role, path }: { role?: Role; path: string }): boolean {
  return role === 'admin' || path.startsWith('/admin/')
}

const exampleOf = (value: unknown) => (value === undefined ? {} : { example: value })

function describeParameters(
  place: 'path' | 'query',
  schema: TSchema | undefined,
  example: Readonly<Json> = {},
): Json[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: withRefs(rest),
    ...exampleOf(example[name]),
  }))
}

function describeReply({ kind = 'json', reply }: Endpoint): Json {
  if (kind === 'sse')
    return {
      'text/event-stream': {
        schema: { type: 'string', description: 'Messages whose data is an EventMessage' },
      },
    }
  if (kind === 'file') return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
  const { properties = {}, required = [] } = reply as { properties?: Json; required?: string[] }
  const ok = 'ok' in properties ? properties['ok'] : { const: true }
  const whole = {
    ...reply,
    required: ['ok', ...required.filter((name) => name !== 'ok')],
    properties: { ok, ...properties },
  }
  const known = nameOf(reply)
  const schema =
    known === undefined
      ? withRefs(whole)
      : { allOf: [{ type: 'object', required: ['ok'], properties: { ok } }, reference(known)] }
  return { 'application/json': { schema } }
}

const nameByText = new Map(Object.entries(named).map(([name, schema]) => [JSON.stringify(schema), name]))
const nameOf = (schema: unknown) => nameByText.get(JSON.stringify(schema))
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** A copy of a schema in which the named shapes are references; `self` is not replaced by itself. */
function withRefs(schema: unknown, self?: string): unknown {
  if (Array.isArray(schema)) return schema.map((each) => withRefs(each))
  if (typeof schema !== 'object' || schema === null) return schema
  const name = nameOf(schema)
  if (name !== undefined && name !== self) return reference(name)
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withRefs(value)]))
}
