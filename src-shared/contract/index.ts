import { admin } from './admin.ts'
import { audit } from './audit.ts'
import { backtests } from './backtests.ts'
import { backups } from './backups.ts'
import { calibration } from './calibration.ts'
import { data } from './data.ts'
import { drafts } from './drafts.ts'
import type { Input, Reply } from './endpoint.ts'
import { health } from './health.ts'
import { indicators } from './indicators.ts'
import { jobs } from './jobs.ts'
import { marketData } from './market-data.ts'
import { matrices } from './matrices.ts'
import { modelCards } from './model-cards.ts'
import { models } from './models.ts'
import { options } from './options.ts'
import { packs } from './packs.ts'
import { policy } from './policy.ts'
import { runs } from './runs.ts'
import { selections } from './selections.ts'
import { session } from './session.ts'
import { signals } from './signals.ts'
import { sweeps } from './sweeps.ts'
import { sync } from './sync.ts'
import { tearSheets } from './tear-sheet.ts'
import { training } from './training.ts'
import { views } from './views.ts'
import { workspace } from './workspace.ts'

/** Every operation of the API by operationId. */
export const contract = {
  ...health,
  ...workspace,
  ...backups,
  ...session,
  ...data,
  ...marketData,
  ...sync,
  ...packs,
  ...models,
  ...drafts,
  ...indicators,
  ...matrices,
  ...backtests,
  ...tearSheets,
  ...sweeps,
  ...policy,
  ...calibration,
  ...selections,
  ...views,
  ...training,
  ...runs,
  ...signals,
  ...options,
  ...modelCards,
  ...jobs,
  ...admin,
  ...audit,
}

export type Contract = typeof contract
export type OperationId = keyof Contract
export type InputOf<K extends OperationId> = Input<Contract[K]>
export type ReplyOf<K extends OperationId> = Reply<Contract[K]>
