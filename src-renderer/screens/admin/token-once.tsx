import { useState } from 'react'
import { Button } from '#renderer/components/button.tsx'
import { Dialog } from '#renderer/components/dialog.tsx'

interface TokenOnceProps {
  email: string
  token: string
  onClose: () => void
}

/** A token, this once. The dialog closes by its button alone, so that no stray key loses it. */
export function TokenOnce({ email, token, onClose }: TokenOnceProps) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(token)
    setCopied(true)
  }
  return (
    <Dialog label={`Token of ${email}`} onClose={() => {}}>
      <div className="dialog-body">
        <h2>Token of {email}</h2>
        <p>
          It is shown this once and stored nowhere. Scripts send it as <code>Authorization: Bearer …</code>; a
          browser signs in with it under Admin.
        </p>
        <input
          className="input mono"
          readOnly
          aria-label="Token"
          data-testid="token-once"
          value={token}
          onFocus={(event) => event.target.select()}
        />
        <div className="row end">
          <Button look={isCopied ? 'plain' : 'primary'} data-focus onClick={() => void copy()}>
            {isCopied ? 'Copied' : 'Copy'}
          </Button>
          <Button look={isCopied ? 'primary' : 'plain'} onClick={onClose}>
            I have stored it
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
