import { limitsOf } from '#main/jobs/quota-limits.ts'
import type { RecordAudit } from '#main/server/audit-trail.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import type { ServiceContext } from '../context.ts'

/** Limits of the workspace, beside what is used of them. */
export function createAdminQuotas({ ledger, runner }: Pick<ServiceContext, 'ledger' | 'runner'>) {
  const running = (kind: string) => runner.list({ status: 'running', kind, limit: 1, offset: 0 }).total

  const describe = (): ReplyOf<'getQuotas'> => {
    const { max_concurrent_sweeps, max_concurrent_train_jobs, max_queue, max_rows_per_build } =
      limitsOf(ledger)
    return {
      limits: { max_concurrent_sweeps, max_concurrent_train_jobs, max_queue, max_rows_per_build },
      usage: {
        max_concurrent_sweeps: running('sweep'),
        max_concurrent_train_jobs: running('train'),
        max_queue: ledger.jobs.countQueued(),
        max_rows_per_build: ledger.matrices.mostRows(),
      },
    }
  }

  return {
    get: async () => describe(),
    async update({ limits }: InputOf<'updateQuotas'>['body'], record: RecordAudit) {
      ledger.transaction(() => {
        for (const [name, limit] of Object.entries(limits)) ledger.quotas.set(name, limit)
        record({ details: { limits } })
      })
      runner.wake()
      return describe()
    },
  }
}
