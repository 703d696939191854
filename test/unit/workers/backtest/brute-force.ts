import type { EvaluateInput, StrategyConfig } from '#shared/jobs/evaluate-types.ts'

// The evaluator once more, with objects and a loop over every trade at every instant: slow, plain, and sharing no code with it.

interface Trade {
  size: number
  /** Instants 2b (open of bar b) and 2b + 1 (its close); held from after `enter` until `leave`. */
  enter: number
  leave: number
  decidedAt: number
  pnl: number
  row: number
}

export interface BruteResult {
  thresholds: number[]
  daily: number[]
  equity: number
  turnover: number
  exposure: number
  paid: number
  trades: number
  tradeReturns: number[]
  sharpe: number
  /** Net return of each bar, and the sum of returns before costs. */
  barReturns: number[]
  gross: number
  traded: number
  /** Bars over which each trade is exposed, first and last. */
  lives: [number, number][]
  /** Tested rows that could have been traded, whatever was signalled. */
  tradable: number
}

interface Signal {
  row: number
  size: number
}

const sum = (x: number[]) => x.reduce((a, b) => a + b, 0)

export function sharpeOfDays(daily: number[]): number {
  const mean = sum(daily) / daily.length
  const deviation = Math.sqrt(sum(daily.map((r) => (r - mean) ** 2)) / (daily.length - 1))
  return (mean / deviation) * Math.sqrt(252)
}

function signalsOf(
  input: EvaluateInput,
  config: StrategyConfig,
  rows: number[],
  proba: number[][],
  thr: (row: number) => number,
): Signal[] {
  const { momentum } = input.rows
  return rows.map((row, k) => {
    const [down, , up] = proba[k]!
    const p = up! / (up! + down!)
    let side = p >= thr(row) ? 1 : 0
    if (1 - p >= thr(row)) side -= 1
    if (config.momentumGate && side > 0 && !(momentum![row]! >= config.momentumMin)) side = 0
    if (config.momentumGate && side < 0 && !(momentum![row]! <= -config.momentumMin)) side = 0
    return { row, size: side * (config.sizeByConf ? Math.min(Math.abs(2 * p - 1), config.confCap) : 1) }
  })
}

function tradeOf(input: EvaluateInput, { row, size }: Signal, delay: number): Trade | null {
  const { rows, fill, horizonBars } = input
  const d = rows.bar[row]!
  if (input.path === null) {
    const up = rows.y[row] === 2 ? 0.01 : rows.y[row] === 0 ? -0.01 : 0
    const ret = fill === 'direction' ? (rows.y[row]! < 0 ? Number.NaN : up) : rows.retFwd[row]!
    if (Number.isNaN(ret)) return null
    let last = row
    for (let j = row + 1; j < Math.min(row + horizonBars, rows.rows); j++)
      if (rows.ts[j]! < rows.t1[row]!) last = j
    return { size, enter: 2 * row, leave: 2 * last + 1, decidedAt: row, pnl: ret, row }
  }
  const { session, open, close, bars, cadence } = input.path
  const x = rows.exitBar[row]!
  if (x < 0) return null
  const sessionEnds = (b: number) => {
    let end = b
    while (end + 1 < bars && session[end + 1] === session[b]) end++
    return end
  }
  let enter: number
  let leave: number
  if (fill === 'close_to_open') {
    const at = delay === 0 ? x : sessionEnds(x) + 1
    enter = 2 * (at - 1) + 1
    leave = 2 * at
  } else {
    const isClose = fill === 'next_close'
    enter = isClose ? 2 * (d + 1 + delay) + 1 : 2 * (d + 1 + delay)
    let exit = x + delay + (isClose ? 1 : 0)
    if (cadence !== 'daily' && session[d] === session[x]) exit = Math.min(exit, sessionEnds(d))
    leave = 2 * exit + 1
  }
  if (leave <= enter || leave > 2 * bars - 1) return null
  const priceAt = (k: number) => (k % 2 === 0 ? open[k / 2]! : close[(k - 1) / 2]!)
  return { size, enter, leave, decidedAt: d, pnl: priceAt(leave) / priceAt(enter) - 1, row }
}

