import { useState } from 'react'
import { allowMessages, askDesktop, isDesktop } from '#renderer/api/desktop.ts'
import { asSigmaError } from '#renderer/api/query-cache.ts'
import { useQuery } from '#renderer/api/use-query.ts'
import { Button } from '#renderer/components/button.tsx'
import { Panel } from '#renderer/components/panel.tsx'
import { Switch } from '#renderer/components/switch.tsx'
import { usePreferences } from '#renderer/stores/preferences.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { VendorKeyRow } from './vendor-key-row.tsx'

/** What the workstation may do on this machine: speak up, show its folder, keep a key. */
export function MachinePanel() {
  return (
    <Panel title="This machine">
      <dl className="pairs settings">
        <dt>Long jobs</dt>
        <dd className="row">
          <JobMessages />
        </dd>
        <dt>Workspace folder</dt>
        <dd className="row">
          <WorkspaceFolder />
        </dd>
        <dt>Vendor’s key</dt>
        <dd>
          <VendorKeyRow />
        </dd>
      </dl>
    </Panel>
  )
}

function JobMessages() {
  const { notifiesJobs, setNotifiesJobs } = usePreferences()
  const [isRefused, setRefused] = useState(false)
  const choose = async (isWanted: boolean) => {
    const isAllowed = !isWanted || (await allowMessages())
    setRefused(!isAllowed)
    setNotifiesJobs(isWanted && isAllowed)
  }
  return (
    <>
      <Switch
        label="Say when a long job has ended"
        checked={notifiesJobs}
        onChange={(isWanted) => void choose(isWanted)}
      />
      <span className="muted" role="status">
        {isRefused
          ? 'This browser does not allow messages of this page.'
          : 'A message of the system when a job of 20 s or more ends while the window is not in front.'}
      </span>
    </>
  )
}

function WorkspaceFolder() {
  const folder = useQuery('getWorkspace', {}).data?.folder
  const push = useToasts((store) => store.push)
  const open = async () => {
    try {
      await askDesktop('openFolder', { path: '' })
    } catch (cause) {
      push({ tone: 'bad', text: asSigmaError(cause).message })
    }
  }
  const copy = async (path: string) => {
    await navigator.clipboard.writeText(path)
    push({ tone: 'info', text: 'Copied the path of the workspace' })
  }
  return (
    <>
      <code data-testid="workspace-folder">{folder ?? ''}</code>
      {isDesktop() ? (
        <Button small onClick={() => void open()}>
          Open folder
        </Button>
      ) : (
        <Button small disabled={folder === undefined} onClick={() => folder && void copy(folder)}>
          Copy path
        </Button>
      )}
    </>
  )
}
