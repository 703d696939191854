import { useState } from 'react'
import { toRequest } from '#renderer/api/call.ts'
import { Button } from '#renderer/components/button.tsx'
import { Icon } from '#renderer/components/icon.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { useModelId, useProfile } from '#renderer/stores/context.ts'
import { requestAsCurl, requestAsPython } from '#shared/contract/request-snippets.ts'

/** How a script speaks to this workstation. */
export function ApiSnippets() {
  const [modelId] = useModelId()
  const [profile] = useProfile()
  const { origin } = location
  const board = toRequest('getLeaderboard', {
    query: { risk_profile: profile, pass_gate: true, ...(modelId === '' ? {} : { model_id: modelId }) },
  })
  const sweep = toRequest('runSweep', {
    body: {
      model_id: modelId === '' ? 'your_model_id' : modelId,
      risk_profile: profile,
      sweep: { threshold_variants: ['0.52', '0.55'], splits: 5 },
    },
  })
  return (
    <Panel
      title="API"
      actions={
        <a href="/docs" target="_blank" rel="noreferrer">
          Documentation of every request
        </a>
      }
    >
      <dl className="pairs">
        <dt>Base URL</dt>
        <dd className="mono" data-testid="base-url">
          {origin}
        </dd>
      </dl>
      <p className="muted">
        The window makes the same requests as your scripts. Scripts on this machine need no token, unless the
        workspace demands one; then send it as <code>Authorization: Bearer …</code>
      </p>
      <Snippet title="curl: runs that pass their gate" text={requestAsCurl(origin, board)} />
      <Snippet title="curl: start a sweep" text={requestAsCurl(origin, sweep)} />
      <Snippet title="Python: runs that pass their gate" text={requestAsPython(origin, board)} />
    </Panel>
  )
}

function Snippet({ title, text }: { title: string; text: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <section className="stack tight" aria-label={title}>
      <div className="row between">
        <h3>{title}</h3>
        <Button small look="quiet" onClick={() => void copy()} aria-label={`Copy ${title}`}>
          <Icon name={isCopied ? 'check' : 'copy'} size={12} />
          <span role="status">{isCopied ? 'copied' : 'Copy'}</span>
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre className="snippet" tabIndex={0}>
        {text}
      </pre>
    </section>
  )
}
