import { Type } from 'typebox'
import { defineEndpoint, type Role } from './endpoint.ts'
import { Nullable } from './schemas.ts'

const reply = Type.Object({
  user_id: Nullable(Type.Integer({ description: 'null: whoever sits at this machine, without a token' })),
  name: Type.String(),
  role: Type.Unsafe<Role>({ type: 'string', enum: ['viewer', 'trader', 'admin'] }),
})

export const session = {
  getSession: defineEndpoint({
    method: 'GET',
    path: '/session',
    tag: 'Session',
    summary: 'Who asks, and with which role',
    description: 'A script without a token is whoever sits at this machine: a trader without a user id.',
    reply,
  }),
  openSession: defineEndpoint({
    method: 'POST',
    path: '/session',
    tag: 'Session',
    role: 'viewer',
    summary: 'Sign this browser in as the holder of the token in Authorization',
    description:
      'The reply sets the cookie that the page uses; it dies with the token. UNAUTHORIZED without one.',
    reply,
  }),
  closeSession: defineEndpoint({
    method: 'DELETE',
    path: '/session',
    tag: 'Session',
    role: 'viewer',
    summary: 'Sign this browser out',
    description:
      'Loaded again, the page stands for whoever sits at this machine, where the workspace allows that.',
    reply: Type.Object({}),
  }),
}
