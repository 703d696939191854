import type { JobRunContext } from '#main/jobs/job-types.ts'
import { runSync } from '#main/vendor/sync.ts'
import { requestRuns, type SyncRequest, vendorSource, vendorTicker } from '#main/vendor/sync-run.ts'
import { sessionDate } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import { type Coverage, findCoverage, isOwn } from './matrix-coverage.ts'
import type { MatrixPlan } from './matrix-plan.ts'
import { sessionList } from './session-list.ts'
import type { VendorAccess } from './vendor-access.ts'

type Dependencies = Pick<ServiceContext, 'lake' | 'ledger' | 'clock' | 'announce'>

/**
 * Fetches from the vendor what a plan's window lacks, and as much of the history before it as the vendor gives. Series from other
 * sources are left alone. Returns warnings. Throws NO_DATA that names the series and their sessions where there is no key or the
 * vendor does not have them, CONFLICT where a series from another source holds nothing of the window.
 */
export async function fetchMissing(
  { lake, ledger, clock, announce }: Dependencies,
  vendor: VendorAccess,
  plan: MatrixPlan,
  job: JobRunContext,
): Promise<string[]> {
  const store = ledger.sync
  const look = () => findCoverage({ lake, store }, plan, Date.parse(clock()))
  const seen = await look()
  const warnings = seen.flatMap(foreignWarning)
  requireOwnWindow(seen, vendor.hasKey())
  if (!vendor.hasKey()) {
    requireCovered(seen)
    return warnings
  }
  if (!seen.some(isToFetch)) return warnings
  job.report({ done: 0, total: 1, note: 'waiting for another fetch to end' })
  await vendor.alone(async () => {
    job.checkpoint()
    const client = vendor.client()
    try {
      // Options stand on the closes before them, so the bars of window and history come first.
      for (const each of await look()) if (isToFetch(each)) await fetchSeries(each)
    } finally {
      announce('data', { source: 'sync', ticker: plan.ticker })
    }

    async function fetchSeries(each: Coverage): Promise<void> {
      if (each.missing.length > 0) {
        try {
          warnings.push(...(await fetchSessions(each, each.missing)))
        } catch (error) {
          if (!(error instanceof SigmaError) || error.code !== 'NO_DATA') throw error
          const message = `the lake lacks ${lackOf(each)}, and they could not be fetched: ${error.message}`
          if (each.isRequired) throw new SigmaError('NO_DATA', message, { details: detailsOf([each]) })
          warnings.push(message)
          return
        }
      }
      await fetchHistory(each)
    }

    /** Newest first, up to where the vendor has no more or the plan gives no more. */
    async function fetchHistory(each: Coverage): Promise<void> {
      const unit = each.kind === 'bars' && each.cadence === '5m' ? 'month' : 'year'
      for (const { sessions } of requestRuns(each.missingHistory, unit).reverse()) {
        try {
          warnings.push(...(await fetchSessions(each, sessions)))
        } catch (error) {
          if (!(error instanceof SigmaError) || error.code !== 'NO_DATA') throw error
          const until = sessionDate(sessions.at(-1)!)
          warnings.push(`features have no ${each.name} up to ${until} to look back to: ${error.message}`)
          return
        }
      }
    }

    async function fetchSessions({ kind, cadence }: Coverage, sessions: number[]): Promise<string[]> {
      const request: SyncRequest = {
        tickers: [vendorTicker(plan.ticker)],
        cadence,
        start: sessionDate(sessions[0]!),
        end: sessionDate(sessions.at(-1)!),
        kinds: [kind],
        distance: plan.flow?.distance_max ?? 7,
        replace: false,
      }
      return (await runSync({ client, lake, store }, request, Date.parse(clock()), job)).warnings
    }
  })
  return [...new Set(warnings)]
}

const isToFetch = (each: Coverage): boolean =>
  isOwn(each) && each.missing.length + each.missingHistory.length > 0
const lackOf = (each: Coverage): string => `${each.name} for ${sessionList(each.missing)}`

/** Throws where required bars from another source hold nothing of the window: the vendor's cannot stand beside them. */
function requireOwnWindow(seen: Coverage[], hasKey: boolean): void {
  const foreign = seen.find(
    (each) => each.isRequired && !isOwn(each) && each.wanted > 0 && each.missing.length === each.wanted,
  )
  if (foreign === undefined) return
  throw new SigmaError(
    hasKey ? 'CONFLICT' : 'NO_DATA',
    `the lake lacks ${lackOf(foreign)}: its ${foreign.name} come from ${foreign.source}, and sources are never mixed. ` +
      `Import the sessions into ${foreign.source}, or replace the series: POST /data/sync with replace takes ${vendorSource} instead` +
      (hasKey ? '' : ', once POLYGON_API_KEY is set'),
    { details: detailsOf([foreign]) },
  )
}

/** Throws NO_DATA naming every series and session that would have to be fetched, where a required one is among them. */
function requireCovered(seen: Coverage[]): void {
  const lacking = seen.filter((each) => isOwn(each) && each.missing.length > 0)
  if (!lacking.some(({ isRequired }) => isRequired)) return
  throw new SigmaError(
    'NO_DATA',
    `the lake lacks ${lacking.map(lackOf).join('; ')}. Set POLYGON_API_KEY and the build fetches them, or import them`,
    { details: detailsOf(lacking) },
  )
}

function detailsOf(lacking: Coverage[]) {
  const missing = lacking.map(({ name, kind, source, missing: sessions }) => ({
    ...{ series: name, kind, source },
    sessions: sessions.slice(0, 1000).map(sessionDate),
  }))
  return { missing }
}

function foreignWarning(each: Coverage): string[] {
  if (isOwn(each) || each.missing.length === 0) return []
  return [`${each.source} has no ${each.name} for ${sessionList(each.missing)}`]
}
