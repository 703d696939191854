import type { Events } from '#main/jobs/events.ts'
import { type AdminFacts, createAdminService } from './admin/create-admin-service.ts'
import { createAuditService } from './audit.ts'
import { createBacktestService } from './backtests.ts'
import { createBackupService } from './backups.ts'
import { createBracketCalibration } from './calibrate-brackets.ts'
import { createThresholdCalibration } from './calibrate-thresholds.ts'
import type { ServiceContext } from './context.ts'
import { createDataService } from './data-import/create-data-service.ts'
import { createDraftService } from './drafts.ts'
import { createDecisionService } from './explain-row.ts'
import { createHealthService } from './health.ts'
import type { Services } from './index.ts'
import { createIndicatorService } from './indicators.ts'
import { createJobService } from './jobs.ts'
import { createLiveService } from './live.ts'
import { createMarketDataService } from './market-data.ts'
import { createMatrixService } from './matrices.ts'
import { createMatrixBuilds } from './matrix-builds.ts'
import { createModelCardService } from './model-cards.ts'
import { createModelService } from './models.ts'
import { createNullTestService } from './null-test.ts'
import { createOptionService } from './options.ts'
import { createPackService } from './packs.ts'
import { createPolicyService } from './policies.ts'
import { createReproductionService } from './reproduce.ts'
import { createRunService } from './runs.ts'
import { createSelectionService } from './selections.ts'
import { createSignalService } from './signals.ts'
import { createSweepService } from './sweeps.ts'
import { createSyncService } from './sync.ts'
import { createTearSheetService } from './tear-sheet.ts'
import { createTrainingService } from './training.ts'
import { createVendorAccess, type VendorAccess } from './vendor-access.ts'
import { createViewService } from './views.ts'
import { createWorkspaceService, type WorkspaceFacts } from './workspace.ts'

/** Every use case on one context; making them also tells the job runner how to run theirs. */
export function createServices(
  context: ServiceContext,
  events: Events,
  facts: WorkspaceFacts & AdminFacts & { env: VendorAccess['env'] },
): Services {
  const vendor = createVendorAccess(facts.env)
  const builds = createMatrixBuilds(context, vendor)
  return {
    health: createHealthService({ ...context, hasVendorKey: vendor.hasKey }),
    workspace: createWorkspaceService({ ...context, facts }),
    backups: createBackupService({ ...context, version: facts.version }),
    sync: createSyncService(context, vendor),
    data: createDataService(context),
    marketData: createMarketDataService(context),
    packs: createPackService(context),
    models: createModelService(context),
    drafts: createDraftService(context),
    indicators: createIndicatorService(),
    matrices: createMatrixService(context, builds),
    backtests: createBacktestService(context, builds),
    reproduction: createReproductionService(context),
    tearSheets: createTearSheetService(context),
    sweeps: createSweepService(context, builds),
    nullTests: createNullTestService(context),
    selections: createSelectionService(context),
    views: createViewService(context),
    training: createTrainingService(context, builds),
    runs: createRunService(context),
    signals: createSignalService(context, builds),
    live: createLiveService(context),
    policies: createPolicyService(context),
    decisions: createDecisionService(context, builds),
    calibration: {
      thresholds: createThresholdCalibration(context),
      brackets: createBracketCalibration(context),
    },
    options: createOptionService(context),
    modelCards: createModelCardService(context),
    jobs: createJobService({ ...context, events }),
    admin: createAdminService({ ...context, ...facts }),
    audit: createAuditService(context),
  }
}
