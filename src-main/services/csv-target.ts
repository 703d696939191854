import type { Columns } from '#main/lake/columns.ts'
import { didYouMean, SigmaError } from '#shared/errors.ts'

/** What a CSV says came out of each row. */
export interface CsvTarget {
  target: string
  classes: string[]
  /** Index into `classes`, −1 where the row has no label. */
  y: Int8Array
  /** Column of the trade's return; null where there is none. */
  returns: string | null
  retFwd: Float64Array
}

/** Finds the target (`y`, else `y_syn`, or the one asked for) and the return column of a user's matrix. */
export function readTarget(
  columns: Columns,
  names: string[],
  asked: string | undefined,
  uri: string,
): CsvTarget {
  const target = asked ?? ['y', 'y_syn'].find((name) => names.includes(name))
  if (target === undefined)
    throw new SigmaError('INVALID_PARAM', `csv ${uri} has no target column y or y_syn`)
  const column = columns[target]
  if (!column)
    throw new SigmaError(
      'INVALID_PARAM',
      `csv ${uri} has no target column ${target}${didYouMean(target, names)}`,
    )
  const returns =
    ['ret_fwd', 'ret_next_hour'].find((name) => names.includes(name)) ??
    names.find((name) => name.startsWith('ret_fwd_')) ??
    null
  const { classes, y } = 'kind' in column ? readTexts(column, target, uri) : readNumbers(column, target, uri)
  const present = new Set(y.filter((each) => each >= 0))
  if (present.size < 2) {
    const [only] = present
    const found = only === undefined ? 'no class' : `1 class, ${classes[only]}`
    throw new SigmaError(
      'INVALID_PARAM',
      `csv ${uri}: target ${target} has ${found}: there is nothing to learn`,
    )
  }
  const values = returns === null ? undefined : columns[returns]
  if (values && 'kind' in values)
    throw new SigmaError('INVALID_PARAM', `csv ${uri}: the return column ${returns} is not of numbers`)
  const retFwd = values ? Float64Array.from(values) : new Float64Array(y.length).fill(Number.NaN)
  return { target, classes, y, returns, retFwd }
}

function readTexts(column: { codes: Uint32Array; dictionary: string[] }, target: string, uri: string) {
  const hasFlat = column.dictionary.some((text) => text.toUpperCase() === 'FLAT')
  const classes = hasFlat ? ['DOWN', 'FLAT', 'UP'] : ['DOWN', 'UP']
  const classOf = column.dictionary.map((text) => {
    if (text === '') return -1
    const found = classes.indexOf(text.toUpperCase())
    if (found >= 0) return found
    throw new SigmaError(
      'INVALID_PARAM',
      `csv ${uri}: target ${target} has the value ${text}; UP, DOWN and FLAT are known`,
    )
  })
  return { classes, y: Int8Array.from(column.codes, (code) => classOf[code]!) }
}

function readNumbers(column: ArrayLike<number>, target: string, uri: string) {
  const values = Array.from(column)
  const hasMinus = values.includes(-1)
  const classes = hasMinus ? ['DOWN', 'FLAT', 'UP'] : ['DOWN', 'UP']
  const y = Int8Array.from(values, (value, row) => {
    if (Number.isNaN(value)) return -1
    const found = hasMinus ? value + 1 : value
    if (Number.isInteger(found) && found >= 0 && found < classes.length) return found
    throw new SigmaError(
      'INVALID_PARAM',
      `csv ${uri} line ${row + 2}: target ${target} is ${value}; 0/1 or −1/0/1 are known`,
    )
  })
  return { classes, y }
}
