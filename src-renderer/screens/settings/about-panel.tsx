import { useQuery } from '#renderer/api/use-query.ts'
import { formatTime, zoneName } from '#renderer/components/display-time.ts'
import { formatBytes, formatCount } from '#renderer/components/format.ts'
import { Panel } from '#renderer/components/panel.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'

/** Which version this is, and whose work it holds. */
export function AboutPanel() {
  const query = useQuery('getWorkspace', {})
  return (
    <Panel title="About">
      <QueryView query={query} lines={4}>
        {(workspace) => (
          <dl className="pairs">
            <dt>Version</dt>
            <dd data-testid="about-version">Sigma Lab {workspace.version}</dd>
            <dt>Workspace</dt>
            <dd>{workspace.name}</dd>
            <dt>Made</dt>
            <dd>
              {formatTime(workspace.created_at)} {zoneName()}
            </dd>
            <dt>Holds</dt>
            <dd>
              {formatCount(workspace.counts.models)} models, {formatCount(workspace.counts.runs)} runs,{' '}
              {formatCount(workspace.counts.trained)} trained, {formatCount(workspace.counts.signals)} signals
            </dd>
            <dt>Disk free</dt>
            <dd>{formatBytes(workspace.disk_free_bytes)}</dd>
            <dt>Network</dt>
            <dd>The workstation speaks to this machine alone, unless you sync data from a vendor.</dd>
          </dl>
        )}
      </QueryView>
    </Panel>
  )
}
