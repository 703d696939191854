import type { WorkerStats } from '#main/jobs/executor.ts'
import type { ServiceContext } from '../context.ts'
import { createAdminFlags } from './flags.ts'
import { createAdminHealth } from './health.ts'
import { createAdminJobs } from './jobs.ts'
import { createAdminPacks } from './packs.ts'
import { createAdminQuotas } from './quotas.ts'
import { createAdminRiskProfiles } from './risk-profiles.ts'
import { createAdminTemplates } from './templates.ts'
import { createAdminUsers } from './users.ts'

/** What only the host knows. */
export interface AdminFacts {
  /** Whose token the file `.token` of the workspace holds. */
  owner: number
  workers: () => WorkerStats
  /** The folder of the packs that come with the program. */
  shippedPacks: string
}

type Means = Pick<ServiceContext, 'ledger' | 'packStore' | 'runner' | 'root'> & AdminFacts

export type AdminService = ReturnType<typeof createAdminService>

/** Everything an admin does, by subject. */
export function createAdminService(means: Means) {
  return {
    jobs: createAdminJobs(means),
    quotas: createAdminQuotas(means),
    riskProfiles: createAdminRiskProfiles(means),
    packs: createAdminPacks(means),
    templates: createAdminTemplates(means),
    flags: createAdminFlags(means),
    health: createAdminHealth(means),
    users: createAdminUsers(means),
  }
}
