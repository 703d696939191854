import { createAdminService } from '#main/services/admin/create-admin-service.ts'
import { createAuditService } from '#main/services/audit.ts'
import { createBackupService } from '#main/services/backups.ts'
import { createDataService } from '#main/services/data-import/create-data-service.ts'
import { createDraftService } from '#main/services/drafts.ts'
import { createHealthService } from '#main/services/health.ts'
import { createIndicatorService } from '#main/services/indicators.ts'
import { createJobService } from '#main/services/jobs.ts'
import { createLiveService } from '#main/services/live.ts'
import { createMarketDataService } from '#main/services/market-data.ts'
import { createModelCardService } from '#main/services/model-cards.ts'
import { createModelService } from '#main/services/models.ts'
import { createPackService } from '#main/services/packs.ts'
import { createPolicyService } from '#main/services/policies.ts'
import { createRunService } from '#main/services/runs.ts'
import { createSelectionService } from '#main/services/selections.ts'
import { createSyncService } from '#main/services/sync.ts'
import { createVendorAccess } from '#main/services/vendor-access.ts'
import { createWorkspaceService } from '#main/services/workspace.ts'
import { program } from './sample-host.ts'
import type { TestWorkspace } from './test-workspace.ts'

/** The services that need no worker threads, over a test workspace. */
export function lightServices(workspace: TestWorkspace) {
  const facts = {
    name: 'test',
    version: '0.0.0',
    created_at: '2024-01-01T00:00:00Z',
    sample: () => 'none' as const,
  }
  return {
    health: createHealthService({ ...workspace, hasVendorKey: () => false }),
    workspace: createWorkspaceService({ ...workspace, facts }),
    data: createDataService({ ...workspace, announce: () => {} }),
    marketData: createMarketDataService(workspace),
    backups: createBackupService({ ...workspace, version: '0.0.0', announce: () => {} }),
    sync: createSyncService({ ...workspace, announce: () => {} }, createVendorAccess({})),
    packs: createPackService(workspace),
    models: createModelService(workspace),
    drafts: createDraftService(workspace),
    indicators: createIndicatorService(),
    selections: createSelectionService(workspace),
    runs: createRunService(workspace),
    modelCards: createModelCardService(workspace),
    jobs: createJobService(workspace),
    policies: createPolicyService(workspace),
    live: createLiveService({ ...workspace, announce: () => {} }),
    admin: createAdminService({
      ...workspace,
      owner: 1,
      shippedPacks: program.packs,
      workers: () => ({ threads: 2, busy: 0, queued: 0 }),
    }),
    audit: createAuditService(workspace),
  }
}
