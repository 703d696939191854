import { limitsOf } from '#main/jobs/quota-limits.ts'
import type { JobUse } from '#main/ledger/jobs.ts'
import type { RecordAudit } from '#main/server/audit-trail.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import type { ServiceContext } from '../context.ts'

/** Limits that hold for each user, beside what is used of them. */
export function createAdminQuotas({ ledger, runner }: Pick<ServiceContext, 'ledger' | 'runner'>) {
  const describe = (): ReplyOf<'getQuotas'> => {
    const { max_concurrent_sweeps, max_concurrent_train_jobs, max_queue, max_rows_per_build } =
      limitsOf(ledger)
    const use = ledger.jobs.use()
    const usageOf = (user: number | null) => sumUp(use.filter(({ user_id }) => user_id === user))
    return {
      limits: { max_concurrent_sweeps, max_concurrent_train_jobs, max_queue, max_rows_per_build },
      usage: { ...sumUp(use), max_rows_per_build: ledger.matrices.mostRows() },
      users: [
        ...ledger.users.list().map(({ id, email }) => ({ user_id: id, email, usage: usageOf(id) })),
        { user_id: null, email: null, usage: usageOf(null) },
      ],
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

function sumUp(use: readonly JobUse[]) {
  const running = (wanted: string) =>
    use.reduce((sum, { kind, running: count }) => sum + (kind === wanted ? count : 0), 0)
  return {
    max_concurrent_sweeps: running('sweep'),
    max_concurrent_train_jobs: running('train'),
    max_queue: use.reduce((sum, { queued }) => sum + queued, 0),
  }
}
