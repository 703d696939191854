import type { HashParams } from '#renderer/stores/hash-state.ts'
import type { InputOf } from '#shared/contract/index.ts'
import { contract } from '#shared/contract/index.ts'

type Query = InputOf<'listAdminAudit'>['query']

export const methods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const
export const periods = [
  { value: 'day', label: 'Today' },
  { value: 'week', label: '7 days' },
  { value: 'month', label: '30 days' },
  { value: 'all', label: 'All' },
  { value: 'dates', label: 'Dates' },
] as const
export type Period = (typeof periods)[number]['value']

const days: Partial<Record<Period, number>> = { day: 0, week: 6, month: 29 }

/** What the link says of the filter. */
export const filterFields = ['period', 'start', 'end', 'user', 'method', 'path', 'pack', 'model'] as const

const { properties } = contract.listAdminAudit.query
const isDate = (text: string | undefined): text is string => /^\d{4}-\d\d-\d\d$/.test(text ?? '')

/** The request that a link stands for; what is only half typed is left out. */
export function auditQuery(params: HashParams, now: Date): { period: Period; query: Query } {
  const period = periods.find(({ value }) => value === params['period'])?.value ?? 'week'
  const back = days[period]
  // The log keeps UTC, and its days are those of UTC.
  const dayOf = (ago: number) => new Date(now.getTime() - ago * 86_400_000).toISOString().slice(0, 10)
  const { start, end, user, method, path, pack, model } = params
  const query: Query = {}
  if (back !== undefined) query.start = dayOf(back)
  if (period === 'dates' && isDate(start)) query.start = start
  if (period === 'dates' && isDate(end)) query.end = end
  if (user !== undefined && /^[1-9]\d{0,14}$/.test(user)) query.user_id = Number(user)
  if (methods.some((each) => each === method)) query.method = method!
  if (path?.startsWith('/') === true) query.path = path
  if (pack !== undefined && matches(properties.pack_id, pack)) query.pack_id = pack
  if (model !== undefined && matches(properties.model_id, model)) query.model_id = model
  return { period, query }
}

const matches = (schema: unknown, text: string): boolean =>
  new RegExp((schema as { pattern: string }).pattern).test(text)
