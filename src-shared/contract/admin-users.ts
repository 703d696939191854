import { Type } from 'typebox'
import { defineEndpoint, type Role } from './endpoint.ts'
import { IdParam, Nullable, Timestamp } from './schemas.ts'

const access = { tag: 'Admin', role: 'admin' } as const
const Roles = Type.Unsafe<Role>({
  type: 'string',
  enum: ['viewer', 'trader', 'admin'],
  description: 'viewer reads, trader also works, admin also lets others in',
})
const params = Type.Object({ user_id: IdParam })

const UserRow = Type.Object({
  id: Type.Integer(),
  email: Type.String(),
  role: Roles,
  created_at: Timestamp,
  last_active: Nullable(Timestamp),
})

const tokenOnce = Type.Union([Type.String(), Type.Null()], {
  description: 'The token, shown this once; null where an Idempotency-Key repeats the reply',
})

export const adminUsers = {
  listUsers: defineEndpoint({
    ...access,
    method: 'GET',
    path: '/admin/users',
    summary: 'Who may do what',
    description: 'Never their tokens.',
    reply: Type.Object({ users: Type.Array(UserRow) }),
  }),
  createUser: defineEndpoint({
    ...access,
    method: 'POST',
    path: '/admin/users',
    summary: 'Let somebody in; the reply shows the token once',
    description: 'Roles: viewer reads, trader also writes, admin also runs the workspace.',
    example: { body: { email: 'ada@example.org', role: 'trader' } },
    secret: 'token_once',
    body: Type.Object(
      {
        email: Type.String({ pattern: '^[^\\s@\\x00-\\x1f]{1,100}@[^\\s@\\x00-\\x1f]{1,100}$' }),
        role: Roles,
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ user: UserRow, token_once: tokenOnce }),
  }),
  updateUser: defineEndpoint({
    ...access,
    method: 'PATCH',
    path: '/admin/users/:user_id',
    summary: 'Change a role; the last admin stays one',
    description: 'CONFLICT where it would leave the workspace without an admin.',
    example: { params: { user_id: '2' }, body: { role: 'viewer' } },
    params,
    body: Type.Object({ role: Roles }, { additionalProperties: false }),
    reply: Type.Object({ user: UserRow }),
  }),
  rotateUserToken: defineEndpoint({
    ...access,
    method: 'POST',
    path: '/admin/users/:user_id/rotate_token',
    summary:
      'Replace a token: the old one and its browser sessions end at once, the reply shows the new one once',
    description: 'The token of the first admin is also written to `.token` of the workspace.',
    example: { params: { user_id: '2' } },
    secret: 'token_once',
    params,
    reply: Type.Object({ token_once: tokenOnce }),
  }),
}
