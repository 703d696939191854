import { sessionDate } from '#shared/calendar/sessions.ts'
import type { ImportReport } from '#shared/contract/data.ts'
import { type BarGrid, barsIn } from './bar-grid.ts'
import type { ScanCounts } from './scan-bars.ts'

const listed = 100
/** Splits that happen, as the price after over the price before. */
const splits: [near: string, ratio: number][] = [
  ['1/2', 1 / 2],
  ['1/3', 1 / 3],
  ['2/3', 2 / 3],
  ['1/4', 1 / 4],
  ['1/5', 1 / 5],
  ['1/8', 1 / 8],
  ['1/10', 1 / 10],
  ['1/20', 1 / 20],
  ['3/2', 3 / 2],
  ['2/1', 2],
  ['3/1', 3],
  ['4/1', 4],
  ['5/1', 5],
  ['8/1', 8],
  ['10/1', 10],
  ['20/1', 20],
]
/** How far a night may move a price beside its split. */
const tolerance = 0.03

/** Sessions and bars that are missing between the first and the last bar of the file. */
export function findGaps(grid: BarGrid): ImportReport['gaps'] {
  const gaps: ImportReport['gaps'] = { missing_sessions: 0, sessions: [], missing_bars: 0, bars: [] }
  const { first, last } = extentOf(grid)
  if (first < 0) return gaps
  const { perSession, cadence, line } = grid
  for (let session = Math.floor(first / perSession); session <= Math.floor(last / perSession); session++) {
    const expected = barsIn(session, cadence)
    let missing = 0
    let isEmpty = true
    for (let bar = 0; bar < expected; bar++) {
      const place = session * perSession + bar
      if (line[place]! !== 0) isEmpty = false
      else if (place > first && place < last) missing++
    }
    if (missing === 0) continue
    if (isEmpty) {
      gaps.missing_sessions++
      if (gaps.sessions.length < listed) gaps.sessions.push(sessionDate(session))
    } else {
      gaps.missing_bars += missing
      if (gaps.bars.length < listed) gaps.bars.push({ date: sessionDate(session), missing, expected })
    }
  }
  return gaps
}

/** Steps over a night whose open or close is near a split of the close before. Real falls of this size happen too: a suspicion. */
export function findJumps(grid: BarGrid): ImportReport['jumps'] {
  const jumps: ImportReport['jumps'] = []
  let before = -1
  for (let place = 0; place < grid.line.length && jumps.length < listed; place++) {
    if (grid.line[place] === 0) continue
    const session = Math.floor(place / grid.perSession)
    if (before >= 0 && session !== Math.floor(before / grid.perSession)) {
      const previousClose = grid.close[before]!
      for (const price of [grid.open[place]!, grid.close[place]!]) {
        const ratio = price / previousClose
        const near = nearSplit(ratio)
        if (near === undefined) continue
        const date = sessionDate(session)
        jumps.push({ date, line: grid.line[place]!, previous_close: previousClose, price, ratio, near })
        break
      }
    }
    before = place
  }
  return jumps
}

function nearSplit(ratio: number): string | undefined {
  return splits.find(([, split]) => Math.abs(ratio / split - 1) <= tolerance)?.[0]
}

/** Why a file cannot be what it is said to be; a commit is refused. */
export function findProblems(grid: BarGrid, counts: ScanCounts, ticker: string): string[] {
  const problems: string[] = []
  const { cadence } = grid
  if (counts.good === 0) {
    problems.push(
      counts.otherTickers === counts.rows && counts.rows > 0
        ? `the file has no row of ${ticker}, but of ${counts.otherTicker}`
        : 'the file has no usable bar',
    )
  }
  if (counts.halfPast > 0) {
    problems.push(
      `${counts.halfPast} bars begin at half past the hour: hourly bars of the lake are clock hours; import 5-minute bars instead`,
    )
  }
  if (counts.misaligned > 0.02 * counts.good) {
    problems.push(
      `${counts.misaligned} of ${counts.rows} bars do not fit the grid of ${cadence} bars: finer bars?`,
    )
  }
  if (cadence === 'daily' && counts.differing > 0.5 * counts.good) {
    problems.push('most sessions have several different bars: not daily bars')
  }
  const step = usualStep(grid)
  if (step > 1) problems.push(`most bars are ${step} bars apart: the file's bars are coarser than ${cadence}`)
  return problems
}

/** The most frequent distance of neighbouring bars, within sessions where a session has several; 1 where bars are too few to tell. */
function usualStep(grid: BarGrid): number {
  const steps = new Map<number, number>()
  let before = -1
  let pairs = 0
  for (let place = 0; place < grid.line.length; place++) {
    if (grid.line[place] === 0) continue
    const isPair =
      before >= 0 &&
      (grid.perSession === 1 || Math.floor(before / grid.perSession) === Math.floor(place / grid.perSession))
    if (isPair) {
      pairs++
      steps.set(place - before, (steps.get(place - before) ?? 0) + 1)
    }
    before = place
  }
  if (pairs < 10) return 1
  return [...steps].reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}

/** First and last filled place, −1 where none is. */
export function extentOf({ line }: BarGrid): { first: number; last: number } {
  let first = 0
  while (first < line.length && line[first] === 0) first++
  if (first === line.length) return { first: -1, last: -1 }
  let last = line.length - 1
  while (line[last] === 0) last--
  return { first, last }
}
