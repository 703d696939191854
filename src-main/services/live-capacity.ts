import type { StoredSignal } from '#main/ledger/signals.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import type { LiveMetrics } from '#shared/contract/signals.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'
import { medianOf } from './capacity.ts'
import type { ServiceContext } from './context.ts'

/** Share of what trades, or of open interest, that an order may be. */
const participation = 0.05
const contractSize = 100
const lowUnder = 100_000
const highFrom = 1_000_000

type Capacity = Pick<LiveMetrics, 'capacity' | 'capacity_label'>
type Decision = Pick<StoredSignal, 'ts' | 'ticker' | 'hour_et' | 'close'>

/**
 * Dollars that the model's signals could have moved: 5 % of the median notional traded in their hours, and for options at most 5 % of
 * the median open interest of its contracts in those hours, at the price of the underlying. null where the lake does not tell.
 */
export async function measureLiveCapacity(
  { lake, ledger, matrixStore }: Pick<ServiceContext, 'lake' | 'ledger' | 'matrixStore'>,
  model: Pick<LoadedModel, 'modelId' | 'assetType'>,
  signals: readonly Decision[],
): Promise<Capacity> {
  const unknown = { capacity: null, capacity_label: null }
  const traded: number[] = []
  for (const ticker of new Set(signals.map((signal) => signal.ticker))) {
    const times = signals.filter((signal) => signal.ticker === ticker).map(({ ts }) => Date.parse(ts))
    const range = { startTs: Math.min(...times), endTs: Math.max(...times) + 3_600_000 }
    traded.push(...notionals(await lake.bars(ticker, 'hourly', range), times))
  }
  const notional = medianOf(Float64Array.from(traded))
  if (notional === null) return unknown
  let capacity = participation * notional
  if (model.assetType === 'opt') {
    const interest = await medianInterest()
    const price = medianOf(Float64Array.from(signals, ({ close }) => close))
    if (interest === null || price === null) return unknown
    capacity = Math.min(capacity, participation * interest * contractSize * price)
  }
  return { capacity, capacity_label: labelOf(capacity) }

  /** Open interest of the contract that the model would trade, over the rows of its newest matrix in the signals' hours. */
  async function medianInterest(): Promise<number | null> {
    const build = ledger.buildRuns.latestFor(model.modelId)
    if (!build) return null
    const { matrix } = await matrixStore.load(build.matrix_sha)
    const interest = matrix.columns[matrix.features.indexOf('contract_oi')]
    if (!interest) return null
    const hours = new Set(signals.map(({ hour_et }) => hour_et ?? -1))
    return medianOf(interest.filter((_, row) => hours.has(matrix.hourEt[row]!)))
  }
}

/** Price times volume of the hour in which each decision fell; times outside every bar are left out. */
function notionals(bars: BarSeries, times: readonly number[]): number[] {
  return times.flatMap((time) => {
    let [low, high] = [0, bars.length]
    // First bar that closes at the decision or after it.
    while (low < high) {
      const middle = (low + high) >> 1
      if (bars.ts[middle]! < time) low = middle + 1
      else high = middle
    }
    const isInside = low < bars.length && bars.openTs[low]! < time
    return isInside ? [bars.close[low]! * bars.volume[low]!] : []
  })
}

export function labelOf(capacity: number): 'Low' | 'Medium' | 'High' {
  if (capacity < lowUnder) return 'Low'
  return capacity < highFrom ? 'Medium' : 'High'
}
