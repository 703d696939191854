import type { RecordAudit } from '#main/server/audit-trail.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import type { ServiceContext } from '../context.ts'
import { withPage } from '../page.ts'

/** The queue as an admin sees and steers it. */
export function createAdminJobs({ ledger, runner }: Pick<ServiceContext, 'ledger' | 'runner'>) {
  return {
    list: async ({
      status,
      kind,
      ...page
    }: InputOf<'listAdminJobs'>['query']): Promise<ReplyOf<'listAdminJobs'>> =>
      withPage(page, 50, (range) => runner.list({ status, kind, ...range })),

    retry: async (id: string, record: RecordAudit) => ({
      job: ledger.transaction(() => {
        const { kind, title } = runner.get(id)
        record({ details: { kind, title } })
        return runner.retry(id)
      }),
    }),

    async cancel(id: string, record: RecordAudit): Promise<{ job: JobRow }> {
      // A waiting job ends before `cancel` returns, so inside the transaction; a running one is asked to stop and ends later.
      const canceled = ledger.transaction(() => {
        const { kind, title, status } = runner.get(id)
        record({ details: { kind, title, was: status } })
        return { job: runner.cancel(id) }
      })
      return { job: await canceled.job }
    },
  }
}
