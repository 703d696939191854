import { type FormEvent, useState } from 'react'
import { signIn } from '#renderer/api/call.ts'
import { useAttempt } from '#renderer/api/use-action.ts'
import { Button } from '#renderer/components/button.tsx'
import { TextField } from '#renderer/components/field.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import type { ReplyOf } from '#shared/contract/index.ts'

/** Why the admin pages are closed to who is here, and the ways in. */
export function ClosedPanel({ who }: { who: ReplyOf<'getSession'> }) {
  const [token, setToken] = useState('')
  const { follow, pending, error } = useAttempt()
  const isLocal = who.user_id === null
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const reply = await follow(() => signIn(token.trim()))
    if (reply !== undefined) location.reload()
  }
  return (
    <Panel title="Closed to you">
      <div className="stack" data-testid="admin-closed">
        {isLocal ? (
          <p>
            This browser stands for <strong>whoever sits at this machine</strong>, in the role of a trader.
            Jobs, limits, people and the audit log are for admins of the workspace.
          </p>
        ) : (
          <p>
            You are signed in as <strong>{who.name}</strong> in the role of a {who.role}. Jobs, limits, people
            and the audit log are for admins of the workspace.
          </p>
        )}
        <ul className="bullets">
          <li>
            The owner opens the link that the workstation printed when it started; it signs this browser in.
          </li>
          <li>An admin can give you another role under Admin, Users.</li>
          <li>Whoever holds an admin’s token signs in here:</li>
        </ul>
        <form className="toolbar" onSubmit={(event) => void submit(event)}>
          <TextField
            label="Token"
            type="password"
            autoComplete="off"
            size={44}
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
          <Button type="submit" look="primary" disabled={token.trim() === '' || pending}>
            {pending ? 'Signing in…' : 'Sign in'}
          </Button>
        </form>
        <ErrorLine error={error} />
      </div>
    </Panel>
  )
}
