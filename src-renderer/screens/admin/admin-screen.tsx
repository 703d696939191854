import type { ComponentType } from 'react'
import { useQuery } from '#renderer/api/use-query.ts'
import { Badge } from '#renderer/components/badge.tsx'
import { QueryView } from '#renderer/components/query-view.tsx'
import { Tabs, useTab } from '#renderer/components/tabs.tsx'
import { type AdminTabId, adminTabs } from './admin-tabs.ts'
import { AuditTab } from './audit-tab.tsx'
import { ClosedPanel } from './closed-panel.tsx'
import { FlagsTab } from './flags-tab.tsx'
import { HealthTab } from './health-tab.tsx'
import { JobsTab } from './jobs-tab.tsx'
import { PacksTab } from './packs-tab.tsx'
import { QuotasTab } from './quotas-tab.tsx'
import { RiskTab } from './risk-tab.tsx'
import { TemplatesTab } from './templates-tab.tsx'
import { UsersTab } from './users-tab.tsx'

const contents: Record<AdminTabId, ComponentType> = {
  jobs: JobsTab,
  quotas: QuotasTab,
  risk: RiskTab,
  packs: PacksTab,
  templates: TemplatesTab,
  flags: FlagsTab,
  users: UsersTab,
  audit: AuditTab,
  health: HealthTab,
}

/** What an admin of the workspace sees to. Whoever is none reads why these pages are closed, and is asked for nothing. */
export function AdminScreen() {
  const session = useQuery('getSession', {})
  const tab = useTab(adminTabs)
  const Content = contents[tab.id]
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>Admin</h1>
        {session.data?.role === 'admin' && (
          <Badge tone="info" title="Who these pages are open to">
            {session.data.name}
          </Badge>
        )}
      </div>
      <QueryView query={session}>
        {(who) =>
          who.role === 'admin' ? (
            <>
              <Tabs label="Parts of Admin" screen="admin" tabs={adminTabs} current={tab} />
              <Content key={tab.id} />
            </>
          ) : (
            <ClosedPanel who={who} />
          )
        }
      </QueryView>
    </div>
  )
}
