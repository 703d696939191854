import type { Services } from '#main/services/index.ts'
import type { data as contract } from '#shared/contract/data.ts'
import type { Handlers } from '../handlers.ts'

export const dataRoutes = ({ data }: Services): Handlers<keyof typeof contract> => ({
  importData: ({ query, body }, { upload }) =>
    upload === undefined ? data.importFile(body) : data.importUpload(query, upload),
  listImports: ({ query }) => data.list(query),
  undoImport: ({ params }) => data.undo(params.id),
})
