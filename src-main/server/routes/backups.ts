import type { Services } from '#main/services/index.ts'
import type { backups as contract } from '#shared/contract/backups.ts'
import type { Handlers } from '../handlers.ts'

export const backupRoutes = ({ backups }: Services): Handlers<keyof typeof contract> => ({
  createBackup: () => backups.create(),
  listBackups: () => backups.list(),
  prepareRestore: ({ body }) => backups.prepareRestore(body),
})
