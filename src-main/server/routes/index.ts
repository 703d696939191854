import type { Services } from '#main/services/index.ts'
import type { Handlers } from '../handlers.ts'
import { adminRoutes } from './admin.ts'
import { auditRoutes } from './audit.ts'
import { backtestRoutes } from './backtests.ts'
import { backupRoutes } from './backups.ts'
import { calibrationRoutes } from './calibration.ts'
import { dataRoutes } from './data.ts'
import { draftRoutes } from './drafts.ts'
import { healthRoutes } from './health.ts'
import { indicatorRoutes } from './indicators.ts'
import { jobRoutes } from './jobs.ts'
import { marketDataRoutes } from './market-data.ts'
import { matrixRoutes } from './matrices.ts'
import { modelCardRoutes } from './model-cards.ts'
import { modelRoutes } from './models.ts'
import { optionRoutes } from './options.ts'
import { packRoutes } from './packs.ts'
import { policyRoutes } from './policy.ts'
import { runRoutes } from './runs.ts'
import { selectionRoutes } from './selections.ts'
import { sessionRoutes } from './session.ts'
import { signalRoutes } from './signals.ts'
import { sweepRoutes } from './sweeps.ts'
import { syncRoutes } from './sync.ts'
import { tearSheetRoutes } from './tear-sheets.ts'
import { trainingRoutes } from './training.ts'
import { viewRoutes } from './views.ts'
import { workspaceRoutes } from './workspace.ts'

/** Every operation with its handler. */
export const createHandlers = (services: Services): Handlers => ({
  ...healthRoutes(services),
  ...workspaceRoutes(services),
  ...viewRoutes(services),
  ...backupRoutes(services),
  ...sessionRoutes(),
  ...syncRoutes(services),
  ...dataRoutes(services),
  ...marketDataRoutes(services),
  ...packRoutes(services),
  ...modelRoutes(services),
  ...draftRoutes(services),
  ...indicatorRoutes(services),
  ...matrixRoutes(services),
  ...backtestRoutes(services),
  ...tearSheetRoutes(services),
  ...sweepRoutes(services),
  ...policyRoutes(services),
  ...calibrationRoutes(services),
  ...selectionRoutes(services),
  ...trainingRoutes(services),
  ...runRoutes(services),
  ...signalRoutes(services),
  ...optionRoutes(services),
  ...modelCardRoutes(services),
  ...jobRoutes(services),
  ...adminRoutes(services),
  ...auditRoutes(services),
})
