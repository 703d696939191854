import { rowsOfTable } from '#main/lake/tables.ts'
import { sessionClose, sessionDate, sessionOfDay } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import { emptyRows } from '../rows.ts'
import { isOther } from './bars.ts'
import type { ImportKind, Inspection, Inspector, ScanContext } from './define-kind.ts'

/** Columns of the lake, by the place of the level in a row's key. */
const levels = ['vix', 'vix9d', 'vix3m', 'vix6m'] as const
const columns = ['session', 'level', 'value'] as const
/** No index of the family was ever near these; 0.18 is a fraction, and 1800 a price. */
const [lowest, highest] = [1, 300]

/** Daily levels of the volatility indices, each level a row of its own: a file may hold one index or several. */
export const indexLevels: ImportKind = {
  id: 'index',
  unit: 'level',
  columns,
  key: ['session', 'level'],
  aliases: {
    vix: ['vix', 'vixclose', 'vixcls'],
    vix9d: ['vix9d', 'vix9dclose', 'vxst'],
    vix3m: ['vix3m', 'vix3mclose', 'vxvcls', 'vxv'],
    vix6m: ['vix6m', 'vix6mclose', 'vxmt'],
    close: ['close', 'c', 'closeprice', 'closelast', 'last', 'level', 'value', 'price'],
  },
  lacking: (at) => (levels.some((level) => at[level] >= 0) || at.close >= 0 ? [] : ['vix']),
  numeric: [...levels, 'close'],
  isSummed: false,
  needsSpot: () => false,
  computed: [],
  seriesOf: () => ({ kind: 'index', ticker: 'VIX', cadence: 'daily' }),
  readLine,
  slots: () => ({
    perSession: levels.length,
    slotOf: ({ values }, row) => values['level']![row]!,
    expectedIn: null,
  }),
  inspector,
  toTable({ length, values }) {
    const sessions = [...new Set(values['session'])]
    const table = emptyRows(['session', ...levels], sessions.length)
    table.values['session']!.set(sessions)
    for (const level of levels) table.values[level]!.fill(Number.NaN)
    for (let row = 0, at = -1; row < length; row++) {
      if (row === 0 || values['session']![row] !== values['session']![row - 1]) at++
      table.values[levels[values['level']![row]!]!]![at] = values['value']![row]!
    }
    return rowsOfTable('index', table.values)
  },
  ofTable(table) {
    const found: [session: number, level: number, value: number][] = []
    for (let at = 0; at < table['session']!.length; at++) {
      for (const [level, name] of levels.entries()) {
        const value = table[name]![at]!
        if (!Number.isNaN(value)) found.push([table['session']![at]!, level, value])
      }
    }
    const values = columns.map((name, c) => [name, Float64Array.from(found, (row) => row[c]!)])
    return { length: found.length, values: Object.fromEntries(values) }
  },
  tsOf: ({ values }, row) => sessionClose[values['session']![row]!]!,
}

/** Throws INVALID_PARAM where nothing says which index the levels are of. */
function readLine({ at, line, ticker, counts, row, put, ofSession }: ScanContext): () => void {
  const wide = levels.filter((level) => at[level] >= 0)
  const own = levelOf(ticker)
  if (wide.length === 0 && at.ticker < 0 && own < 0) {
    throw new SigmaError(
      'INVALID_PARAM',
      `ticker must be VIX, VIX9D, VIX3M or VIX6M where no column says it, got ${JSON.stringify(ticker)}`,
    )
  }

  function take(session: number, level: number, value: number, name: string): void {
    if (value < lowest || value > highest) {
      line.refuse(`${name} ${value} lies outside ${lowest} to ${highest}: levels are points`)
    }
    if (Number.isNaN(value)) return
    row[0] = session
    row[1] = level
    row[2] = value
    put()
  }

  return () => {
    const level = wide.length > 0 || at.ticker < 0 ? own : levelOf(line.text('ticker'))
    if (wide.length === 0 && level < 0) {
      isOther(line.text('ticker'), '', counts)
      return
    }
    if (!line.time()) return
    const session = sessionOfDay(line.day())
    if (session < 0) {
      counts.outsideSession++
      return
    }
    ofSession(session)
    if (wide.length === 0) return take(session, level, line.positive('close'), 'close')
    const values = wide.map(line.number)
    if (values.every(Number.isNaN)) line.refuse(`has no ${wide.join(', ')}`)
    for (const [i, name] of wide.entries()) take(session, levels.indexOf(name), values[i]!, name)
  }
}

/** Place of an index among the levels: VIX3M, ^VIX3M or I:VIX3M; −1 for another. */
function levelOf(ticker: string): number {
  const plain = ticker.toLowerCase().replace(/^(i:|\^|\$|\.)/, '')
  return levels.indexOf(plain as (typeof levels)[number])
}

function inspector(): Inspector {
  const jumps: Inspection['jumps'] = []
  const before = new Map<number, number>()
  return {
    add({ length, values }) {
      const { session, level, value, line } = values as Record<string, Float64Array>
      for (let row = 0; row < length; row++) {
        const name = levels[level![row]!]!
        const price = value![row]!
        const previous = before.get(level![row]!) ?? price
        before.set(level![row]!, price)
        const ratio = price / previous
        if (ratio <= 2 && ratio >= 0.5) continue
        const near = `${name} more than ${ratio > 2 ? 'doubled' : 'halved'}`
        const date = sessionDate(session![row]!)
        jumps.push({ date, line: line![row]!, previous_close: previous, price, ratio, near })
      }
    },
    find: ({ differing }, good) => ({
      jumps,
      problems:
        differing > 0.5 * good ? ['most sessions have several different levels: not daily levels'] : [],
    }),
  }
}
