import type { Role } from '#shared/contract/endpoint.ts'

/** Who a request acts for. `id` is null for whoever sits at this machine without having shown a token. */
export interface Actor {
  readonly id: number | null
  readonly name: string
  readonly role: Role
}

/** The accounts of the workspace, as far as the door needs them. Tokens are compared in constant time. */
export interface Accounts {
  actorOfToken: (token: string) => Actor | undefined
  actorOfId: (id: number) => Actor | undefined
  /** Secret behind the browser cookies of an account (null: of this machine). Changes with its token, so both die together. */
  sessionSecret: (id: number | null) => string | undefined
}