/** Runs trades over bars from … to; days wholly inside the hole are left out. */
function run(
  input: EvaluateInput,
  trades: Trade[],
  costRate: number,
  from: number,
  to: number,
  hole: [number, number] | null,
) {
  const { path, fill, horizonBars, rows } = input
  const session = path === null ? rows.session : path.session
  const exposureAfter = (k: number) =>
    sum(trades.filter((t) => t.enter <= k && k < t.leave).map((t) => t.size / horizonBars))
  const isSameInstant = (b: number) => {
    if (b + 1 > to || session[b + 1] !== session[b]) return false
    return path !== null || horizonBars > 1 || !(rows.t1[b]! < rows.ts[b + 1]!)
  }
  const daily: number[] = []
  let equity = 1
  let traded = 0
  let exposed = 0
  let paid = 0
  let day = 1
  let dayBars: number[] = []
  const barReturns: number[] = []
  let gross = 0
  let bar = 1
  let earned = 1
  const charge = (change: number) => {
    traded += Math.abs(change)
    paid += equity * Math.abs(change) * costRate
    equity *= 1 - Math.abs(change) * costRate
    day *= 1 - Math.abs(change) * costRate
    bar *= 1 - Math.abs(change) * costRate
  }
  const earn = (factor: number) => {
    equity *= factor
    day *= factor
    bar *= factor
    earned *= factor
  }
  for (let b = from; b <= to; b++) {
    dayBars.push(b)
    const beforeOpen = exposureAfter(2 * b - 1)
    const during = exposureAfter(2 * b)
    const night = exposureAfter(2 * b + 1)
    if (path === null) {
      if (b === from || !isSameInstant(b - 1)) charge(during - beforeOpen)
      earn(1 + sum(trades.filter((t) => t.leave === 2 * b + 1).map((t) => (t.size / horizonBars) * t.pnl)))
      charge(isSameInstant(b) ? exposureAfter(2 * b + 2) - during : night - during)
      exposed += Math.abs(during)
    } else if (fill === 'next_close') {
      if (b > 0) earn(1 + during * (path.close[b]! / path.close[b - 1]! - 1))
      charge(night - during)
      exposed += Math.abs(during)
    } else {
      if (b > 0) earn(1 + beforeOpen * (path.open[b]! / path.close[b - 1]! - 1))
      if (b === from || !isSameInstant(b - 1)) charge(during - beforeOpen)
      earn(1 + during * (path.close[b]! / path.open[b]! - 1))
      charge(isSameInstant(b) ? exposureAfter(2 * b + 2) - during : night - during)
      exposed += Math.abs(fill === 'close_to_open' ? beforeOpen : during)
    }
    barReturns.push(bar - 1)
    gross += earned - 1
    bar = 1
    earned = 1
    if (b < to && session[b + 1] === session[b]) continue
    if (hole === null || dayBars.some((each) => each < hole[0] || each > hole[1])) daily.push(day - 1)
    day = 1
    dayBars = []
  }
  return { daily, equity, traded, exposed, paid, bars: to - from + 1, barReturns, gross }
}

function spanOf(input: EvaluateInput, rows: number[], delay: number, whole: boolean): [number, number] {
  const session = input.path === null ? input.rows.session : input.path.session
  let from = Math.min(...rows.map((row) => (input.path === null ? row : input.rows.bar[row]!)))
  let to = Math.max(
    ...rows.map((row) => {
      const trade = tradeOf(input, { row, size: 1 }, delay)
      const decided = input.path === null ? row : input.rows.bar[row]!
      return trade === null ? decided : Math.floor(trade.leave / 2)
    }),
  )
  while (whole && from > 0 && session[from - 1] === session[from]) from--
  while (whole && to + 1 < session.length && session[to + 1] === session[to]) to++
  return [from, to]
}

