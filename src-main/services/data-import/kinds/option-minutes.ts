import { hourEtAt, lastHourEt } from '#main/lake/session-hours.ts'
import { rowsOfTable } from '#main/lake/tables.ts'
import { newYorkDay } from '#shared/calendar/new-york.ts'
import { sessionClose, sessionOfDay, sessionOpen } from '#shared/calendar/sessions.ts'
import { type ImportKind, rowsOfColumns, type ScanContext, type ScanCounts } from './define-kind.ts'
import { contractAliases, contractReader, lackingContract } from './option-contract.ts'

const minuteMs = 60_000
const firstHourEt = 9
/** Decimals of the lake reach to there. */
const highestPrice = 99_999
const highestCount = 2 ** 31 - 1
const columns = ['session', 'ts', 'strike', 'is_call', 'volume', 'vwap', 'transactions'] as const

/** Minutes in which contracts traded on their last day, which the flow features are summed of. */
export const optionMinutes: ImportKind = {
  id: 'option_minutes',
  unit: 'minute',
  columns,
  key: ['ts', 'strike', 'is_call'],
  aliases: {
    ...contractAliases,
    volume: ['volume', 'v', 'vol', 'contracts', 'qty', 'quantity', 'size'],
    vwap: ['vwap', 'vw', 'wap', 'average', 'weightedaverage', 'price'],
    high: ['high', 'h', 'highprice', 'max'],
    low: ['low', 'l', 'lowprice', 'min'],
    close: ['close', 'c', 'closeprice', 'last'],
    transactions: ['transactions', 'n', 'trades', 'numtrades', 'count', 'transactioncount'],
  },
  lacking: (at) => [...lackingContract(at), ...(at.volume < 0 ? ['volume'] : [])],
  numeric: ['vwap', 'high', 'low', 'close', 'strike'],
  isSummed: true,
  needsSpot: () => false,
  computed: [],
  seriesOf: ({ ticker }) => ({ kind: 'option_minutes', ticker, cadence: null }),
  readLine,
  slots: () => ({
    perSession: 7,
    slotOf: ({ values }, row) =>
      hourEtAt(values['session']![row]!, values['ts']![row]! - minuteMs) - firstHourEt,
    expectedIn: (session) => lastHourEt(session) - firstHourEt + 1,
  }),
  inspector: () => ({
    add: () => {},
    find: (counts, good) => ({ jumps: [], problems: problemsOf(counts, good) }),
  }),
  toTable: ({ values }) => {
    const { session, ts } = values as Record<string, Float64Array>
    const hour_et = ts!.map((each, row) => hourEtAt(session![row]!, each - minuteMs))
    return rowsOfTable('option_minutes', { ...values, hour_et })
  },
  ofTable: (table) => rowsOfColumns(table, columns),
  tsOf: ({ values }, row) => values['ts']![row]!,
}

function problemsOf(counts: ScanCounts, good: number): string[] {
  const { misaligned, rows, otherExpiries, unplaced, unplacedLine } = counts
  const problems: string[] = []
  if (misaligned > 0.02 * good) {
    problems.push(`${misaligned} of ${rows} rows are not at a whole minute: single trades?`)
  }
  if (good === 0 && otherExpiries > 0) {
    problems.push(
      `none of ${otherExpiries} rows is of a contract on its last day, which option minutes are kept of`,
    )
  }
  if (unplaced > 0) {
    problems.push(
      `${unplaced} bad rows belong to no known session, the first in line ${unplacedLine}: sums without them would be too small. Mend or remove them`,
    )
  }
  return problems
}

function readLine(context: ScanContext): () => void {
  const { line, barTime, counts, row, put, ofSession } = context
  const readContract = contractReader(context)

  /** The price of a minute: the only one there was where the file does not say, NaN where nobody knows. */
  function price(): number {
    const vwap = line.number('vwap')
    if (!Number.isNaN(vwap)) return vwap
    const [high, low, close] = [line.number('high'), line.number('low'), line.number('close')]
    if (high < low) line.refuse(`high ${high} is below low ${low}`)
    return high === low ? close : Number.NaN
  }

  return () => {
    if (!line.time()) return
    if (line.isDate()) return line.refuse('has a date without a time of the day')
    const start = line.instant() - (barTime === 'close' ? minuteMs : 0)
    const session = sessionOfDay(newYorkDay(start))
    if (session < 0 || start < sessionOpen[session]! || start >= sessionClose[session]!) {
      counts.outsideSession++
      return
    }
    ofSession(session)
    if ((start - sessionOpen[session]!) % minuteMs !== 0) {
      counts.misaligned++
      return line.refuse(`time ${line.timeText()} is not at a whole minute`)
    }
    const contract = readContract()
    if (contract === undefined) return
    if (contract.session < session) return line.refuse('expired before this minute')
    if (contract.session > session) {
      counts.otherExpiries++
      return
    }
    const volume = line.count('volume')
    if (Number.isNaN(volume)) line.refuse('volume is missing')
    if (!Number.isInteger(volume) || volume > highestCount)
      line.refuse(`volume ${volume} is no number of contracts`)
    const vwap = price()
    if (vwap <= 0 || vwap > highestPrice) line.refuse(`vwap ${vwap} lies outside 0 to ${highestPrice}`)
    const transactions = line.count('transactions')
    if (line.fault() !== undefined) return
    if (volume === 0) {
      counts.empty++
      return
    }
    row[0] = session
    row[1] = start + minuteMs
    row[2] = contract.strike
    row[3] = contract.isCall ? 1 : 0
    row[4] = volume
    row[5] = vwap
    row[6] = Number.isInteger(transactions) && transactions <= highestCount ? transactions : 0
    put()
  }
}
