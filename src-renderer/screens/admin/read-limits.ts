import { formatCount } from '#renderer/components/format.ts'
import { contract, type ReplyOf } from '#shared/contract/index.ts'

type Limits = ReplyOf<'getQuotas'>['limits']
export type QuotaName = keyof Limits

/** The limits in the order of the table, with what their use counts. */
export const quotaNames = [
  { name: 'max_concurrent_sweeps', title: 'Sweeps at once', use: 'running' },
  { name: 'max_concurrent_train_jobs', title: 'Trainings at once', use: 'running' },
  { name: 'max_queue', title: 'Jobs waiting', use: 'waiting' },
  { name: 'max_rows_per_build', title: 'Rows of a matrix', use: 'in the largest' },
] as const satisfies { name: QuotaName; title: string; use: string }[]

interface Range {
  description: string
  minimum: number
  maximum: number
}

/** What the contract says of a limit. */
export const limitRange = (name: QuotaName): Range =>
  contract.getQuotas.reply.properties.limits.properties[name] as unknown as Range

/** What was typed into the form, as a change of the limits and what is wrong with it. */
export function readLimits(
  typed: Readonly<Record<string, string>>,
  limits: Limits,
): { changed: Partial<Limits>; problems: Partial<Record<QuotaName, string>> } {
  const changed: Partial<Limits> = {}
  const problems: Partial<Record<QuotaName, string>> = {}
  for (const { name } of quotaNames) {
    const text = typed[name]?.replaceAll(/[\s,_]/g, '')
    if (text === undefined) continue
    const { minimum, maximum } = limitRange(name)
    const value = Number(text)
    if (text === '' || !Number.isInteger(value) || value < minimum || value > maximum) {
      problems[name] = `a whole number from ${formatCount(minimum)} to ${formatCount(maximum)}`
    } else if (value !== limits[name]) changed[name] = value
  }
  return { changed, problems }
}
