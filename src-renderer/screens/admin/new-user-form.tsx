import { type FormEvent, useState } from 'react'
import { useAction } from '#renderer/api/use-action.ts'
import { Button } from '#renderer/components/button.tsx'
import { CopyRequest } from '#renderer/components/copy-request.tsx'
import { SelectField, TextField } from '#renderer/components/field.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import { contract } from '#shared/contract/index.ts'
import { type Role, roles, type User } from './roles.ts'

const { pattern } = contract.createUser.body.properties.email as unknown as { pattern: string }
const address = new RegExp(pattern)

interface NewUserFormProps {
  onMade: (user: User, token: string) => void
}

/** Lets somebody in. */
export function NewUserForm({ onMade }: NewUserFormProps) {
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('trader')
  const create = useAction('createUser')
  const isAddress = address.test(email)
  const body = { email, role }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const reply = await create.run({ body })
    if (reply === undefined || reply.token_once === null) return
    setEmail('')
    onMade(reply.user, reply.token_once)
  }
  return (
    <Panel
      title="Let somebody in"
      actions={
        <CopyRequest
          operationId="createUser"
          input={{ body: { ...body, email: isAddress ? email : 'name@example.org' } }}
        />
      }
    >
      <form className="toolbar" onSubmit={(event) => void submit(event)}>
        <TextField
          label="Email"
          size={32}
          autoComplete="off"
          spellCheck={false}
          value={email}
          problem={email === '' || isAddress ? undefined : 'an address such as name@example.org'}
          onChange={(event) => setEmail(event.target.value)}
        />
        <SelectField label="Role" value={role} onChange={(event) => setRole(event.target.value as Role)}>
          {roles.map((each) => (
            <option key={each.role} value={each.role}>
              {each.role}
            </option>
          ))}
        </SelectField>
        <Button type="submit" look="primary" disabled={!isAddress || create.pending}>
          Create and show the token
        </Button>
        <span className="muted">They may {roles.find((each) => each.role === role)?.may}.</span>
      </form>
      <ErrorLine error={create.error} />
    </Panel>
  )
}
