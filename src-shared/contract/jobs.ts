import { type Static, Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { IdParam, Json, limitOf, Nullable, NumberOrNull, offset, StringOrNull, Timestamp } from './schemas.ts'
import { JobStatus } from './sweeps.ts'

export const JobRow = Type.Object({
  job_id: Type.String(),
  kind: Type.String({ description: 'build_matrix, backtest, sweep, train, sample_data' }),
  title: Type.String(),
  status: JobStatus,
  progress: Type.Object({
    done: Type.Number(),
    total: Type.Number(),
    note: StringOrNull,
    eta_seconds: NumberOrNull,
  }),
  subject: Type.Unsafe<Record<string, unknown>>({
    ...Json,
    description: 'What it works on: model_id, sweep_id, …',
  }),
  error: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
  recovered: Type.Boolean({ description: 'Was running when the host stopped, and was queued again' }),
  attempts: Type.Integer(),
  created_at: Timestamp,
  started_at: Nullable(Timestamp),
  finished_at: Nullable(Timestamp),
})
export type JobRow = Static<typeof JobRow>

/** What the event stream carries; `data` of an SSE message is one of these as JSON, its event name is `type`. */
export const EventMessage = Type.Object({
  id: Type.Integer(),
  type: Type.Union([Type.Literal('job'), Type.Literal('result'), Type.Literal('pack'), Type.Literal('data')]),
  at: Timestamp,
  data: Json,
})
export type EventMessage = Static<typeof EventMessage>

export const jobs = {
  listJobs: defineEndpoint({
    method: 'GET',
    path: '/jobs',
    tag: 'Jobs',
    summary: 'Jobs, newest first',
    description: 'Queued, running and ended ones, with progress and, where one failed, the reason.',
    example: { query: { status: 'running' } },
    query: Type.Object(
      { status: Type.Optional(JobStatus), limit: limitOf(50), offset },
      { additionalProperties: false },
    ),
    reply: Type.Object({ rows: Type.Array(JobRow), total: Type.Integer() }),
  }),
  getJob: defineEndpoint({
    method: 'GET',
    path: '/jobs/:id',
    tag: 'Jobs',
    summary: 'One job with its progress',
    description: 'For polling; `error` says in words why a failed one failed.',
    example: { params: { id: '1' } },
    params: Type.Object({ id: IdParam }),
    reply: Type.Object({ job: JobRow }),
  }),
  cancelJob: defineEndpoint({
    method: 'POST',
    path: '/jobs/:id/cancel',
    tag: 'Jobs',
    summary: 'Ask a job to stop; finished work stays',
    description: 'Takes effect within two seconds. Rows that a sweep has finished stay.',
    example: { params: { id: '1' } },
    params: Type.Object({ id: IdParam }),
    reply: Type.Object({ job: JobRow }),
  }),
  streamEvents: defineEndpoint({
    method: 'GET',
    path: '/events',
    tag: 'Jobs',
    summary: 'Server-sent events: job progress, new results, pack edits',
    description:
      'Each event has an id that never repeats: a client that was cut off sends it as `Last-Event-ID` and gets what it missed.',
    kind: 'sse',
    reply: EventMessage,
  }),
}
