import type { Services } from '#main/services/index.ts'
import type { workspace as contract } from '#shared/contract/workspace.ts'
import type { Handlers } from '../handlers.ts'

export const workspaceRoutes = ({ workspace }: Services): Handlers<keyof typeof contract> => ({
  getWorkspace: () => workspace.describe(),
  getDataCatalog: () => workspace.catalog(),
  getBars: ({ query }) => workspace.bars(query),
})
