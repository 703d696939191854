import { rowsOfTable } from '#main/lake/tables.ts'
import { sessionDate, sessionOfDay, sessionOpen } from '#shared/calendar/sessions.ts'
import {
  barsIn,
  boundsOf,
  halfPast,
  type ImportCadence,
  misaligned,
  outside,
  placeAt,
  slots,
} from '../bar-places.ts'
import type { Rows } from '../rows.ts'
import {
  type ImportKind,
  type ImportTarget,
  type Inspection,
  type Inspector,
  rowsOfColumns,
  type ScanContext,
} from './define-kind.ts'

const columns = ['session', 'ts', 'open_ts', 'open', 'high', 'low', 'close', 'volume', 'vwap'] as const
const prices = ['open', 'high', 'low', 'close'] as const
const listed = 100
/** Splits that happen, as the price after over the price before. */
const splits = ['1/2', '1/3', '2/3', '1/4', '1/5', '1/8', '1/10', '1/20', '3/2', '2/1', '3/1', '4/1'].concat([
  ...['5/1', '8/1', '10/1', '20/1'],
])
/** How far a night may move a price beside its split. */
const tolerance = 0.03

/** Bars of an instrument: five minutes, clock hours or days. */
export const bars: ImportKind = {
  id: 'bars',
  unit: 'bar',
  columns,
  key: ['ts'],
  aliases: {
    open: ['open', 'o', 'openprice', 'openingprice', 'first'],
    high: ['high', 'h', 'highprice', 'max'],
    low: ['low', 'l', 'lowprice', 'min'],
    close: ['close', 'c', 'closeprice', 'closingprice', 'last', 'closelast', 'price'],
    volume: ['volume', 'v', 'vol', 'qty', 'quantity'],
    vwap: ['vwap', 'vw', 'wap', 'average', 'weightedaverage'],
  },
  lacking: (at) => prices.filter((field) => at[field] < 0),
  numeric: prices,
  isSummed: false,
  needsSpot: () => false,
  computed: [],
  seriesOf: ({ ticker, cadence }) => ({ kind: 'bars', ticker, cadence }),
  readLine,
  slots: ({ cadence }) => ({
    perSession: slots[cadence!],
    slotOf: ({ values }, row) => placeOfRow(values, row, cadence!) % slots[cadence!],
    expectedIn: (session) => barsIn(session, cadence!),
  }),
  inspector,
  toTable: ({ values }) => rowsOfTable('bars', values),
  ofTable: (table) => rowsOfColumns(table, columns),
  tsOf: ({ values }, row) => values['ts']![row]!,
}

function readLine({ line, cadence: given, barTime, counts, row, put, at, ticker }: ScanContext): () => void {
  const cadence = given!

  function placeOfLine(): number {
    if (cadence === 'daily') return sessionOfDay(line.day())
    const ts = line.instant()
    const place = placeAt(ts, barTime, cadence)
    if (place === misaligned) counts.misaligned++
    else if (place === halfPast) counts.halfPast++
    else if (place >= 0 && ts < sessionOpen[Math.floor(place / slots[cadence])]!) counts.earlyHours++
    return place
  }

  return () => {
    if (at.ticker >= 0 && isOther(line.text('ticker'), ticker, counts)) return
    if (!line.time()) return
    if (cadence !== 'daily' && line.isDate()) return line.refuse('has a date without a time of the day')
    const place = placeOfLine()
    if (place === misaligned || place === halfPast) {
      return line.refuse(`time ${line.timeText()} is not where a ${cadence} bar ${barTime}s`)
    }
    if (place === outside) {
      counts.outsideSession++
      return
    }
    const [open, high, low, close] = prices.map(line.positive) as [number, number, number, number]
    if (high < low) line.refuse(`high ${high} is below low ${low}`)
    if (open > high || open < low) line.refuse(`open ${open} lies outside ${low} to ${high}`)
    if (close > high || close < low) line.refuse(`close ${close} lies outside ${low} to ${high}`)
    const { session, openTs, ts } = boundsOf(place, cadence)
    row.set([session, ts, openTs, open, high, low, close, line.count('volume'), line.number('vwap')])
    put()
  }
}

/** Counts a row of another ticker. */
export function isOther(text: string, ticker: string, counts: ScanContext['counts']): boolean {
  const own = text.toUpperCase()
  if (own === ticker) return false
  counts.otherTickers++
  if (counts.otherTicker === '') counts.otherTicker = own.slice(0, 30)
  return true
}

/** Place of a bar in its cadence's sequence. */
function placeOfRow(values: Rows['values'], row: number, cadence: ImportCadence): number {
  return cadence === 'daily' ? values['session']![row]! : placeAt(values['ts']![row]!, 'close', cadence)
}

function inspector({ cadence }: ImportTarget): Inspector {
  const jumps: Inspection['jumps'] = []
  let step = 1
  return {
    add(rows) {
      jumps.push(...findJumps(rows))
      step = usualStep(rows, cadence!)
    },
    find({ halfPast, misaligned, differing, rows }, good) {
      const problems: string[] = []
      if (halfPast > 0) {
        problems.push(
          `${halfPast} bars begin at half past the hour: hourly bars of the lake are clock hours; import 5-minute bars instead`,
        )
      }
      if (misaligned > 0.02 * good) {
        problems.push(`${misaligned} of ${rows} bars do not fit the grid of ${cadence} bars: finer bars?`)
      }
      if (cadence === 'daily' && differing > 0.5 * good) {
        problems.push('most sessions have several different bars: not daily bars')
      }
      if (step > 1) {
        problems.push(`most bars are ${step} bars apart: the file's bars are coarser than ${cadence}`)
      }
      return { jumps, problems }
    },
  }
}

/** Steps over a night whose open or close is near a split of the close before. Real falls of this size happen too: a suspicion. */
function findJumps({ length, values }: Rows): Inspection['jumps'] {
  const jumps: Inspection['jumps'] = []
  for (let row = 1; row < length && jumps.length < listed; row++) {
    const session = values['session']![row]!
    if (session === values['session']![row - 1]) continue
    const previousClose = values['close']![row - 1]!
    for (const price of [values['open']![row]!, values['close']![row]!]) {
      const ratio = price / previousClose
      const near = splits.find((split) => Math.abs(ratio / ratioOf(split) - 1) <= tolerance)
      if (near === undefined) continue
      const line = values['line']![row]!
      jumps.push({ date: sessionDate(session), line, previous_close: previousClose, price, ratio, near })
      break
    }
  }
  return jumps
}

function ratioOf(split: string): number {
  const [after, before] = split.split('/').map(Number)
  return after! / before!
}

/** The most frequent distance of neighbouring bars, within sessions where a session has several; 1 where bars are too few to tell. */
function usualStep({ length, values }: Rows, cadence: ImportCadence): number {
  const steps = new Map<number, number>()
  let pairs = 0
  for (let row = 1; row < length; row++) {
    if (cadence !== 'daily' && values['session']![row] !== values['session']![row - 1]) continue
    const step = placeOfRow(values, row, cadence) - placeOfRow(values, row - 1, cadence)
    pairs++
    steps.set(step, (steps.get(step) ?? 0) + 1)
  }
  if (pairs < 10) return 1
  return [...steps].reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}
