import { useState } from 'react'
import { signIn } from '#renderer/api/call.ts'
import { useAction, useAttempt } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { ConfirmDialog } from '#renderer/components/confirm-dialog.tsx'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { Table, type TableColumn } from '#renderer/components/table.tsx'
import { useToasts } from '#renderer/stores/toasts.ts'
import { NewUserForm } from './new-user-form.tsx'
import { type Role, roles, type User } from './roles.ts'
import { TokenOnce } from './token-once.tsx'

/** Who may do what. A token is on screen once, right after it was made. */
export function UsersTab() {
  const query = useQuery('listUsers', {})
  const me = useQuery('getSession', {}).data?.user_id
  const update = useAction('updateUser')
  const { follow, pending, error } = useAttempt()
  const rotate = useAction('rotateUserToken')
  const push = useToasts((store) => store.push)
  const [asked, setAsked] = useState<User>()
  const [shown, setShown] = useState<{ user: User; token: string }>()

  const setRole = async (user: User, role: Role, isUndo = false) => {
    const params = { user_id: String(user.id) }
    if ((await update.run({ params, body: { role } })) === undefined || isUndo) return
    const undo = () => void setRole(user, user.role, true)
    push({ tone: 'good', text: `${user.email} is a ${role} now`, action: { label: 'Undo', run: undo } })
  }
  const giveToken = async (user: User) => {
    setAsked(undefined)
    const reply = await rotate.run({ params: { user_id: String(user.id) } })
    const token = reply?.token_once
    if (token == null) return
    // Our own cookie died with the old token: without a new one the next request would be refused.
    if (user.id === me) await follow(() => signIn(token))
    setShown({ user, token })
  }

  return (
    <>
      <NewUserForm onMade={(user, token) => setShown({ user, token })} />
      <Panel title="Users" flush>
        <ErrorLine error={update.error ?? rotate.error ?? error} />
        <QueryView query={query}>
          {({ users }) => (
            <Table
              label="Users"
              columns={columnsOf(users, me ?? null, {
                isBusy: update.pending || rotate.pending || pending,
                setRole: (user, role) => void setRole(user, role),
                rotate: setAsked,
              })}
              rows={users}
              rowKey={({ id }) => id}
            />
          )}
        </QueryView>
      </Panel>
      {asked !== undefined && (
        <ConfirmDialog
          title={`Give ${asked.email} a new token?`}
          confirm="Make a new token"
          danger
          onConfirm={() => void giveToken(asked)}
          onClose={() => setAsked(undefined)}
        >
          The old token and the browsers that were signed in with it stop working at once.
          {asked.id === me && ' This is your own: this window is signed in again by itself, others are not.'}
        </ConfirmDialog>
      )}
      {shown !== undefined && (
        <TokenOnce email={shown.user.email} token={shown.token} onClose={() => setShown(undefined)} />
      )}
    </>
  )
}

interface Means {
  isBusy: boolean
  setRole: (user: User, role: Role) => void
  rotate: (user: User) => void
}

function columnsOf(users: readonly User[], me: number | null, means: Means): TableColumn<User>[] {
  const admins = users.filter(({ role }) => role === 'admin').length
  const isLastAdmin = ({ role }: User) => role === 'admin' && admins === 1
  return [
    {
      title: 'Who',
      cell: (user) => (
        <span className="row">
          {user.email}
          {user.id === me && <Badge tone="info">you</Badge>}
          {isLastAdmin(user) && (
            <Badge tone="warn" title="Somebody must be able to let others in">
              last admin, stays one
            </Badge>
          )}
        </span>
      ),
    },
    {
      title: 'Role',
      cell: (user) => (
        <select
          className="input"
          aria-label={`Role of ${user.email}`}
          value={user.role}
          disabled={means.isBusy || isLastAdmin(user)}
          onChange={(event) => means.setRole(user, event.target.value as Role)}
        >
          {roles.map(({ role }) => (
            <option key={role} value={role}>
              {role}
            </option>
          ))}
        </select>
      ),
    },
    { title: 'May', cell: ({ role }) => roles.find((each) => each.role === role)?.may, wrap: true },
    { title: `Since (${zoneName()})`, cell: ({ created_at }) => formatTime(created_at) },
    {
      title: `Last active (${zoneName()})`,
      cell: ({ last_active }) => (last_active === null ? 'never' : formatTime(last_active)),
    },
    {
      id: 'do',
      title: <span className="visually-hidden">Actions</span>,
      cell: (user) => (
        <Button small disabled={means.isBusy} onClick={() => means.rotate(user)}>
          New token<span className="visually-hidden"> for {user.email}</span>
        </Button>
      ),
    },
  ]
}
