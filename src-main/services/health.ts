import type { CatalogRow } from '#main/lake/catalog-rows.ts'
import type { Lake } from '#main/lake/lake.ts'
import { dayOfDate } from '#shared/calendar/civil-date.ts'
import { newYorkToUtc } from '#shared/calendar/new-york.ts'
import { indicators } from '#shared/catalog/indicators/index.ts'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { contract } from '#shared/contract/index.ts'
import type { ServiceContext } from './context.ts'
import type { HealthService } from './index.ts'

/** Router names as the API document spells them. */
const documentedRouters = [
  'models',
  'backtest',
  'admin',
  'audit',
  'calibration',
  'datasets',
  'health',
  'indicators',
  'leaderboard',
  'model_cards',
  'options',
  'packs',
  'policy',
  'runs',
  'signals',
  'sweep',
  'training',
]

interface HealthDependencies extends Pick<ServiceContext, 'ledger' | 'packStore' | 'lake'> {
  hasVendorKey: () => boolean
}

/** What works and what is missing. No data for the ticker asked about is an error here, being offline is not. */
export function createHealthService({
  ledger,
  packStore,
  lake,
  hasVendorKey,
}: HealthDependencies): HealthService {
  return {
    async details({ ticker = 'SPY', pack_id, model_id }) {
      const errors: Record<string, string> = {}
      const catalog = await lake.catalog()
      const own = catalog.filter((each) => each.ticker === ticker.toUpperCase())
      const rowsOf = (kind: string, cadence?: string) =>
        own
          .filter((each) => each.kind === kind && (cadence === undefined || each.cadence === cadence))
          .reduce((sum, each) => sum + each.rows, 0)
      const daily = rowsOf('bars', 'daily')
      const hourly = rowsOf('bars', 'hourly')
      const snapshots = rowsOf('chain')
      if (!own.some(({ kind }) => kind === 'bars')) errors['bars'] = `the lake has no bars of ${ticker}`
      note(errors, 'pack', () => pack_id !== undefined && packStore.pack(pack_id))
      note(errors, 'model', () => model_id !== undefined && packStore.model(model_id, pack_id))
      const dbOk = note(errors, 'ledger', () => ledger.stats())
      return {
        ok: Object.keys(errors).length === 0,
        checks: {
          routers: routersOf(Object.values<Endpoint>(contract)),
          indicators_count: indicators.size,
          polygon_api_key: hasVendorKey(),
          daily_bars_rows: daily,
          hourly_bars_rows: hourly,
          snapshot_rows: snapshots,
          snapshot_has_iv: await hasImpliedVolatility(lake, own),
          db_ok: dbOk,
        },
        errors,
      }
    },
  }
}

/** Looks at the newest session's chain. */
async function hasImpliedVolatility(lake: Lake, series: readonly CatalogRow[]): Promise<boolean> {
  const chain = series.find(({ kind }) => kind === 'chain')
  if (chain === undefined) return false
  const { iv } = await lake.chain(chain.ticker, { startTs: newYorkToUtc(dayOfDate(chain.last), 0) })
  return iv.some((each) => !Number.isNaN(each))
}

/** Every documented router by whether it answers, and those that came later. */
function routersOf(endpoints: readonly Endpoint[]): Record<string, boolean> {
  const present = endpoints.map(({ tag }) => tag.toLowerCase().replaceAll(' ', '_'))
  return {
    ...Object.fromEntries(documentedRouters.map((name) => [name, present.includes(name)])),
    ...Object.fromEntries(present.map((name) => [name, true])),
  }
}

function note(errors: Record<string, string>, name: string, check: () => unknown): boolean {
  try {
    check()
    return true
  } catch (error) {
    errors[name] = error instanceof Error ? error.message : String(error)
    return false
  }
}
