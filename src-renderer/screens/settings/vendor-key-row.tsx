import { useEffect, useState } from 'react'
import { askDesktop, isDesktop } from '#renderer/api/desktop.ts'
import { useAttempt } from '#renderer/api/use-action.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { Button } from '#renderer/components/button.tsx'
import { TextField } from '#renderer/components/field.tsx'
import { ErrorLine } from '#renderer/components/states.tsx'
import type { VendorKeyState } from '#shared/contract/desktop.ts'

/** The key to the data vendor: kept by the system's keychain in the desktop window, else taken from the environment. */
export function VendorKeyRow() {
  const hasKey = useQuery('getSync', {}).data?.has_key
  if (isDesktop()) return <KeptKey />
  return (
    <div className="stack tight">
      {hasKey !== undefined && <KeyBadge isSet={hasKey} />}
      <span className="muted">
        A browser has no safe place for a key: put it into <code>POLYGON_API_KEY</code> before the workstation
        starts, or enter it in the desktop window.
      </span>
    </div>
  )
}

function KeptKey() {
  const [state, setState] = useState<VendorKeyState>()
  const [key, setKey] = useState('')
  const { follow, pending, error } = useAttempt()
  useEffect(() => {
    void askDesktop('describe', {}).then(
      (facts) => setState(facts.vendor_key),
      () => {},
    )
  }, [])
  const change = async (attempt: () => Promise<VendorKeyState>) => {
    const next = await follow(attempt)
    if (next === undefined) return
    setState(next)
    setKey('')
  }
  if (state === undefined) return null
  const { source, obstacle } = state
  return (
    <div className="stack tight">
      <div className="row">
        <KeyBadge isSet={source !== 'none'} />
        {source === 'keychain' && (
          <Button
            small
            disabled={pending}
            onClick={() => void change(() => askDesktop('forgetVendorKey', {}))}
          >
            Forget it
          </Button>
        )}
      </div>
      {source === 'environment' ? (
        <span className="muted">
          Taken from <code>POLYGON_API_KEY</code> of the environment.
        </span>
      ) : obstacle !== null ? (
        <span className="muted">{obstacle}</span>
      ) : (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault()
            void change(() => askDesktop('keepVendorKey', { key: key.trim() }))
          }}
        >
          <TextField
            label="Key of Polygon.io (Massive.com)"
            type="password"
            autoComplete="off"
            size={28}
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
          <Button small type="submit" disabled={pending || key.trim() === ''}>
            Keep it
          </Button>
        </form>
      )}
      <ErrorLine error={error} />
    </div>
  )
}

const KeyBadge = ({ isSet }: { isSet: boolean }) =>
  isSet ? <Badge tone="good">key set</Badge> : <Badge tone="warn">no key</Badge>
