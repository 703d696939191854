import type { Services } from '#main/services/index.ts'
import type { matrices as contract } from '#shared/contract/matrices.ts'
import type { Handlers } from '../handlers.ts'

export const matrixRoutes = ({ matrices }: Services): Handlers<keyof typeof contract> => ({
  buildMatrix: ({ body }) => matrices.build(body),
  buildStockMatrix: ({ body }) => matrices.buildStock(body),
  previewMatrix: ({ body }) => matrices.preview(body),
  buildMatrixByWindow: ({ body }) => matrices.buildByWindow(body),
  getMatrix: ({ params }) => matrices.get(params.matrix_sha),
  getMatrixProfile: ({ params, query }) => matrices.profile(params.matrix_sha, query),
})
