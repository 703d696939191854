import { statfs } from 'node:fs/promises'
import { dayOfDate } from '#shared/calendar/civil-date.ts'
import { newYorkToUtc } from '#shared/calendar/new-york.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import type { WorkspaceService } from './index.ts'
import { thinBars } from './thin-bars.ts'

type Described = ReplyOf<'getWorkspace'>

export interface WorkspaceFacts {
  name: string
  version: string
  /** ISO 8601 UTC. */
  created_at: string
  sample: () => Described['sample']
}

type Dependencies = Pick<ServiceContext, 'root' | 'ledger' | 'packStore' | 'lake' | 'runner'> & {
  facts: WorkspaceFacts
}

/** What is in the workspace, and its market data. */
export function createWorkspaceService({
  root,
  ledger,
  packStore,
  lake,
  runner,
  facts,
}: Dependencies): WorkspaceService {
  const jobs = (filter: { status?: string; recovered?: boolean }) =>
    runner.list({ limit: 50, offset: 0, ...filter }).rows
  return {
    async describe() {
      return {
        name: facts.name,
        folder: root,
        version: facts.version,
        created_at: facts.created_at,
        sample: facts.sample(),
        counts: { models: packStore.models().length, ...ledger.stats() },
        jobs: [...jobs({ status: 'running' }), ...jobs({ status: 'queued' })],
        recovered: jobs({ recovered: true }),
        disk_free_bytes: await freeBytes(root),
        pack_problems: packStore.problems().length,
      }
    },

    async catalog() {
      const rows = await lake.catalog()
      return {
        series: rows.map(({ opensAreCloses: _, contentSha: __, knownAt, ...row }) => ({
          ...row,
          known_at: knownAt,
        })),
      }
    },

    async bars({ ticker: given, hours = 'regular', cadence = 'daily', start, end, max_points = 2000 }) {
      const ticker = given.toUpperCase()
      const isRegular = hours === 'regular'
      if (!isRegular && cadence !== '5m') {
        throw new SigmaError('INVALID_PARAM', `hours extended needs cadence 5m, got ${cadence}`)
      }
      const kind = isRegular ? 'bars' : 'extended_bars'
      const what = isRegular ? 'bars' : 'bars outside regular hours'
      const own = (await lake.catalog()).filter((each) => each.kind === kind && each.ticker === ticker)
      const [any] = own
      if (any === undefined) throw new SigmaError('NO_DATA', `the lake has no ${what} of ${ticker}`)
      const { source, simulated } = own.find((each) => each.cadence === cadence) ?? any
      const first = start ?? own.map((each) => each.first.slice(0, 10)).reduce((a, b) => (a < b ? a : b))
      const last = end ?? own.map((each) => each.last.slice(0, 10)).reduce((a, b) => (a > b ? a : b))
      const range = {
        startTs: newYorkToUtc(dayOfDate(first), 0),
        endTs: newYorkToUtc(dayOfDate(last) + 1, 0),
      }
      if (range.endTs <= range.startTs) {
        throw new SigmaError('INVALID_PARAM', `end ${last} is before start ${first}`)
      }
      const bars = await (isRegular ? lake.bars(ticker, cadence, range) : lake.extendedBars(ticker, range))
      if (bars.length === 0) {
        throw new SigmaError(
          'NO_DATA',
          `the lake has no ${cadence} ${what} of ${ticker} from ${first} to ${last}`,
        )
      }
      return { ticker, cadence, source, simulated, ...thinBars(bars, max_points), bars_total: bars.length }
    },
  }
}

async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    // Some network file systems do not tell.
    return null
  }
}
