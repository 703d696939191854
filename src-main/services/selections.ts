import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import type { SelectionService } from './index.ts'

/** Kept sets of configurations. */
export function createSelectionService({ ledger }: Pick<ServiceContext, 'ledger'>): SelectionService {
  return {
    create: async ({ items }) => ({ selection_id: String(ledger.selections.add(items)) }),
    async get(id) {
      const selection = ledger.selections.get(Number(id))
      if (selection === undefined) throw new SigmaError('NOT_FOUND', `selection ${id} does not exist`)
      return selection
    },
  }
}
