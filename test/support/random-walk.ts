import { emptyBars } from '#main/lake/resample-bars.ts'
import type { LoadedMatrix } from '#main/services/matrix-store.ts'
import { tableOf } from '#main/services/scoring.ts'
import { sessionClose, sessionOfDate, sessionOpen } from '#shared/calendar/sessions.ts'
import { resolveLabel } from '#shared/catalog/labels/resolve.ts'
import type { RunMetrics } from '#shared/contract/metrics.ts'
import type { BuildMatrixInput } from '#shared/jobs/build-matrix.ts'
import { createRandom } from '#shared/kernels/random.ts'
import { makeSpec } from '#test/learning-table.ts'
import { buildMatrix } from '#workers/jobs/build-matrix.ts'
import { evaluateConfigs } from '#workers/jobs/evaluate-configs.ts'
import { scoreFold } from '#workers/jobs/score-fold.ts'

const context = { report: () => {}, cancelled: () => false }
const SESSIONS = 900
/** Sessions that the indicators look back on before the first row. */
const HISTORY = 60
const SPLITS = 5

/**
 * What research finds where there is nothing to find: indicators of a driftless random walk, labels from the same walk, boosted
 * trees in walk-forward, thresholds chosen in the training parts, trades at no cost. Neither features nor scores can know the next
 * price, which expects to stay where it is at every instant that a trade may be filled.
 */
export function researchRandomWalk(seed: number, horizonDays: number): RunMetrics {
  const { matrix, path } = buildMatrix(walk(seed, horizonDays), context)
  const model = makeSpec({ n_estimators: 30, max_depth: 3, min_child_samples: 20, seed })
  const cv = { scheme: 'walk_forward' as const, splits: SPLITS, embargo: 0 }
  const scoring = { hours: null, features: matrix.features, model, cv, calibration: 'sigmoid' as const }
  const { table, rows } = tableOf({ matrix, path } as LoadedMatrix, scoring, null)
  const folds = Array.from({ length: SPLITS }, (_, fold) =>
    scoreFold({ table, model, cv, fold, calibration: 'sigmoid' }, context),
  )
  const [result] = evaluateConfigs(
    {
      ...{
        path,
        rows,
        folds,
        fill: 'next_open',
        horizonBars: horizonDays,
        barsPerSession: 1,
        slippageBps: 0,
      },
      configs: [
        {
          ...{ kind: 'thr', values: [0.5, 0.52, 0.55, 0.6, 0.65], selectBy: 'sharpe', reportEach: false },
          ...{ perHourThresholds: false, sizeByConf: false, confCap: 1, momentumGate: false, momentumMin: 0 },
        },
      ],
    },
    context,
  )
  return result!.metrics
}

function walk(seed: number, days: number): BuildMatrixInput {
  const random = createRandom(seed)
  const first = sessionOfDate('2012-01-03')
  const bars = emptyBars(SESSIONS)
  let price = 100
  for (let i = 0; i < SESSIONS; i++) {
    bars.session[i] = first + i
    bars.openTs[i] = sessionOpen[first + i]!
    bars.ts[i] = sessionClose[first + i]!
    price *= 1 + 0.005 * random.nextGaussian()
    bars.open[i] = price
    price *= 1 + 0.01 * random.nextGaussian()
    bars.close[i] = price
    bars.high[i] = Math.max(bars.open[i]!, price) * (1 + 0.004 * random.next())
    bars.low[i] = Math.min(bars.open[i]!, price) * (1 - 0.004 * random.next())
    bars.volume[i] = 1e6 * (1 + random.next())
    bars.vwap[i] = (bars.high[i]! + bars.low[i]!) / 2
  }
  const { label, params } = resolveLabel(`fwd_ret_${days}d`)
  return {
    ...{ cadence: 'daily', barsPerSession: 1, bars, trueBars: bars, daily: bars },
    hourEt: new Int32Array(SESSIONS).fill(-1),
    sessionClose: bars.ts,
    nextSessionOpen: Float64Array.from(bars.session, (session) => sessionOpen[session + 1]!),
    ...{ firstRow: HISTORY, endRow: SESSIONS },
    ...{ intraday: null, index: null, flow: null, chain: null, flowBlock: null, contractColumns: false },
    indicators: [
      'ret__window=1',
      'ret__window=5',
      'rsi__period=14',
      'rolling_std__window=20',
      'cmf__period=20',
    ],
    label: { id: label.id, params },
    hoursFilter: null,
  }
}

/** Sharpe ratios of many walks, and how many look significant. */
export interface LuckSummary {
  /** Walks that a threshold was ever reached on; the others have no Sharpe ratio. */
  traded: number
  idle: number
  mean: number
  sd: number
  /** Least, 5 %, 25 %, 50 %, 75 %, 95 % and greatest. */
  quantiles: number[]
  significant: number
}

export function summariseLuck(runs: readonly RunMetrics[]): LuckSummary {
  const sharpes = runs.flatMap(({ sharpe }) => (sharpe === null ? [] : [sharpe])).sort((a, b) => a - b)
  const traded = sharpes.length
  const mean = sharpes.reduce((sum, sharpe) => sum + sharpe, 0) / traded
  const sd = Math.sqrt(sharpes.reduce((sum, sharpe) => sum + (sharpe - mean) ** 2, 0) / (traded - 1))
  const quantiles = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1].map((p) => sharpes[Math.round(p * (traded - 1))]!)
  const significant = runs.filter(({ psr }) => psr !== null && psr > 0.95).length
  return { traded, idle: runs.length - traded, mean, sd, quantiles, significant }
}
