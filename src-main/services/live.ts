import type { SignalFill, StoredSignal } from '#main/ledger/signals.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import type { RiskProfile } from '#shared/contract/schemas.ts'
import { type LiveMetrics, mostFillRows } from '#shared/contract/signals.ts'
import { leastForIndex } from '#shared/kernels/stability-index.ts'
import type { ServiceContext } from './context.ts'
import type { LiveService } from './index.ts'
import { measureLiveCapacity } from './live-capacity.ts'
import { measureDrift } from './live-drift.ts'
import { measureLive } from './live-metrics.ts'
import { withPage } from './page.ts'
import { type Fill, type FillProblem, readFills, requireNone } from './read-fills.ts'
import { writeSignalsCsv } from './signals-csv.ts'

interface Span {
  start?: string | undefined
  end?: string | undefined
}

type Dependencies = Pick<
  ServiceContext,
  'root' | 'ledger' | 'packStore' | 'lake' | 'duck' | 'matrixStore' | 'clock' | 'announce'
>

const allRows = { limit: 1_000_000, offset: 0 }

/** What became of signals, and how models do live. */
export function createLiveService(context: Dependencies): LiveService {
  const { ledger, packStore, clock } = context

  const signalsOf = (model_id: string, risk_profile: RiskProfile, { start, end }: Span): StoredSignal[] =>
    ledger.signals.list({ model_id, risk_profile, start, end, ...allRows }).rows

  async function measure(model: LoadedModel, signals: readonly StoredSignal[]): Promise<LiveMetrics> {
    return {
      ...measureLive(signals, model, Date.parse(clock())),
      ...(await measureLiveCapacity(context, model, signals)),
    }
  }

  /** A fill with its slippage; the reference of an option’s premium can only come with the import. */
  function fillOf(fill: Fill, signal: StoredSignal, assetType: string): SignalFill {
    const reference = fill.entry_ref_px ?? (assetType === 'eq' ? signal.entry_ref_px : null)
    const { model_id, risk_profile, ticker, ts, status, fill_px, pnl, rr, tag } = fill
    const isKnown = fill_px !== null && reference !== null && isOfOneThing(fill_px, reference)
    const slip = isKnown ? Math.abs(fill_px - reference) : null
    const slippage = fill.slippage ?? slip
    return { model_id, risk_profile, ticker, ts, status, fill_px, slippage, pnl, rr, tag }
  }

  return {
    async importFills({ dry_run = false, ...source }) {
      const fills = await readFills(context, source)
      const unknown: Fill[] = []
      const known: SignalFill[] = []
      const before: StoredSignal[] = []
      const problems: FillProblem[] = []
      for (const fill of fills) {
        const signal = ledger.signals.find(fill)
        if (signal === undefined) unknown.push(fill)
        else if (fill.side !== null && fill.side !== signal.side) {
          problems.push({ line: fill.line, message: `side ${fill.side}, but the signal is a ${signal.side}` })
        } else {
          known.push(fillOf(fill, signal, assetTypeOf(fill.model_id)))
          before.push(signal)
        }
      }
      requireNone(problems)
      if (!dry_run) {
        ledger.signals.recordFills(known)
        for (const model_id of new Set(known.map((fill) => fill.model_id))) {
          await writeSignalsCsv(context, model_id)
          context.announce('result', { kind: 'fills', model_id })
        }
      }
      return {
        dry_run,
        count: fills.length,
        updated: known.length,
        unknown: unknown.map(({ line, ts, model_id, risk_profile, ticker }) => {
          return { line, ts, model_id, risk_profile, ticker }
        }),
        before: before.length > mostFillRows ? null : before.map(rowOf),
      }
    },

    async summary({ model_id, risk_profile = 'balanced', ...span }) {
      const model = packStore.model(model_id)
      const metrics = await measure(model, signalsOf(model.modelId, risk_profile, span))
      return { model_id: model.modelId, risk_profile, period: periodOf(span), metrics }
    },

    async leaderboard({ pack, risk_profile, start, end, limit, offset }) {
      if (pack !== undefined) packStore.pack(pack)
      const span = { start, end }
      const rows: ReplyOf<'getSignalsLeaderboard'>['rows'] = []
      for (const book of ledger.signals.books({ pack_id: pack, risk_profile, ...span })) {
        const model = modelOf(book.model_id)
        if (model === null) continue
        const metrics = await measure(model, signalsOf(book.model_id, book.risk_profile, span))
        const { lineage = {} } = ledger.artifacts.latestFor(book.model_id, book.risk_profile)?.meta ?? {}
        rows.push({ ...book, period: periodOf(span), metrics, lineage: lineage as Record<string, unknown> })
      }
      const order = ({ metrics }: (typeof rows)[number]) => metrics.sharpe ?? Number.NEGATIVE_INFINITY
      rows.sort((a, b) => compare(order(b), order(a)) || b.metrics.trades - a.metrics.trades)
      const board = withPage({ limit: limit ?? 50, offset: offset ?? 0 }, 50, (page) => ({
        rows: rows.slice(page.offset, page.offset + page.limit),
        total: rows.length,
      }))
      return { ...board, least: leastForIndex }
    },

    async performance(modelId, { risk_profile = 'balanced', ...span }) {
      const model = packStore.model(modelId)
      const signals = signalsOf(model.modelId, risk_profile, span)
      const row = ledger.backtestRuns.latestFor(model.modelId)
      return {
        model_id: model.modelId,
        risk_profile,
        live: {
          period: periodOf(span),
          metrics: await measure(model, signals),
          least: leastForIndex,
          drift: await measureDrift(context, { model_id: model.modelId, risk_profile, ...span }),
        },
        backtest: row
          ? {
              backtest_run_id: row.id,
              started_at: row.started_at,
              risk_profile: row.lineage.risk_profile,
              metrics: {
                ...row.metrics,
                best_sharpe_hourly: row.best_sharpe_hourly,
                best_cum_ret: row.best_cum_ret,
              },
            }
          : null,
      }
    },
  }

  /** null for a model whose config is gone or broken: its signals stay, its figures need its cadence. */
  function modelOf(modelId: string): LoadedModel | null {
    try {
      return packStore.model(modelId)
    } catch {
      return null
    }
  }

  function assetTypeOf(modelId: string): string {
    return modelOf(modelId)?.assetType ?? 'opt'
  }
}

/** A signal as the row of an import that would leave it as it is. */
function rowOf({ ts, model_id, risk_profile, ticker, ...signal }: StoredSignal) {
  const { fill_px, slippage, status, rr, pnl, tag } = signal
  return { ts, model_id, risk_profile, ticker, fill_px, slippage, status, rr, pnl, tag }
}

/** A premium is not held against a price of the underlying: such a slip would be hundreds of dollars. */
function isOfOneThing(price: number, reference: number): boolean {
  return price > reference / 2 && price < reference * 2
}

function periodOf({ start, end }: Span) {
  return { start: start ?? null, end: end ?? null }
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}
