import type { Ledger } from '#main/ledger/ledger.ts'

/** Limits of each user until an admin sets others. */
export const defaultLimits = {
  max_concurrent_sweeps: 2,
  max_concurrent_train_jobs: 2,
  max_queue: 100,
  max_rows_per_build: 1_000_000,
} as const

export type QuotaName = keyof typeof defaultLimits

/** The limits as they stand now. */
export function limitsOf({ quotas }: Pick<Ledger, 'quotas'>): Record<QuotaName, number> {
  return { ...defaultLimits, ...quotas.list() }
}
