import { adminHealth } from './admin-health.ts'
import { adminJobs } from './admin-jobs.ts'
import { adminPacks } from './admin-packs.ts'
import { adminSettings } from './admin-settings.ts'
import { adminUsers } from './admin-users.ts'

/** Everything under `/admin`, for role admin alone. */
export const admin = {
  ...adminJobs,
  ...adminSettings,
  ...adminPacks,
  ...adminUsers,
  ...adminHealth,
}