const chunk = (x: Float64Array) =>
  Array.from({ length: x.length / 3 }, (_, i) => [...x.slice(3 * i, 3 * i + 3)])
const isTrade = (t: Trade | null): t is Trade => t !== null

export function evaluateByBruteForce(
  input: EvaluateInput,
  config: StrategyConfig,
  delay = 0,
  costFactor = 1,
): BruteResult {
  const base = input.fill === 'direction' ? 0 : input.slippageBps / 1e4
  const thresholds: number[] = []
  const signals: Signal[] = []
  for (const fold of input.folds) {
    const testRows = [...fold.testRows]
    const hole = spanOf(input, testRows, 0, false)
    const scored = [...fold.innerRows].map((row, k) => ({ row, proba: chunk(fold.innerProba)[k]! }))
    const clear = scored.filter(({ row }) => {
      const trade = tradeOf(input, { row, size: 1 }, 0)
      return trade !== null && (Math.floor(trade.leave / 2) < hole[0] || trade.decidedAt > hole[1])
    })
    const choose = (among: typeof clear): number => {
      if (config.kind === 'top_pct') {
        const confidence = among
          .map(({ proba: [down, , up] }) => Math.max(up! / (up! + down!), 1 - up! / (up! + down!)))
          .sort((a, b) => b - a)
        return confidence[Math.max(1, Math.round(config.values[0]! * confidence.length)) - 1]!
      }
      let best = config.values[0]!
      let bestFigure = Number.NEGATIVE_INFINITY
      if (config.values.length === 1) return best
      const [from, to] = spanOf(
        input,
        clear.map(({ row }) => row),
        0,
        true,
      )
      for (const value of config.values) {
        const trades = signalsOf(
          input,
          config,
          among.map((s) => s.row),
          among.map((s) => s.proba),
          () => value,
        )
          .filter((s) => s.size !== 0)
          .map((s) => tradeOf(input, s, 0))
          .filter(isTrade)
        const { daily, equity } = run(input, trades, base, from, to, hole)
        const figure =
          config.selectBy === 'trades'
            ? trades.length
            : config.selectBy === 'cum_ret'
              ? equity
              : sharpeOfDays(daily)
        if (figure > bestFigure) {
          best = value
          bestFigure = figure
        }
      }
      return best
    }
    const overall = choose(clear)
    thresholds.push(overall)
    const byHour = new Map<number, number>()
    for (const { row } of config.perHourThresholds ? clear : []) {
      const hour = input.rows.hourEt[row]!
      const ofHour = clear.filter((s) => input.rows.hourEt[s.row] === hour)
      if (!byHour.has(hour) && ofHour.length >= 30 && hour >= 0) byHour.set(hour, choose(ofHour))
    }
    signals.push(
      ...signalsOf(
        input,
        config,
        testRows,
        chunk(fold.testProba),
        (row) => byHour.get(input.rows.hourEt[row]!) ?? overall,
      ),
    )
  }
  const all = input.folds.flatMap((fold) => [...fold.testRows])
  const [from, to] = spanOf(input, all, delay, true)
  const trades = signals
    .filter((s) => s.size !== 0)
    .map((s) => tradeOf(input, s, delay))
    .filter(isTrade)
  const { daily, equity, traded, exposed, paid, bars, barReturns, gross } = run(
    input,
    trades,
    base * costFactor,
    from,
    to,
    null,
  )
  return {
    thresholds,
    daily,
    equity,
    turnover: (traded * 252) / daily.length,
    exposure: exposed / bars,
    paid,
    trades: trades.length,
    tradeReturns: trades.map((t) => t.size * t.pnl - Math.abs(t.size) * 2 * base * costFactor),
    sharpe: sharpeOfDays(daily),
    barReturns,
    gross,
    traded,
    lives: trades.map((t) => [Math.ceil(t.enter / 2), Math.ceil(t.leave / 2) - (t.leave % 2)]),
    tradable: new Set(all.filter((row) => tradeOf(input, { row, size: 1 }, delay) !== null)).size,
  }
}
