import type { session as contract } from '#shared/contract/session.ts'
import { SigmaError } from '#shared/errors.ts'
import type { Actor } from '../accounts.ts'
import type { Handlers } from '../handlers.ts'

const describe = ({ id, name, role }: Actor) => ({ user_id: id, name, role })

export const sessionRoutes = (): Handlers<keyof typeof contract> => ({
  getSession: (_, { actor }) => describe(actor),
  openSession: (_, { actor, signIn }) => {
    if (actor.id === null) {
      throw new SigmaError('UNAUTHORIZED', 'signing in needs a token (Authorization: Bearer …)')
    }
    signIn()
    return describe(actor)
  },
  closeSession: (_, { signOut }) => {
    signOut()
    return {}
  },
})
