import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import {
  DateRangeQuery,
  Json,
  limitOf,
  ModelId,
  Nullable,
  offset,
  PackId,
  Page,
  StringOrNull,
  Timestamp,
} from './schemas.ts'

const AuditRow = Type.Object({
  id: Type.Integer(),
  created_at: Timestamp,
  path: Type.String(),
  method: Type.String(),
  status: Type.Integer(),
  pack_id: StringOrNull,
  model_id: StringOrNull,
  user_id: Type.Union([Type.Integer(), Type.Null()], {
    description: 'null: whoever sits at this machine, without a token',
  }),
  details: Nullable(Json),
})

const filter = {
  path: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'Whole path, /models; all below it with a star, /models/*',
    }),
  ),
  method: Type.Optional(Type.String({ pattern: '^[A-Za-z]{3,7}$', description: 'HTTP method' })),
  status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
  pack_id: Type.Optional(PackId),
  model_id: Type.Optional(ModelId),
  ...DateRangeQuery,
  limit: limitOf(100),
  offset,
}

const reply = Type.Object({
  rows: Type.Array(AuditRow),
  count: Type.Integer({ description: 'Rows in this reply' }),
  total: Type.Integer(),
  ...Page,
})

export const audit = {
  listAudit: defineEndpoint({
    method: 'GET',
    path: '/audit',
    tag: 'Audit',
    role: 'viewer',
    summary: 'State-changing requests, newest first: when, who, what, and how it ended',
    description:
      'Written in the transaction of the change where it is destructive. Never holds bodies or secrets.',
    example: { query: { pack_id: 'zerosigma', limit: 10 } },
    query: Type.Object(filter, { additionalProperties: false }),
    reply,
  }),
  listAdminAudit: defineEndpoint({
    method: 'GET',
    path: '/admin/audit',
    tag: 'Admin',
    role: 'admin',
    summary: 'The audit log, of one user too',
    description: 'The same rows with who asked.',
    example: { query: { user_id: 1, limit: 10 } },
    query: Type.Object(
      { ...filter, user_id: Type.Optional(Type.Integer({ minimum: 1 })) },
      { additionalProperties: false },
    ),
    reply,
  }),
}
