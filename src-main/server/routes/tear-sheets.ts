import type { Services } from '#main/services/index.ts'
import type { tearSheets as contract } from '#shared/contract/tear-sheet.ts'
import type { Handlers } from '../handlers.ts'

export const tearSheetRoutes = ({ tearSheets }: Services): Handlers<keyof typeof contract> => ({
  getTearSheet: ({ params }) => tearSheets.get(params.id),
  getRunBars: ({ params, query }) => tearSheets.bars(params.id, query),
})
