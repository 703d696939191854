import { createReadStream } from 'node:fs'
import { SigmaError } from '#shared/errors.ts'

/** One line of a CSV, overwritten by the next: field f is bytes from[f] … to[f] − 1, without its quotes. */
export interface CsvLine {
  bytes: Buffer
  /** Line of the file, 1 for the header. */
  line: number
  fields: number
  from: Int32Array
  to: Int32Array
  /** A quote was opened and not closed. */
  isBroken: boolean
}

const newline = 10
const carriageReturn = 13
const quote = 34
const space = 32
const mostFields = 2000
const longestLine = 1024 * 1024
const readBytes = 256 * 1024

export function emptyLine(): CsvLine {
  return {
    bytes: Buffer.alloc(0),
    line: 0,
    fields: 0,
    from: new Int32Array(mostFields),
    to: new Int32Array(mostFields),
    isBroken: false,
  }
}

/**
 * Reads a CSV line by line in constant memory; blank lines are skipped but counted. A quote does not reach beyond its line: in a
 * table of numbers an open one is a fault, and must not swallow what follows. `onBytes` sees each piece before its lines, may keep
 * it waiting, and may throw to stop.
 */
export async function readLines(
  path: string,
  name: string,
  separator: string,
  onLine: (line: CsvLine) => void,
  onBytes: (piece: Buffer) => Promise<void>,
): Promise<void> {
  const line = emptyLine()
  const separatorByte = separator.charCodeAt(0)
  let rest: Buffer = Buffer.alloc(0)
  let number = 0
  let isFirst = true

  const take = (bytes: Buffer, start: number, end: number) => {
    number++
    const stop = end > start && bytes[end - 1] === carriageReturn ? end - 1 : end
    if (stop === start) return
    line.bytes = bytes
    line.line = number
    splitLine(line, start, stop, separatorByte)
    onLine(line)
  }

  for await (const piece of createReadStream(path, { highWaterMark: readBytes }) as AsyncIterable<Buffer>) {
    await onBytes(piece)
    let bytes: Buffer = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    if (isFirst && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3)
    isFirst = false
    let start = 0
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
      take(bytes, start, end)
      start = end + 1
    }
    rest = bytes.subarray(start)
    if (rest.length > longestLine) {
      throw new SigmaError(
        'INVALID_PARAM',
        `${name} line ${number + 1} is longer than 1 MiB: not a CSV of market data`,
      )
    }
  }
  if (rest.length > 0) take(rest, 0, rest.length)
}

/** Finds the fields of the bytes start … end − 1; those beyond the most that are kept are dropped. */
export function splitLine(line: CsvLine, start: number, end: number, separator: number): void {
  const { bytes, from, to } = line
  line.fields = 0
  line.isBroken = false
  let at = start
  while (at <= end && line.fields < mostFields) {
    while (at < end && bytes[at] === space) at++
    let first = at
    let last: number
    if (bytes[at] === quote && at < end) {
      first = ++at
      while (at < end && (bytes[at] !== quote || bytes[at + 1] === quote)) at += bytes[at] === quote ? 2 : 1
      if (at >= end) line.isBroken = true
      last = Math.min(at, end)
      while (at < end && bytes[at] !== separator) at++
    } else {
      while (at < end && bytes[at] !== separator) at++
      last = at
    }
    while (last > first && bytes[last - 1] === space) last--
    from[line.fields] = first
    to[line.fields] = last
    line.fields++
    if (at >= end) return
    at++
  }
}

/** Text of a field. */
export function fieldText({ bytes, from, to }: CsvLine, field: number): string {
  return bytes.toString('utf8', from[field]!, to[field]!).replaceAll('""', '"')
}
