import type { Lake } from '#main/lake/lake.ts'
import type { StoredCadence } from '#main/lake/manifest.ts'
import type { Ledger } from '#main/ledger/ledger.ts'
import { lastSplit } from '#main/vendor/sync-actions.ts'
import { isSettled, type SyncKind, vendorSource } from '#main/vendor/sync-run.ts'
import { sessionDate, sessionOfDate } from '#shared/calendar/sessions.ts'
import { indicatorNeeds } from './indicator-needs.ts'
import type { MatrixPlan } from './matrix-plan.ts'

/** A series that a plan reads, and the sessions of it that are not there. */
export interface Coverage {
  /** In words: 5m bars of SPY. */
  name: string
  kind: Extract<SyncKind, 'bars' | 'options' | 'index'>
  cadence: '5m' | 'daily'
  /** Whose series stands in the lake; null where there is none. */
  source: string | null
  /** The plan means nothing without it. */
  isRequired: boolean
  /** Sessions of the window, and how many of them the lake lacks. */
  wanted: number
  missing: number[]
  /** Sessions before the window that features look back to and the lake lacks. */
  missingHistory: number[]
}

type Stand = Pick<Coverage, 'name' | 'kind' | 'cadence' | 'source' | 'isRequired'>

/** True where the vendor may add to a series: it is its own, or there is none yet. */
export const isOwn = ({ source }: Pick<Coverage, 'source'>): boolean =>
  source === null || source === vendorSource

/**
 * What the lake has of each series that a plan reads. Only sessions that have settled count: the others nobody can have. Sessions
 * that the vendor was asked for and has nothing of are not missing.
 * @param now epoch ms UTC
 */
export async function findCoverage(
  { lake, store }: { lake: Lake; store: Ledger['sync'] },
  plan: MatrixPlan,
  now: number,
): Promise<Coverage[]> {
  const { ticker } = plan
  const { needs, warmupSessions, flowSessions } = indicatorNeeds(plan)
  const catalog = await lake.catalog()
  const sourceOf = (kind: string) =>
    catalog.find((each) => each.kind === kind && (kind === 'index' || each.ticker === ticker))?.source ?? null
  const asked = (name: string, series: string) =>
    store.sessions(name, series).map(({ date }) => sessionOfDate(date))

  function cover(
    stand: Stand,
    has: Iterable<number>,
    history: number,
    first = plan.sessions.first,
  ): Coverage {
    const known = new Set(has)
    const window = settledFrom(first, plan.sessions.end, now)
    const before = settledFrom(Math.max(0, plan.sessions.first - history), first, now)
    const lacks = (session: number) => !known.has(session)
    return {
      ...stand,
      wanted: window.length,
      missing: window.filter(lacks),
      missingHistory: before.filter(lacks),
    }
  }

  const readsFlow =
    (plan.flow !== null || needs.has('flow')) && (plan.cadence === 'hourly' || plan.cadence === 'daily')
  // The strikes of a session lie around the close before it.
  const firstBar = readsFlow ? Math.max(0, plan.sessions.first - 1) : plan.sessions.first

  const read = new Map<StoredCadence, ReturnType<Lake['storedBars']>>()
  function storedBars(cadence: StoredCadence) {
    const known = read.get(cadence) ?? lake.storedBars(cadence, ticker)
    read.set(cadence, known)
    return known
  }

  async function coverBars(cadence: StoredCadence, isRequired: boolean): Promise<Coverage> {
    const stored = await storedBars(cadence)
    const isVendors = stored?.source === vendorSource
    const has = [...new Set(stored?.bars.session), ...(isVendors ? asked(ticker, `bars:${cadence}`) : [])]
    const stand: Stand = {
      name: `${cadence} bars of ${ticker}`,
      kind: 'bars',
      cadence: cadence === 'daily' ? 'daily' : '5m',
      source: stored?.source ?? null,
      isRequired,
    }
    return cover(stand, has, Math.max(warmupSessions, 1), firstBar)
  }

  const stored = async (cadence: StoredCadence) => (await storedBars(cadence))?.source
  const main = await mainCadence(plan, stored)
  const all = [await coverBars(main, true)]
  if (main === 'daily') {
    const readsFine = needs.has('intraday') || (plan.label.id === 'close_to_open' && plan.cadence === 'daily')
    if (readsFine) all.push(await coverBars('5m', false))
  } else if ((await stored('daily')) === vendorSource) {
    // Stored daily bars go before those made of finer ones, so they must reach as far.
    all.push(await coverBars('daily', true))
  }
  // Beside bars of a made-up market the real one has no place.
  const isReal = !all[0]!.source?.startsWith('simulated:')
  if (readsFlow && isReal) {
    const distance = plan.flow?.distance_max ?? 7
    const source = sourceOf('option_minutes')
    const split = lastSplit({ store, now }, ticker)
    const wide = store
      .series()
      .filter((each) => each.ticker === ticker && each.series.startsWith('options:'))
      .filter(({ series }) => Number(series.slice('options:'.length)) >= distance)
    const stand: Stand = {
      name: `minutes of same-day options of ${ticker}`,
      ...{ kind: 'options', cadence: '5m', source, isRequired: isOwn(all[0]!) },
    }
    const has =
      source === vendorSource
        ? wide.flatMap(({ series }) => asked(ticker, series))
        : (await lake.timesPerSession('option_minutes', ticker)).session
    const options = cover(stand, has, flowSessions)
    // The vendor's bars are adjusted for splits and strikes are not: options of before one cannot be placed.
    const isSound = (session: number) => split === undefined || sessionDate(session) >= split
    options.missing = options.missing.filter(isSound)
    options.missingHistory = options.missingHistory.filter(isSound)
    all.push(options)
  }
  if (needs.has('index') && isReal) {
    const source = sourceOf('index')
    const levels = await lake.indexLevels()
    const has = [...levels.session, ...(source === vendorSource ? asked('VIX', 'index') : [])]
    const stand: Stand = {
      name: 'daily levels of the VIX family',
      kind: 'index',
      cadence: 'daily',
      source,
      isRequired: false,
    }
    all.push(cover(stand, has, warmupSessions))
  }
  return all
}

/** The stored cadence that a plan's bars are read from, or would be once they are fetched. */
async function mainCadence(
  { cadence }: MatrixPlan,
  stored: (cadence: StoredCadence) => Promise<string | undefined>,
): Promise<StoredCadence> {
  if ((await stored(cadence)) !== undefined) return cadence
  if (cadence !== 'daily') return '5m'
  return (await stored('5m')) === undefined ? 'daily' : '5m'
}

function settledFrom(first: number, end: number, now: number): number[] {
  const sessions: number[] = []
  for (let session = first; session < end && isSettled(session, now); session++) sessions.push(session)
  return sessions
}
