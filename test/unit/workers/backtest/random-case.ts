import type { EvaluateInput, FillRule, StrategyConfig } from '#shared/jobs/evaluate-types.ts'
import type { FoldScores } from '#shared/jobs/scoring-types.ts'

/** Seeded numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export const plainConfig: StrategyConfig = {
  kind: 'thr',
  values: [0.55],
  reportEach: false,
  perHourThresholds: false,
  selectBy: 'sharpe',
  sizeByConf: false,
  confCap: 1,
  momentumGate: false,
  momentumMin: 0,
}

export interface CaseOptions {
  seed: number
  sessions: number
  barsPerSession: 1 | 7
  horizonBars: number
  fill: FillRule
  slippageBps: number
  blocks?: number
  configs?: StrategyConfig[]
}

/** A random path, a row per bar decided at its close, and walk-forward folds with random scores; ties with truth are chance. */
export function randomCase(options: CaseOptions): EvaluateInput {
  const { sessions, barsPerSession, horizonBars, fill, slippageBps, blocks = 4 } = options
  const random = seeded(options.seed)
  const bars = sessions * barsPerSession
  const isDaily = barsPerSession === 1
  const column = () => new Float64Array(bars)
  const path = {
    bars,
    cadence: isDaily ? ('daily' as const) : ('hourly' as const),
    barsPerSession,
    openTs: column(),
    ts: column(),
    session: new Int32Array(bars),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column().fill(1000),
  }
  const hourEt = new Int32Array(bars)
  let price = 100
  for (let b = 0; b < bars; b++) {
    const session = Math.floor(b / barsPerSession)
    const inSession = b % barsPerSession
    path.session[b] = session
    path.openTs[b] = session * 86_400_000 + inSession * 3_600_000
    path.ts[b] = path.openTs[b]! + 3_600_000
    hourEt[b] = isDaily ? -1 : 9 + inSession
    price *= 1 + (random() - 0.5) * 0.01
    path.open[b] = price
    price *= 1 + (random() - 0.5) * 0.03
    path.close[b] = price
    path.high[b] = Math.max(path.open[b]!, path.close[b]!)
    path.low[b] = Math.min(path.open[b]!, path.close[b]!)
  }
  const exitBar = new Int32Array(bars).fill(-1)
  const y = new Int8Array(bars).fill(-1)
  const retFwd = column().fill(Number.NaN)
  const t1 = column().fill(Number.NaN)
  for (let b = 0; b < bars; b++) {
    const isNight = fill === 'close_to_open'
    const x = isNight ? b + (isDaily ? 1 : 2) : b + horizonBars
    if (x >= bars) continue
    if (
      isNight
        ? !isDaily && b % barsPerSession !== barsPerSession - 2
        : !isDaily && path.session[x] !== path.session[b]
    )
      continue
    exitBar[b] = x
    retFwd[b] = isNight ? path.open[x]! / path.close[x - 1]! - 1 : path.close[x]! / path.close[b]! - 1
    y[b] = retFwd[b]! > 0.002 ? 2 : retFwd[b]! < -0.002 ? 0 : 1
    t1[b] = path.ts[x]!
  }
  const momentum = column().map(() => random() * 2 - 1)
  const isBooked = fill === 'return_column' || fill === 'direction'
  return {
    path: isBooked ? null : path,
    rows: {
      rows: bars,
      classes: ['DOWN', 'FLAT', 'UP'],
      ts: path.ts,
      session: path.session,
      hourEt,
      bar: Int32Array.from({ length: bars }, (_, b) => b),
      exitBar,
      y,
      retFwd,
      t1,
      momentum,
    },
    folds: walkForward(bars, blocks, y, t1, path.ts, random),
    fill,
    horizonBars,
    barsPerSession,
    slippageBps,
    configs: options.configs ?? [plainConfig],
  }
}

function walkForward(
  rows: number,
  blocks: number,
  y: Int8Array,
  t1: Float64Array,
  ts: Float64Array,
  random: () => number,
): FoldScores[] {
  const cut = (k: number) => Math.floor((k * rows) / (blocks + 1))
  return Array.from({ length: blocks }, (_, fold) => {
    const from = cut(fold + 1)
    const testRows = Int32Array.from({ length: cut(fold + 2) - from }, (_, k) => from + k)
    const innerRows = Int32Array.from({ length: from }, (_, k) => k).filter(
      (i) => y[i]! >= 0 && t1[i]! < ts[from]!,
    )
    return {
      fold,
      skipped: null,
      trainRows: innerRows.length,
      purgedRows: from - innerRows.length,
      embargoedRows: 0,
      testRows,
      testProba: randomProba(testRows.length, random),
      innerRows,
      innerProba: randomProba(innerRows.length, random),
      trainFirst: innerRows[0] ?? -1,
      trainLast: innerRows[innerRows.length - 1] ?? -1,
      baseRates: Float64Array.of(0.3, 0.4, 0.3),
      notes: [],
    }
  })
}

function randomProba(rows: number, random: () => number): Float64Array {
  const proba = new Float64Array(rows * 3)
  for (let i = 0; i < rows; i++) {
    const [a, b, c] = [random() + 0.05, random() + 0.05, random() + 0.05]
    proba.set([a / (a + b + c), b / (a + b + c), c / (a + b + c)], i * 3)
  }
  return proba
}
