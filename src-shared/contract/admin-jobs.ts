import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { JobRow } from './jobs.ts'
import { IdParam, limitOf, offset, Page } from './schemas.ts'
import { JobStatus } from './sweeps.ts'

const access = { tag: 'Admin', role: 'admin' } as const
const params = Type.Object({ job_id: IdParam })
const reply = Type.Object({ job: JobRow })

export const adminJobs = {
  listAdminJobs: defineEndpoint({
    ...access,
    method: 'GET',
    path: '/admin/jobs',
    summary: 'Every background job, newest first',
    description: 'Of every user, with attempts and the reason of a failure.',
    example: { query: { status: 'failed' } },
    query: Type.Object(
      {
        status: Type.Optional(JobStatus),
        kind: Type.Optional(
          Type.String({ pattern: '^[a-z_]{1,40}$', description: 'build_matrix, sweep, train, …' }),
        ),
        limit: limitOf(50),
        offset,
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ rows: Type.Array(JobRow), total: Type.Integer(), ...Page }),
  }),
  retryAdminJob: defineEndpoint({
    ...access,
    method: 'POST',
    path: '/admin/jobs/:job_id/retry',
    summary: 'Queue a failed or canceled job again',
    description: 'With the input it had; a job that is queued, running or completed is CONFLICT.',
    example: { params: { job_id: '1' } },
    params,
    reply,
  }),
  cancelAdminJob: defineEndpoint({
    ...access,
    method: 'POST',
    path: '/admin/jobs/:job_id/cancel',
    summary: 'Stop a job; finished work stays',
    description: 'Whoever started it.',
    example: { params: { job_id: '1' } },
    params,
    reply,
  }),
}
