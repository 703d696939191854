import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import type { ViewService } from './index.ts'

/** Views of a screen that a person has named. */
export function createViewService({ ledger }: Pick<ServiceContext, 'ledger'>): ViewService {
  return {
    list: async ({ screen }) => ({ rows: ledger.views.list(screen) }),
    save: async (body) => ({ view: ledger.views.save(body) }),
    async remove(id) {
      const view = ledger.views.remove(Number(id))
      if (view === undefined) throw new SigmaError('NOT_FOUND', `no view has the id ${id}`)
      return { view }
    },
  }
}
