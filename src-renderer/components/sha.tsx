import { useState } from 'react'
import { Button } from './button.tsx'
import { MISSING, shortSha } from './format.ts'
import { Icon } from './icon.tsx'
import { useIsReport } from './report-mode.ts'

/** The start of a sha, with the whole of it one click away. */
export function Sha({ label, sha }: { label: string; sha: string | null | undefined }) {
  const [copied, setCopied] = useState(false)
  const isReport = useIsReport()
  if (!sha) return <span className="muted">{MISSING}</span>
  if (isReport) return <code>{sha}</code>
  const copy = async () => {
    await navigator.clipboard.writeText(sha)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <span className="sha" title={sha}>
      {shortSha(sha)}
      <Button look="quiet" small onClick={() => void copy()} aria-label={`Copy ${label}`}>
        <Icon name={copied ? 'check' : 'copy'} size={12} />
        {copied && <span role="status">copied</span>}
      </Button>
    </span>
  )
}
